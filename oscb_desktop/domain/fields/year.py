"""The annual report: what is written beside its figures, and what it must hold."""

from __future__ import annotations

from oscb_desktop.domain.fields.field import Field, RecordKind, code, long_text, yes_no

NARRATIVE = RecordKind(
    name="narrative",
    label="Text of the annual report",
    plural="Texts of annual reports",
    about="What a chapter of a year's report says beside its tables. Figures in it stay live.",
    title=("year", "chapter"),
    key=("year", "chapter"),
    fields=(
        Field("year", "Year", required=True, max_length=10, help="Such as 2021-22."),
        code("chapter", "Chapter", "annual_chapter", required=True),
        long_text("text", "Text", "A figure is written by its name, such as {rapid_reviews}."),
        long_text(
            "read_as",
            "Figures when it was last read",
            "Kept by the program, to point out what moved since.",
            folded=True,
        ),
    ),
)

REPORT_TICK = RecordKind(
    name="report_tick",
    label="Content of the annual report",
    plural="Content of annual reports",
    about="Whether a year's report holds what the guidance asks of it, and where.",
    title=("year", "item"),
    key=("year", "item"),
    fields=(
        Field("year", "Year", required=True, max_length=10, help="Such as 2021-22."),
        code("item", "Content", "yearly_content", required=True),
        yes_no("held", "It holds this"),
        long_text("note", "Where, or why not"),
    ),
)
