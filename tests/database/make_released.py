"""Make the file of a version about to be released: ``python -m tests.database.make_released``.

It holds a few invented records, so that each later version can be shown to keep them.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from oscb_desktop.database import schema
from oscb_desktop.domain.uncertain_dates import UncertainDate
from oscb_desktop.services.files import create_store
from oscb_desktop.services.records import AmendRecord, WithdrawRecord
from oscb_desktop.services.undo import Undo
from tests.conftest import PASSPHRASE, now
from tests.factories import make

FOLDER = Path(__file__).parent / "released"


def main() -> None:
    """Write the file of the version that the tables have now; an older one is never replaced."""
    store = create_store(FOLDER / f"v{schema.HEAD}.oscb", PASSPHRASE, "A. Tester", now)
    theme = make(store, "theme", name="Hidden – “neglect” <b>&")
    incident = make(store, "incident", happened_on=UncertainDate.of(2021, 4, about=True))
    child = make(store, "child", incident=incident, ethnicity="not_known")
    make(store, "child_identity", child=child, date_of_birth=date(2012, 2, 29))
    agency = make(store, "agency", name="Oakshire Police")
    review = make(
        store,
        "review",
        incident=incident,
        children=(child,),
        themes=(theme,),
        agencies=(agency,),
    )
    make(store, "cost_line", review=review)
    recommendation = make(store, "recommendation", review=review, themes=(theme,))
    action = make(store, "action", review=review, recommendation=recommendation)
    make(store, "progress_note", action=action, note="Drafted.\n" * 500)
    make(store, "narrative", text="There were {rapid_reviews:words} rapid reviews.")
    make(store, "summary_line", review=review, text="Ask – “why” <b>&.")
    make(store, "pack_item", pack=make(store, "pack", review=review))
    store.write(AmendRecord("theme", theme, 1, {"description": "Seen late."}))
    gone = make(store, "theme", name="Withdrawn")
    store.write(WithdrawRecord("theme", gone, 1))
    make(store, "theme", name="Undone")
    store.write(Undo())
    store.close()


if __name__ == "__main__":
    main()
