"""The typefaces of every paper, embedded in each file, and the letters that each can show."""

from __future__ import annotations

from functools import cache
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from oscb_desktop.paths import resource

REGULAR = "NotoSans"
BOLD = "NotoSans-Bold"
ITALIC = "NotoSans-Italic"
FALLBACK = "DejaVuSans"

# White square: stands where no typeface of ours has the letter. It is a real glyph, never .notdef.
SUBSTITUTE = "\u25a1"

FILES = {
    REGULAR: "NotoSans-Regular.ttf",
    BOLD: "NotoSans-Bold.ttf",
    ITALIC: "NotoSans-Italic.ttf",
    FALLBACK: "DejaVuSans.ttf",
}


class EmbeddedFont(TTFont):  # type: ignore[misc]  # ReportLab carries no types
    """A TrueType face whose letters can be read back as text.

    ReportLab maps glyph 0 to U+0000, which PDF/UA forbids, writes more than 100 entries in one
    block, and writes letters beyond U+FFFF as five hexadecimal digits. The map is written anew
    here.
    """

    def addObjects(self, doc: Any) -> None:  # noqa: N802  ReportLab's name
        """Write the face's subsets into the file, each with a correct map back to Unicode."""
        state = self.state[doc]
        names = [self.getSubsetInternalName(n, doc)[1:] for n in range(len(state.subsets))]
        super().addObjects(doc)
        for name, subset in zip(names, state.subsets, strict=True):
            font = doc.idToObject["BasicFonts"].dict[name]
            doc.idToObject[font.ToUnicode.name].content = _unicode_map(font.BaseFont, subset)


def _unicode_map(name: str, subset: list[int]) -> str:
    entries = [
        f"<{index:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>"
        for index, code in enumerate(subset)
        if code
    ]
    blocks = [entries[start : start + 100] for start in range(0, len(entries), 100)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *(
                line
                for block in blocks
                for line in (f"{len(block)} beginbfchar", *block, "endbfchar")
            ),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


@cache
def register() -> None:
    """Make the faces known to ReportLab, once in the life of the program."""
    for name, file in FILES.items():
        pdfmetrics.registerFont(EmbeddedFont(name, resource(f"fonts/{file}"), shapable=False))


@cache
def letters(name: str) -> frozenset[int]:
    """Return the code points that a registered face can show."""
    register()
    return frozenset(pdfmetrics.getFont(name).face.charToGlyph)


def width(text: str, name: str, size: float) -> float:
    """Return how wide the text is in points."""
    return float(pdfmetrics.stringWidth(text, name, size))
