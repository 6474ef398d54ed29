"""Ways to spoil a file: of pages, of a zip, and of the XML within one; each by a seeded chance."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

PAGE = 4096
Parts = dict[str, bytes]


# Any bytes


def flip(raw: bytes, chance: random.Random) -> bytes:
    """Flip one bit anywhere."""
    return _changed(raw, chance.randrange(len(raw)), lambda old: old ^ 1 << chance.randrange(8))


def flips(raw: bytes, chance: random.Random) -> bytes:
    """Flip some bits anywhere."""
    for _ in range(chance.randrange(2, 40)):
        raw = flip(raw, chance)
    return raw


def zeroes(raw: bytes, chance: random.Random) -> bytes:
    """Set a stretch to nothing, as a disk does with sectors that it lost."""
    return _put(raw, chance.randrange(len(raw)), bytes(chance.choice((1, 512, PAGE, 9000))))


def noise(raw: bytes, chance: random.Random) -> bytes:
    """Set a stretch to anything."""
    return _put(
        raw, chance.randrange(len(raw)), chance.randbytes(chance.choice((1, 16, 512, 9000)))
    )


def cut(raw: bytes, chance: random.Random) -> bytes:
    """Cut the end off."""
    return raw[: chance.randrange(len(raw))]


def longer(raw: bytes, chance: random.Random) -> bytes:
    """Put something behind the end."""
    many = chance.choice((1, 100, PAGE, 3 * PAGE))
    return raw + chance.choice((bytes(many), chance.randbytes(many), raw[:many]))


def header(raw: bytes, chance: random.Random) -> bytes:
    """Put a random beginning."""
    return _put(raw, 0, chance.randbytes(chance.choice((1, 4, 16, 32, 100))))


def anything(raw: bytes, chance: random.Random) -> bytes:
    """Return bytes that never were a file, with its beginning or without."""
    kept = chance.choice((0, 0, 4, 30, 200))
    return raw[:kept] + chance.randbytes(chance.choice((0, 3, 100, 8 * PAGE)))


# Pages


def zeroed_page(raw: bytes, chance: random.Random) -> bytes:
    """Set a whole page to nothing."""
    return _put(raw, _page(raw, chance), bytes(PAGE))


def cut_at_a_page(raw: bytes, chance: random.Random) -> bytes:
    """Cut whole pages off."""
    return raw[: _page(raw, chance)]


def swapped_pages(raw: bytes, chance: random.Random) -> bytes:
    """Let two pages change places."""
    one, two = _page(raw, chance), _page(raw, chance)
    return _put(_put(raw, one, raw[two : two + PAGE]), two, raw[one : one + PAGE])


def doubled_page(raw: bytes, chance: random.Random) -> bytes:
    """Put one page over another."""
    one = _page(raw, chance)
    return _put(raw, _page(raw, chance), raw[one : one + PAGE])


def page_of(other: bytes, raw: bytes, chance: random.Random) -> bytes:
    """Put a page of another file in the same place."""
    places = [at for at in range(0, min(len(raw), len(other)), PAGE) if _differ(raw, other, at)]
    at = chance.choice(places)
    return _put(raw, at, other[at : at + PAGE])


BYTES = (flip, flip, flip, flips, zeroes, noise, cut, longer, header, anything)
PAGES = (*BYTES, zeroed_page, cut_at_a_page, swapped_pages, doubled_page)


# Workbooks: their XML, zipped soundly again


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A spoilt workbook; ``may_differ`` says that it is a sound one with other words in it."""

    how: str
    content: bytes
    may_differ: bool


def spoil_workbook(raw: bytes, chance: random.Random) -> Spoilt:
    """Spoil the zip, or a part of it in a zip that is sound."""
    if chance.random() < 0.4:
        how = chance.choice(BYTES)
        return Spoilt(f"zip {how.__name__}", how(raw, chance), may_differ=False)
    parts = unzipped(raw)
    change, may_differ = chance.choice(_XML)
    change(parts, chance)
    return Spoilt(f"xml {change.__name__.strip('_')}", zipped(parts), may_differ)


def unzipped(raw: bytes) -> Parts:
    """Return the parts of a workbook."""
    with ZipFile(BytesIO(raw)) as package:
        return {name: package.read(name) for name in package.namelist()}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Zip parts."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()


def _flip_in_part(parts: Parts, chance: random.Random) -> None:
    name = _any(parts, chance)
    parts[name] = flip(parts[name], chance)


def _noise_in_part(parts: Parts, chance: random.Random) -> None:
    name = _any(parts, chance)
    parts[name] = noise(parts[name], chance)


def _cut_part(parts: Parts, chance: random.Random) -> None:
    name = _any(parts, chance)
    parts[name] = cut(parts[name], chance)


def _drop_element(parts: Parts, chance: random.Random) -> None:
    _with_element(parts, chance, lambda _: b"")


def _double_element(parts: Parts, chance: random.Random) -> None:
    _with_element(parts, chance, lambda element: element * 2)


def _odd_value(parts: Parts, chance: random.Random) -> None:
    """Give an attribute or a number a value that nobody expects."""
    name = _any(parts, chance)
    found = list(re.finditer(rb'(?<=")[^"<>]*(?=")|(?<=>)[\d.]+(?=<)', parts[name]))
    if found:
        at = chance.choice(found)
        parts[name] = parts[name][: at.start()] + chance.choice(_ODD) + parts[name][at.end() :]


def _exchange_parts(parts: Parts, chance: random.Random) -> None:
    one, two = _any(parts, chance), _any(parts, chance)
    parts[one], parts[two] = parts[two], parts[one]


def _lose_part(parts: Parts, chance: random.Random) -> None:
    del parts[_any(parts, chance)]


def _wrong_relation(parts: Parts, chance: random.Random) -> None:
    """Let a sheet be looked for where none is, or the relation be gone."""
    name = "xl/_rels/workbook.xml.rels"
    whole = parts[name]
    target = chance.choice(re.findall(rb'Target="[^"]*sheet\d+\.xml"', whole))
    new = chance.choice((b'Target="nowhere.xml"', b'Target="/xl/../../etc/passwd"', b'Target=""'))
    parts[name] = whole.replace(target, new)


def _other_sheet(parts: Parts, chance: random.Random) -> None:
    """Let one sheet be found where another is."""
    name = "xl/_rels/workbook.xml.rels"
    targets = re.findall(rb"sheet\d+\.xml", parts[name])
    one, two = chance.choice(targets), chance.choice(targets)
    parts[name] = parts[name].replace(one, two)


def _bomb(parts: Parts, chance: random.Random) -> None:
    """Let a part unfold to very much."""
    name = chance.choice(sorted(parts))
    parts[name] = parts[name] + b" " * chance.choice((9_000_000, 30_000_000))


def _many_parts(parts: Parts, chance: random.Random) -> None:
    parts |= {f"xl/more/{number}.xml": b"<x/>" for number in range(chance.choice((500, 3000)))}


def _deep(parts: Parts, chance: random.Random) -> None:
    """Nest elements very deeply."""
    name, many = _any(parts, chance), chance.choice((200, 3000, 100_000))
    at = parts[name].rfind(b"</")
    parts[name] = parts[name][:at] + b"<x>" * many + b"</x>" * many + parts[name][at:]


def _entities(parts: Parts, chance: random.Random) -> None:
    """Declare entities that unfold without end, or that name a file of the laptop."""
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    what = chance.choice((f'<!ENTITY a0 "x">{laughs}', '<!ENTITY a11 SYSTEM "file:///etc/passwd">'))
    name = _any(parts, chance)
    body = re.sub(rb"^<\?xml.*?\?>", b"", parts[name])
    body = re.sub(rb"<t[^>]*>[^<]*</t>", b"<t>&a11;</t>", body, count=1)
    parts[name] = f"<!DOCTYPE x [{what}]>".encode() + body


def _wide_text(parts: Parts, chance: random.Random) -> None:
    name = _any(parts, chance)
    parts[name] = parts[name].decode("utf-8").encode(chance.choice(("utf-16", "utf-16-be")))


_ODD = (
    b"-1",
    b"1e999",
    b"nan",
    b"99999999999999999999",
    b"",
    b"XFE9999999",
    b"A1:XFD1048576",
    b"&#0;",
    b"&lt;",
    "‮٣".encode(),
    b"x" * 70_000,
    b"../../x",
    b"true",
    b"s",
    b"e",
    b"d",
)

_XML: tuple[tuple[Callable[[Parts, random.Random], None], bool], ...] = (
    (_flip_in_part, True),
    (_noise_in_part, True),
    (_cut_part, False),
    (_drop_element, True),
    (_double_element, True),
    (_odd_value, True),
    (_odd_value, True),
    (_exchange_parts, True),
    (_lose_part, False),
    (_wrong_relation, False),
    (_other_sheet, True),
    (_bomb, False),
    (_many_parts, False),
    (_deep, False),
    (_entities, False),
    (_wide_text, False),
)


def _any(parts: Parts, chance: random.Random) -> str:
    """Choose a part, more often one that is read."""
    read = [name for name in parts if "sheet" in name.lower() or "sharedStrings" in name]
    return chance.choice(read if read and chance.random() < 0.6 else sorted(parts))


def _with_element(parts: Parts, chance: random.Random, change: Callable[[bytes], bytes]) -> None:
    name = _any(parts, chance)
    found = list(re.finditer(rb"<(\w+)[^<>]*?(?:/>|>[^<>]*</\1>)", parts[name]))
    if found:
        at = chance.choice(found)
        parts[name] = parts[name][: at.start()] + change(at[0]) + parts[name][at.end() :]


def _changed(raw: bytes, at: int, change: Callable[[int], int]) -> bytes:
    return raw[:at] + bytes([change(raw[at])]) + raw[at + 1 :]


def _put(raw: bytes, at: int, new: bytes) -> bytes:
    return (raw[:at] + new + raw[at + len(new) :])[: len(raw)]


def _page(raw: bytes, chance: random.Random) -> int:
    return chance.randrange(len(raw) // PAGE) * PAGE


def _differ(raw: bytes, other: bytes, at: int) -> bool:
    return raw[at : at + PAGE] != other[at : at + PAGE]
