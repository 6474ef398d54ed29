"""What the organisation sets for its file: its name and habits, age bands, holidays, baselines."""

from __future__ import annotations

from oscb_desktop.domain.fields.field import (
    Field,
    FieldKind,
    RecordKind,
    date,
    links,
    long_text,
    number,
    yes_no,
)

ORGANISATION = RecordKind(
    name="organisation",
    label="Our organisation",
    plural="Our organisation",
    about="How the partnership is named on paper, and its own time limits.",
    title=("name",),
    key=("name",),
    singleton=True,
    fields=(
        Field("name", "Name of the partnership", required=True),
        Field("short_name", "Short name", max_length=40),
        Field("subgroup", "Name of the subgroup", required=True),
        Field(
            "marking",
            "Marking",
            help="Printed at the top and bottom of every internal page.",
            max_length=60,
        ),
        Field(
            "accent_colour",
            "Colour",
            help="As six letters and digits, such as #1D4F73. Used on paper and in the window.",
            max_length=7,
        ),
        links(
            "logo",
            "Logo",
            "attachment",
            "A picture, printed at the top of what is made for publication.",
            folded=True,
        ),
        long_text(
            "contact",
            "Address and contact",
            "Printed under letters and learning summaries.",
            folded=True,
        ),
        Field(
            "press_contact",
            "Contact for the press",
            folded=True,
            help="Printed on press statements: a name or an office, telephone, e-mail.",
        ),
        number(
            "year_start_month",
            "Reporting year starts in month",
            "4 for April. Texts of annual reports and baseline figures are kept under the name of "
            "their year, such as 2021-22: where another month is set, they stand under the same "
            "name, though they were written of other months. Read them again then.",
            required=True,
        ),
        number("due_soon_days", "Due soon means within (days)", required=True),
        number(
            "panel_reply_days",
            "Panel's reply expected within (working days)",
            "The Panel's own target; it is no statutory limit.",
            required=True,
        ),
        number(
            "quorum_minimum",
            "A meeting is quorate with (people)",
            "Beside the three statutory partners, who must all be there.",
        ),
        number(
            "small_number",
            "Numbers below this are not published",
            "A public version tells no count of children below it. 5 where it is left empty.",
        ),
        number(
            "first_check_months",
            "First follow-up check after (months)",
            "Counted from the sign-off of an action. 6 where it is left empty.",
            folded=True,
        ),
        number(
            "second_check_months",
            "Second follow-up check after (months)",
            "12 where it is left empty.",
            folded=True,
        ),
        number(
            "attachment_megabytes",
            "Largest attached file (MB)",
            "Larger ones are refused. 25 where it is left empty; 500 is the most.",
        ),
        date(
            "practice_today",
            "Practice file: today is",
            "Only in a practice file. Left empty, today is today.",
            folded=True,
        ),
    ),
)

AGE_BAND = RecordKind(
    name="age_band",
    label="Age band",
    plural="Age bands",
    about="How ages are grouped in the figures. A gap or an overlap is told.",
    title=("label",),
    key=("label",),
    fields=(
        Field("label", "Name", required=True, max_length=40, help="Such as Under 5."),
        number("from_years", "From age", required=True),
        number("to_years", "To age", "Left empty for no upper end."),
        yes_no("unborn", "Holds unborn children"),
    ),
)

EXTRA_HOLIDAY = RecordKind(
    name="extra_holiday",
    label="Extra day off",
    plural="Extra days off",
    about="Days that do not count as working days beside England's bank holidays.",
    title=("on_date", "name"),
    key=("on_date",),
    fields=(
        date("on_date", "Day", required=True),
        Field("name", "Name", required=True),
    ),
)

BASELINE = RecordKind(
    name="baseline",
    label="Baseline figure",
    plural="Baseline figures",
    about="A figure of a year whose records are not in this file, for comparison.",
    title=("year", "figure"),
    key=("year", "figure"),
    fields=(
        Field("year", "Year", required=True, max_length=10, help="Such as 2020-21."),
        Field("figure", "Figure", required=True, help="Its name, such as rapid_reviews."),
        Field("value", "Value", FieldKind.WHOLE_NUMBER, required=True),
    ),
)
