"""Which files may be kept inside the file, and under which names they are safe to be put on disk.

The kinds are a setting of the program: what a person reads, never what runs. The names that Windows
keeps for itself are those of its own documentation, "Naming Files, Paths, and Namespaces".
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import PurePath

from oscb_desktop.errors import UserError

MEGABYTE = 1024 * 1024
USUAL_MEGABYTES = 25
"""The largest file that may be attached where the organisation sets nothing."""
MOST_MEGABYTES = 500
"""Beyond this no setting reaches: a file is taken in, encrypted and checked as a whole."""

LONGEST_NAME = 255
_LONGEST_WORDS = 100
_LONGEST_ENDING = 16
_LONGEST_ON_DISK = 150  # bytes; Windows bounds a whole path, of which the folder takes its share


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: what people call it, its media type, and how its content may begin.

    Where ``begins`` is empty, any content will do that is no program's.
    """

    label: str
    media_type: str
    begins: tuple[bytes, ...] = ()
    has_macros: bool = False


_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK"
_OFFICE = (_ZIP, _OLE)  # one that a password protects is kept in the older form
_MS = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
_MAIL = "message/rfc822"

KINDS = {
    "pdf": FileKind("PDF", "application/pdf", (b"%PDF",)),
    "docx": FileKind("Word", f"{_MS}.wordprocessingml.document", _OFFICE),
    "docm": FileKind("Word", "application/vnd.ms-word.document.macroEnabled.12", _OFFICE, True),
    "doc": FileKind("Word", "application/msword"),
    "rtf": FileKind("Word", "application/rtf", (b"{\\rtf",)),
    "xlsx": FileKind("Excel", f"{_MS}.spreadsheetml.sheet", _OFFICE),
    "xlsm": FileKind("Excel", "application/vnd.ms-excel.sheet.macroEnabled.12", _OFFICE, True),
    "xls": FileKind("Excel", "application/vnd.ms-excel"),
    "pptx": FileKind("PowerPoint", f"{_MS}.presentationml.presentation", _OFFICE),
    "pptm": FileKind(
        "PowerPoint", "application/vnd.ms-powerpoint.presentation.macroEnabled.12", _OFFICE, True
    ),
    "ppt": FileKind("PowerPoint", "application/vnd.ms-powerpoint"),
    "odt": FileKind("OpenDocument text", f"{_ODF}.text", _OFFICE),
    "ods": FileKind("OpenDocument sheet", f"{_ODF}.spreadsheet", _OFFICE),
    "odp": FileKind("OpenDocument slides", f"{_ODF}.presentation", _OFFICE),
    "eml": FileKind("E-mail", _MAIL),
    "msg": FileKind("E-mail", "application/vnd.ms-outlook", (_OLE,)),
    "png": FileKind("Image", "image/png", (b"\x89PNG",)),
    "jpg": FileKind("Image", "image/jpeg", (b"\xff\xd8",)),
    "jpeg": FileKind("Image", "image/jpeg", (b"\xff\xd8",)),
    "gif": FileKind("Image", "image/gif", (b"GIF8",)),
    "tif": FileKind("Image", "image/tiff", (b"II", b"MM")),
    "tiff": FileKind("Image", "image/tiff", (b"II", b"MM")),
    "bmp": FileKind("Image", "image/bmp", (b"BM",)),
    "webp": FileKind("Image", "image/webp", (b"RIFF",)),
    "heic": FileKind("Image", "image/heic"),
    "txt": FileKind("Text", "text/plain"),
    "csv": FileKind("CSV", "text/csv"),
}
"""By the end of the name, in lower case."""

ALLOWED = (
    "PDF, Word, Excel, PowerPoint, OpenDocument, images (PNG, JPEG, GIF, TIFF, BMP, WebP, HEIC), "
    "e-mail (.eml, .msg), text and CSV"
)
MACROS = "May hold macros."
"""What is noted of a file that can hold macros; the program itself never runs any."""

_SPEAKS_OF = {
    "audit": "audit",
    "training": "training",
    "supervision": "supervision",
    "survey": "survey",
    "feedback": "feedback",
    "dashboard": "data",
    "data": "data",
    "policy": "policy",
    "procedure": "policy",
    "guidance": "policy",
    "protocol": "policy",
}
"""Words in the names of files, and the kind of evidence that they stand for; the first counts."""

_PROGRAMS = frozenset((
    "app", "bat", "cmd", "com", "dll", "exe", "hta", "jar", "js", "jse", "lnk", "msi", "ps1", "py",
    "reg", "scr", "sh", "url", "vbe", "vbs", "wsf", "xll",
))  # fmt: skip
_BEGINNINGS = (b"\x7fELF", b"#!", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
_SEARCHED = 1024  # a PDF may begin a little late

_FORBIDDEN = frozenset('<>:"/\\|?*')
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"}
)


def kind_of(name: str) -> FileKind:
    """Return the kind of a file by its name.

    Raises ``UserError`` for a program and for what is not allowed.
    """
    ending = _ending(name)
    if ending in _PROGRAMS:
        raise UserError(_program(name))
    if ending not in KINDS:
        raise UserError(
            f"“{name}” is of a kind that is not attached. What can be: {ALLOWED}. Save it as one "
            "of these, or as a PDF."
        )
    return KINDS[ending]


def check_content(name: str, content: bytes) -> None:
    """Raise ``UserError`` where content is not what its name says, or is a program."""
    is_windows_program = content.startswith(b"MZ") and b"\x00" in content[:64]
    if is_windows_program or content.startswith(_BEGINNINGS):
        raise UserError(_program(name))
    kind = kind_of(name)
    start = content[:_SEARCHED]
    if kind.label == "PDF":
        fits = any(begin in start for begin in kind.begins)
    else:
        fits = not kind.begins or start.lstrip(b"\xef\xbb\xbf\r\n ").startswith(kind.begins)
    if not fits:
        raise UserError(
            f"“{name}” does not hold what its name says ({kind.label}). It may have been renamed "
            "or come only in part. Open it to see, and save it anew."
        )


def readable_name(name: str) -> str:
    """Return the name of a file that comes in as it is kept: no path, no sign that is unseen."""
    return _cut(_seen(name.replace("\\", "/").rsplit("/", 1)[-1]), LONGEST_NAME) or "file"


def safe_name(name: str) -> str:
    """Return a name that every system can write to a folder, with the same ending.

    Nothing of it is taken for a path: what no name may hold becomes a dash.
    """
    plain = "".join("-" if sign in _FORBIDDEN else sign for sign in _seen(name))
    plain = unicodedata.normalize("NFC", plain).strip().rstrip(" .") or "file"
    if plain.startswith("."):  # hidden on many systems, and all of it an ending
        plain = f"file.{plain.lstrip('. ')}"
    stem = plain.split(".", 1)[0].strip().lower()
    if stem in _DEVICES:
        plain = f"_{plain}"
    tail = PurePath(plain).suffix
    tail = tail if len(tail) <= _LONGEST_ENDING else ""
    return _cut_on_disk(plain.removesuffix(tail), tail)


def file_name(words: str, ending: str) -> str:
    """Return a name that every system takes, made of words; ``ending`` is such as ``.pdf``."""
    return safe_name(_cut_on_disk(_seen(words)[:_LONGEST_WORDS], ending))


def evidence_kind(name: str) -> str:
    """Return the code of the kind of evidence that the name of a file speaks of, or ``other``."""
    words = readable_name(name).lower()
    return next((code for word, code in _SPEAKS_OF.items() if word in words), "other")


def size_words(size: int) -> str:
    """Return a size in bytes as people say it: ``3 bytes``, ``12 KB``, ``1.4 MB``."""
    if size < 1024:
        return f"{size} byte" if size == 1 else f"{size} bytes"
    if size < MEGABYTE:
        return f"{round(size / 1024):,} KB"
    return f"{size / MEGABYTE:,.1f} MB"


def _seen(name: str) -> str:
    """Return a name without the signs that are unseen or turn the text, on one line."""
    shown = (sign for sign in " ".join(name.split()) if unicodedata.category(sign)[0] != "C")
    return " ".join("".join(shown).split())


def _cut_on_disk(words: str, tail: str) -> str:
    kept = words.encode()[: _LONGEST_ON_DISK - len(tail.encode())].decode("utf-8", "ignore")
    return kept.rstrip(" .") + tail


def _ending(name: str) -> str:
    """Return the end of a name as Windows takes it, without dots and blanks after it."""
    _stem, dot, ending = name.rstrip(" .").rpartition(".")
    return ending.lower() if dot else ""


def _cut(name: str, most: int) -> str:
    ending = _ending(name)
    tail = name[-len(ending) - 1 :] if ending and len(ending) < most else ""
    return name if len(name) <= most else name[: most - len(tail)] + tail


def _program(name: str) -> str:
    return f"“{name}” is a program or a script, which is not attached. Attach what a person reads."
