"""A kept shape that cannot be read leaves a view that shows everything."""

from __future__ import annotations

import pytest

from oscb_desktop.queries.saved_views import ViewShape, read_shape


@pytest.mark.parametrize("kept", ["", "{", "[]", "3", '{"answers": 3, "view": 4, "group": []}'])
def test_what_cannot_be_read_is_left_out(kept: str) -> None:
    assert read_shape(kept) == ViewShape()


def test_a_shape_is_read_as_it_was_written() -> None:
    shape = ViewShape("open", "=1", {"theme": ("Früh & spät",)}, "drift", True, "theme")
    assert read_shape(shape.as_text()) == shape
    assert ViewShape().as_text() == "{}"
