from __future__ import annotations

import pytest
from sqlalchemy.exc import DatabaseError

from oscb_desktop.database.problems import disk_sentence, reason

TOLD = [
    ("database or disk is full", "The disk is full."),
    ("attempt to write a readonly database", "The file or its folder is read-only."),
    ("disk I/O error", "The disk reported an error."),
    ("database is locked", "Another program is using the file."),
    ("unable to open database file", "The file or its folder cannot be reached."),
    ("database disk image is malformed", "The file is damaged."),
    ("file is not a database", "The file is damaged."),
    ("Could not decode to UTF-8 column 'summary' with text 'secret'", "The file is damaged."),
]


def failure(words: str) -> DatabaseError:
    return DatabaseError("SELECT secret", {"name": "secret"}, Exception(words))


@pytest.mark.parametrize(("words", "sentence"), TOLD)
def test_each_failure_has_a_sentence_with_what_became_of_it_and_a_remedy(
    words: str, sentence: str
) -> None:
    told = disk_sentence(failure(words), "Nothing was saved.")
    assert told is not None
    assert told.startswith(f"{sentence} Nothing was saved. ")
    assert len(told) > len(f"{sentence} Nothing was saved. ")
    assert "secret" not in told


@pytest.mark.parametrize(("words", "sentence"), TOLD)
def test_where_nothing_was_to_be_saved_nothing_is_said_of_it(words: str, sentence: str) -> None:
    told = disk_sentence(failure(words))
    assert told is not None
    assert told.startswith(f"{sentence} ")
    assert "saved" not in told
    assert "  " not in told


@pytest.mark.parametrize("words", ["no such table: theme", "UNIQUE constraint failed: theme.name"])
def test_a_fault_of_ours_is_not_blamed_on_the_disk(words: str) -> None:
    assert disk_sentence(failure(words)) is None


def test_a_reason_quotes_no_text_of_a_record() -> None:
    told = reason(failure("Could not decode to UTF-8 column 'summary' with text 'secret'"))
    assert told == "Could not decode to UTF-8 column 'summary'"
