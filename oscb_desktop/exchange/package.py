"""Whether a file can be a workbook that is safe to open, found out before anything parses it."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from oscb_desktop.errors import UserError

LARGEST_FILE = 50_000_000
LARGEST_UNZIPPED = 200_000_000
_MOST_PARTS = 2_000
_TIGHTEST = 250  # times smaller zipped; workbooks of nothing but repeated rows reach about 60
_RATIO_FROM = 10_000_000
_CHUNK = 1 << 20

_OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_DECLARATION = b"<!DOCTYPE"
_BROKEN = (
    BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)

_SAVE_AGAIN = "Open it in Excel or LibreOffice and save it as an Excel workbook (.xlsx)."
_OTHERS = {
    "xl/workbook.bin": "is a binary Excel workbook (.xlsb)",
    "word/document.xml": "is a Word document",
    "ppt/presentation.xml": "is a presentation",
    "content.xml": "is an OpenDocument file",
}


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes; raises ``UserError`` when it is missing, locked or far too large."""
    try:
        if not path.is_file():
            raise UserError(f"There is no file {path}.")
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise UserError(
                f"{path.name} is {size / 1e6:,.0f} MB large; at most {LARGEST_FILE / 1e6:,.0f} MB "
                "are read. Remove pictures from it, or divide it."
            )
        return path.read_bytes()
    except OSError as problem:
        raise UserError(
            f"{path.name} could not be read: {problem.strerror or problem}. "
            "If it is open in another program, close it there."
        ) from problem


def safe_package(path: Path) -> BytesIO:
    """Return the bytes of a workbook whose parts are bounded in size and declare no entities.

    A part with a document type is refused whatever parser is installed: expanding its entities
    could fill the memory, and no workbook has one. Raises ``UserError`` with the reason.
    """
    content = read_bytes(path)
    _refuse_other_files(path.name, content)
    try:
        with ZipFile(BytesIO(content)) as package:
            _refuse_other_packages(path.name, package)
            _refuse_too_large(path.name, package.infolist())
            for part in package.infolist():
                _refuse_declarations(path.name, package, part)
    except _BROKEN as problem:
        raise damaged(path.name) from problem
    return BytesIO(content)


def damaged(name: str) -> UserError:
    """Return the sentence for a workbook that cannot be read to its end."""
    return UserError(f"{name} is damaged and cannot be read as a workbook. {_SAVE_AGAIN}")


def _refuse_other_files(name: str, content: bytes) -> None:
    if not content:
        raise UserError(f"{name} is empty.")
    if content.startswith(_OLD_OFFICE):
        if _ENCRYPTED in content:
            raise UserError(f"{name} is protected with a password. Save it without one first.")
        raise UserError(f"{name} is of an older Office version (such as .xls). {_SAVE_AGAIN}")
    if not content.startswith(b"PK"):
        raise UserError(f"{name} is not an Excel workbook. {_SAVE_AGAIN}")


def _refuse_other_packages(name: str, package: ZipFile) -> None:
    parts = set(package.namelist())
    for part, what in _OTHERS.items():
        if part in parts:
            raise UserError(f"{name} {what}, not an Excel workbook (.xlsx). {_SAVE_AGAIN}")
    if "[Content_Types].xml" not in parts:
        raise UserError(f"{name} is a zip file of another kind, not an Excel workbook (.xlsx).")


def _refuse_too_large(name: str, parts: list[ZipInfo]) -> None:
    unzipped = sum(part.file_size for part in parts)
    packed = any(
        part.file_size > _RATIO_FROM and part.file_size > _TIGHTEST * max(part.compress_size, 1)
        for part in parts
    )
    if unzipped > LARGEST_UNZIPPED or packed or len(parts) > _MOST_PARTS:
        raise UserError(
            f"{name} unfolds to far more than a year of reviews holds and was not opened. "
            "Remove what does not belong to it, or divide it."
        )


def _refuse_declarations(name: str, package: ZipFile, part: ZipInfo) -> None:
    with package.open(part) as stream:
        tail = chunk = stream.read(_CHUNK)
        if chunk.startswith(_WIDE):
            raise damaged(name)
        while chunk:
            if _DECLARATION in tail:
                raise UserError(f"{name} holds a document type declaration and was not opened.")
            chunk = stream.read(_CHUNK)
            tail = tail[-len(_DECLARATION) :] + chunk
