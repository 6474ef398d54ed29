"""The passphrase of an open file and the key that it stands for: told, checked and changed."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from oscb_desktop.database import check, rekey
from oscb_desktop.database.change_log import Act, Item, ItemAct
from oscb_desktop.database.engine import make_engine
from oscb_desktop.database.file import check_new_passphrase, close_file
from oscb_desktop.database.key import FileKey
from oscb_desktop.errors import UserError, WrongPassphraseError
from oscb_desktop.queries.file_counts import rows_held
from oscb_desktop.queries.records import first_id
from oscb_desktop.services.store import Store
from oscb_desktop.services.work import Work

CHANGED = (
    "The passphrase is changed. Older backups open with the old passphrase, and a recovery sheet "
    "made before opens only them: make a new sheet."
)


@dataclass(frozen=True, slots=True)
class NoteKeyStep:
    """Note in the history that the way into the file was looked at or changed."""

    label: str

    def carry_out(self, work: Work) -> None:
        """Log the step with the organisation, as it is about no other record."""
        organisation = first_id(work.session, "organisation")
        assert organisation is not None
        work.act = Act.VIEW
        work.label = self.label
        work.items.append(Item("organisation", organisation, ItemAct.VIEW))


def recovery_groups(store: Store) -> tuple[str, ...]:
    """Return the recovery key of the open file, in groups; good until the passphrase changes."""
    return store.key.recovery_groups()


def check_passphrase(store: Store, typed: str) -> None:
    """Raise ``WrongPassphraseError`` unless this passphrase or recovery key opens the file."""
    derived = FileKey.of_file(store.path, typed)
    if not hmac.compare_digest(derived.key, store.key.key):
        raise WrongPassphraseError(f"That is not the passphrase of {store.path.name}.")


def change_passphrase(store: Store, old: str, new: str) -> str:
    """Encrypt the file anew under another passphrase, and return what to know about it.

    ``old`` may be the recovery key. The store goes on with the new key; killed at any instant, the
    file opens with the old passphrase or the new one and holds everything. Raises ``UserError``
    with the file as it was.
    """
    check_new_passphrase(new)
    check_passphrase(store, old)
    if FileKey.of_file(store.path, new) == store.key:
        raise UserError("That is the passphrase already. Choose another one.")
    key = FileKey.new(new)
    store.exchange(lambda: _put_anew(store, key))
    rekey.sweep(store.path)
    return CHANGED


def _put_anew(store: Store, key: FileKey) -> FileKey:
    """Put the file anew under the key, checked before it takes its place and after."""
    path = store.path
    wanted = _rows_of(_at(path, store.key, store))
    copy = rekey.rekeyed_copy(path, store.key, key)
    try:
        _complete(_at(copy, key, store), wanted)
        rekey.put_in_place(copy, path)
    except (OSError, UserError) as problem:
        rekey.sweep(path)
        if isinstance(problem, UserError):
            raise
        raise UserError(
            f"The file under the new passphrase could not take its place in {path.parent}: "
            f"{problem.strerror}. Nothing was changed."
        ) from problem
    _put_back_unless_it_opens(path, key)
    return key


def _complete(copy: Store, wanted: Mapping[str, int]) -> None:
    """Check that the copy holds everything, and note in its history what was done."""
    try:
        faults = copy.read(check.faults)
        if faults or copy.read(rows_held) != wanted:
            raise UserError(
                "The file could not be copied whole. Nothing was changed. "
                f"{' '.join(faults) or 'Rows are missing from the copy.'}"
            )
        copy.write(NoteKeyStep("Change the passphrase"))
    finally:
        copy.close()


def _rows_of(original: Store) -> Mapping[str, int]:
    try:
        return original.read(rows_held)
    finally:
        original.close()


def _at(path: Path, key: FileKey, store: Store) -> Store:
    """Return a store of its own over a file beside the open one."""
    return Store(make_engine(path, key), key, path, store.by, store.now)


def _put_back_unless_it_opens(path: Path, key: FileKey) -> None:
    engine = make_engine(path, key)
    try:
        engine.connect().close()
    except DatabaseError as problem:
        close_file(engine)
        rekey.put_back(path)
        raise UserError(
            f"{path.name} did not open with the new passphrase, so the file was put back as it "
            "was. Check the disk, and make a backup elsewhere."
        ) from problem
    close_file(engine)
