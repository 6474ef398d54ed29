"""A paper that is told in words is also had as a Word file and as text; a drawn one is not."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path

import docx
import pytest

from oscb_desktop.errors import UserError
from oscb_desktop.queries.releases import releases
from oscb_desktop.services.paper_check import checked
from oscb_desktop.services.paper_forms import as_named, as_text, as_word
from oscb_desktop.services.printing import give, make_action_log, make_learning_summary
from oscb_desktop.services.releases import MadePaper
from oscb_desktop.services.store import Store
from tests.factories import make

SAID = "A bruise was explained away by <b>everybody</b>."


@pytest.fixture
def summary(store: Store) -> MadePaper:
    make(store, "review", reference="LR-2021-01", known_as="Child K", what_happened=SAID)
    return make_learning_summary(store, "LR-2021-01")


def test_a_word_file_is_a_release_like_any(
    store: Store, summary: MadePaper, tmp_path: Path
) -> None:
    path = tmp_path / "summary.docx"
    give(store, as_named(checked(store, summary), path), path)
    document = docx.Document(str(path))
    assert SAID in [paragraph.text for paragraph in document.paragraphs]
    (noted,) = store.read(releases)
    assert noted.paper == "Learning summary (Word)"
    assert noted.digest == hashlib.sha256(path.read_bytes()).hexdigest()


def test_text_says_the_same_under_the_same_marking(summary: MadePaper) -> None:
    text = as_text(summary)
    assert SAID in text.data.decode()
    assert (text.form, text.face, text.review) == ("txt", summary.face, summary.review)


def test_a_name_asks_for_its_form(summary: MadePaper) -> None:
    assert as_named(summary, Path("x.PDF")) is summary
    assert as_named(summary, Path("x.TXT")) == as_text(summary)
    assert docx.Document(BytesIO(as_named(summary, Path("x.Docx")).data)).paragraphs


def test_a_drawn_paper_is_had_as_pdf_alone(store: Store) -> None:
    with pytest.raises(UserError, match="“Action log” is drawn for paper"):
        as_word(make_action_log(store))
