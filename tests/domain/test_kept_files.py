from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscb_desktop.domain.kept_files import (
    KINDS,
    check_content,
    file_name,
    kind_of,
    readable_name,
    safe_name,
    size_words,
)
from oscb_desktop.errors import UserError


@pytest.mark.parametrize(
    ("name", "label", "has_macros"),
    [
        ("Policy.pdf", "PDF", False),
        ("POLICY.PDF", "PDF", False),
        ("Audit.xlsm", "Excel", True),
        ("Re your letter.msg", "E-mail", False),
        ("photo of the notice.jpeg", "Image", False),
        ("policy.final.v2.docx", "Word", False),
    ],
)
def test_what_people_send_is_known_by_its_name(name: str, label: str, has_macros: bool) -> None:
    kind = kind_of(name)
    assert (kind.label, kind.has_macros) == (label, has_macros)


@pytest.mark.parametrize(
    "name",
    [f"a.{ending}" for ending in ("ps1", "js", "vbs", "scr", "msi", "lnk", "hta", "jar", "dll")],
)
def test_a_program_is_called_one(name: str) -> None:
    with pytest.raises(UserError, match="is a program or a script"):
        kind_of(name)


@pytest.mark.parametrize("name", ["policy.pdf.exe", "run.BAT", "run.exe. .", "policy\u202efdp.exe"])
def test_a_program_is_called_one_however_its_name_is_dressed(name: str) -> None:
    with pytest.raises(UserError, match="is a program or a script"):
        kind_of(readable_name(name))


@pytest.mark.parametrize("name", ["page.html", "drawing.svg", "all.zip", "README", ".pdf.", "x."])
def test_any_other_kind_is_refused_with_what_is_allowed(name: str) -> None:
    with pytest.raises(UserError, match=r"What can be: PDF, Word, .* text and CSV") as refused:
        kind_of(name if name != ".pdf." else "notes")
    assert "Save it as one of these" in refused.value.sentence


@pytest.mark.parametrize(
    "content",
    [b"MZ\x90\x00\x03\x00", b"\x7fELF\x02\x01", b"#!/bin/sh\n", b"\xca\xfe\xba\xbe\x00\x00"],
)
@pytest.mark.parametrize("name", ["policy.pdf", "notes.txt", "letter.doc"])
def test_a_program_under_another_name_is_found_by_its_beginning(name: str, content: bytes) -> None:
    with pytest.raises(UserError, match="is a program or a script"):
        check_content(name, content)


@pytest.mark.parametrize("name", ["policy.pdf", "policy.docx", "mail.msg", "scan.png", "scan.tif"])
def test_content_that_is_not_what_the_name_says_is_told(name: str) -> None:
    with pytest.raises(UserError, match="does not hold what its name says"):
        check_content(name, bytes(2000))


def test_content_as_it_comes_is_taken() -> None:
    check_content("policy.pdf", b"\xef\xbb\xbf\r\n%PDF-1.7 and so on")
    check_content("locked.docx", b"\xd0\xcf\x11\xe0 a document under a password")
    check_content(
        "notes.txt", b"MZ Trust wrote to us on Monday, and again on the Friday after that."
    )
    for ending, kind in KINDS.items():
        check_content(f"a.{ending}", (kind.begins or (b"anything",))[0] + bytes(100))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("..\\..\\Start Menu\\policy.pdf", "policy.pdf"),
        ("/etc/policy.pdf", "policy.pdf"),
        ("policy\u202egpj.pdf", "policygpj.pdf"),
        ("a\nb\tc\x00.pdf", "a b c.pdf"),
        ("bad \udcff byte.pdf", "bad byte.pdf"),
        ("سياسة الحماية.pdf", "سياسة الحماية.pdf"),
        ("", "file"),
    ],
)
def test_a_name_is_kept_as_it_can_be_read(name: str, shown: str) -> None:
    assert readable_name(name) == shown


def test_a_long_name_keeps_its_ending() -> None:
    assert readable_name(f"{'x' * 300}.pdf") == f"{'x' * 251}.pdf"
    assert safe_name(f"{'ł' * 300}.pdf") == f"{'ł' * 73}.pdf"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Policy.pdf", "Policy.pdf"),
        ("con.pdf", "_con.pdf"),
        ("COM¹.pdf", "_COM¹.pdf"),
        ("aux .tar.pdf", "_aux .tar.pdf"),
        ("what? <now>: a|b*.pdf", "what- -now-- a-b-.pdf"),
        ("policy.pdf. . ", "policy.pdf"),
        (".pdf", "file.pdf"),
        ("   ", "file"),
        ("copy 1, Anne Bell, CSC/Health.pdf", "copy 1, Anne Bell, CSC-Health.pdf"),
        ("copy 2, ASC\\Health.pdf", "copy 2, ASC-Health.pdf"),
        ("../../etc/passwd", "file.-.-etc-passwd"),
        ("x:Zone.Identifier.pdf", "x-Zone.Identifier.pdf"),
    ],
)
def test_a_name_on_disk_is_safe_on_every_system(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_name_made_of_words_keeps_them_and_its_ending() -> None:
    assert file_name("RR-2022-01 CSC/Health: summary", " letter.pdf") == (
        "RR-2022-01 CSC-Health- summary letter.pdf"
    )
    assert file_name("و" * 300, " letter.pdf") == f"{'و' * 69} letter.pdf"
    assert file_name("CON", ".xlsx") == "_CON.xlsx"


@given(st.text(max_size=400))
def test_no_name_at_all_can_do_harm(typed: str) -> None:
    name = safe_name(typed)
    assert name
    assert not set(name) & set('<>:"/\\|?*')
    assert not any(unicodedata.category(sign)[0] == "C" for sign in name)
    assert len(name.encode()) <= 150
    assert name.strip(" .") == name
    assert name.split(".", 1)[0].strip().lower() not in {"con", "nul", "com1", "lpt9", "aux", "prn"}


def test_sizes_are_told_as_people_say_them() -> None:
    assert [size_words(size) for size in (1, 900, 12_300, 25 * 1024 * 1024)] == [
        "1 byte",
        "900 bytes",
        "12 KB",
        "25.0 MB",
    ]
