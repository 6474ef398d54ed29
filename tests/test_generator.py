"""A generated file is sound: what is measured in it is what would be measured in a real one."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from oscb_desktop.database.change_log import broken_link
from oscb_desktop.database.engine import make_engine
from oscb_desktop.database.models.meetings import Attendance
from oscb_desktop.database.models.trust import ChangeItem
from oscb_desktop.queries.search import search
from oscb_desktop.services.files import check_store
from oscb_desktop.services.store import Store
from tests.generator import fill


def _many(session: Session) -> tuple[int, int]:
    counts = (select(func.count(model.id)) for model in (Attendance, ChangeItem))
    people, items = (session.scalar(count) or 0 for count in counts)
    return people, items


def test_a_file_with_all_around_its_reviews_is_sound_and_its_log_holds(store: Store) -> None:
    before = store.read(_many)
    engine = make_engine(store.path, store.key)
    fill(engine, reviews=30, actions=120, changes=400)
    engine.dispose()
    assert store.read(broken_link) is None
    assert check_store(store, against_log=False) == ()
    people, items = store.read(_many)
    assert people > 1000
    assert items == before[1] + 400
    assert store.read(search, "A-2002-000001")
