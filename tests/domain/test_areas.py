"""Whether an authority that is typed is our own, however its name is written."""

from __future__ import annotations

import pytest

from oscb_desktop.domain.areas import is_of

OURS = ("Aldershire Safeguarding Children Board", "ASCB", "Children's social care")
TWO = ("Aldershire and Brookton Safeguarding Partnership",)


@pytest.mark.parametrize(
    ("authority", "names", "ours"),
    [
        ("Aldershire", OURS, True),
        (" ALDERSHIRE  county council ", OURS, True),
        ("Aldershire Council, children’s services", OURS, True),
        ("The Royal Borough of Aldershire", OURS, True),
        ("ascb", OURS, True),
        ("Aldershire", ("Aldershire County Council children's social care",), True),
        ("Alder", OURS, False),
        ("North Aldershire", OURS, False),
        ("Aldershire East", OURS, False),
        ("Children's services", OURS, False),
        ("", OURS, False),
        ("Council", OURS, False),
        ("Brookton City Council", TWO, True),
        ("Aldershire & Brookton", ("Aldershire & Brookton Partnership",), True),
        ("Aldershire", TWO, True),
        ("Somerford", ("Bath and North Somerford Safeguarding Partnership",), False),
        ("North Somerford", ("Bath and North Somerford Safeguarding Partnership",), True),
        ("London Borough of Sutley", ("Sutley Local Safeguarding Children Partnership",), True),
        ("County Durley", ("Durley Safeguarding Children Partnership",), True),
        ("Alderfield", ("Our safeguarding partnership",), False),
    ],
)
def test_an_area_is_ours_however_it_is_written(
    authority: str, names: tuple[str, ...], ours: bool
) -> None:
    assert is_of(authority, names) is ours
