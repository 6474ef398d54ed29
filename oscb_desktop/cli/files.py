"""The commands that make, check, back up, restore and salvage a file."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from oscb_desktop.cli.terminal import (
    FAULTS,
    NEW_PASSPHRASE,
    PASSPHRASE,
    SOUND,
    anywhere_option,
    complain,
    file_argument,
    new_passphrase,
    opened,
    passphrase_for,
    paths_of,
    refuse_risky_place,
    say,
    who,
)
from oscb_desktop.errors import UserError

if TYPE_CHECKING:
    from oscb_desktop.database.key import FileKey
    from oscb_desktop.services.restore import Inside


def _new(options: argparse.Namespace) -> int:
    from oscb_desktop.services.files import check_new_passphrase, create_store
    from oscb_desktop.services.sample import create_sample_store

    refuse_risky_place(options)
    passphrase = new_passphrase("Passphrase for the new file: ", PASSPHRASE, check_new_passphrase)
    make = create_sample_store if options.sample else create_store
    make(options.file, passphrase, who(), datetime.now).close()
    say(
        f"{options.file} is made. Keep the passphrase safe: without it only a recovery sheet opens "
        "the file, and the command recovery-sheet makes one."
    )
    return SOUND


def _change_passphrase(options: argparse.Namespace) -> int:
    from oscb_desktop.services.backup_place import place_of
    from oscb_desktop.services.backups import back_up
    from oscb_desktop.services.files import check_new_passphrase
    from oscb_desktop.services.keys import change_passphrase

    old = passphrase_for("Passphrase or recovery key: ")
    with opened(options, old) as store:
        new = new_passphrase("New passphrase: ", NEW_PASSPHRASE, check_new_passphrase)
        say(change_passphrase(store, old, new))
        row = back_up(store, place_of(paths_of(options)), store.now())
        say(f"{row.path} is made under the new passphrase.")
    return SOUND


def _check(options: argparse.Namespace) -> int:
    from oscb_desktop.services.files import check_store

    with opened(options) as store:
        faults = check_store(store)
    say("\n".join(faults) or f"{options.file} is sound.")
    return FAULTS if faults else SOUND


def _backup(options: argparse.Namespace) -> int:
    from oscb_desktop.domain.date_words import counted
    from oscb_desktop.services.backup_place import place_of
    from oscb_desktop.services.backups import back_up

    with opened(options) as store:
        row = back_up(store, place_of(paths_of(options), options.to), store.now())
    held = ((row.reviews, "review"), (row.actions, "action"), (row.last.number, "change"))
    say(f"{row.path} is made: {', '.join(counted(*each) for each in held)}.")
    return SOUND


def _prove(options: argparse.Namespace) -> int:
    from oscb_desktop.services.backup_place import place_of
    from oscb_desktop.services.proof import prove

    with opened(options) as store:
        proof = prove(store, place_of(paths_of(options), options.place), store.now())
    say(proof.words())
    return SOUND if proof.is_proven else FAULTS


def _restore(options: argparse.Namespace) -> int:
    from oscb_desktop.services.attempts import Attempts
    from oscb_desktop.services.restore import key_of, restore

    passphrase = passphrase_for("Passphrase: ")
    key = Attempts(paths_of(options).settings, datetime.now).at(
        options.backup, lambda: key_of(options.backup, passphrase)
    )
    inside = _looked_into(options, passphrase)
    for line in inside.words():
        say(line)
    restore(options.backup, key, options.to)
    say(f"{options.to} is written. {options.file} is as it was.")
    return FAULTS if inside.faults else SOUND


def _salvage(options: argparse.Namespace) -> int:
    from oscb_desktop.services.salvage import salvage

    key, backup = _damaged(options)
    now = datetime.now()  # noqa: DTZ005 - the wall clock of a laptop
    found = salvage(options.file, key, options.to, paths_of(options).scratch, who(), now, backup)
    wide = max(len(table.label) for table in found.tables)
    say(f"{'':<{wide}}  {'known':>9}  {'read':>9}  {'in new':>9}")
    for table in found.tables:
        say(f"{table.label:<{wide}}  {table.known:>9,}  {table.read:>9,}  {table.kept:>9,}")
    say("\n".join(found.words()))
    say(f"{options.to} is written. {options.file} is as it was.")
    return FAULTS if found.lost or found.faults else SOUND


def _damaged(options: argparse.Namespace) -> tuple[FileKey, Path | None]:
    """Return the key of a file that may be damaged, and a backup of it if there is one."""
    from oscb_desktop.services.attempts import Attempts
    from oscb_desktop.services.backup_place import place_of
    from oscb_desktop.services.backups import backups_of
    from oscb_desktop.services.damage import key_of_damaged

    paths, typed = paths_of(options), passphrase_for("Passphrase: ")
    place = place_of(paths)
    key = Attempts(paths.settings, datetime.now).at(
        options.file, lambda: key_of_damaged(options.file, typed, place.folder)
    )
    rows = [row for row in backups_of(place, options.file, key) if not row.unreadable]
    return key, rows[0].path if rows else None


def _looked_into(options: argparse.Namespace, passphrase: str) -> Inside:
    """Return what the backup holds, beside what the file holds if that can be opened."""
    from oscb_desktop.services.restore import key_of, look_inside, looked_at

    scratch = paths_of(options).scratch
    now = datetime.now()  # noqa: DTZ005 - the wall clock of a laptop
    key = key_of(options.backup, passphrase)
    try:
        own = key_of(options.file, passphrase)
        with looked_at(options.file, own, scratch, now) as live:
            return look_inside(options.backup, key, scratch, live, now)
    except UserError as refused:
        inside = look_inside(options.backup, key, scratch, None, now)
        complain(f"It was not compared with {options.file.name}. {refused.sentence}")
        return inside


def fill_new(parser: argparse.ArgumentParser) -> None:
    """Give the command its options: new."""
    file_argument(parser)
    parser.add_argument("--sample", action="store_true", help="start with the sample year")
    anywhere_option(parser, writes=False)
    parser.set_defaults(carry_out=_new)


def fill_passphrase(parser: argparse.ArgumentParser) -> None:
    """Give the command its options: passphrase."""
    file_argument(parser)
    anywhere_option(parser)
    parser.set_defaults(carry_out=_change_passphrase)


def fill_check(parser: argparse.ArgumentParser) -> None:
    """Give the command its options: check."""
    file_argument(parser)
    parser.set_defaults(carry_out=_check)


def fill_backup(parser: argparse.ArgumentParser) -> None:
    """Give the command its options: backup."""
    file_argument(parser)
    parser.add_argument("--to", type=Path, metavar="DIR", help="instead of the backup folder")
    parser.set_defaults(carry_out=_backup)


def fill_prove(parser: argparse.ArgumentParser) -> None:
    """Give the command its options: prove."""
    file_argument(parser)
    parser.add_argument(
        "--from", dest="place", type=Path, metavar="DIR", help="instead of the backup folder"
    )
    parser.set_defaults(carry_out=_prove)


def fill_restore(parser: argparse.ArgumentParser) -> None:
    """Give the command its options: restore."""
    file_argument(parser)
    parser.add_argument("backup", type=Path, metavar="BACKUP")
    parser.add_argument("--to", type=Path, required=True, metavar="NEW", help="the new file")
    parser.set_defaults(carry_out=_restore)


def fill_salvage(parser: argparse.ArgumentParser) -> None:
    """Give the command its options: salvage."""
    file_argument(parser)
    parser.add_argument("--to", type=Path, required=True, metavar="NEW", help="the new file")
    parser.set_defaults(carry_out=_salvage)
