"""What browsers count and what the record counts, both ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.text.utf16 import to_points, to_units

TEXTS = st.text(st.one_of(st.characters(), st.sampled_from("a\u0301\u0308é😀🇫🇷👩\u200d🚀\U0010ffff\r\n\u00a0")))


@pytest.mark.parametrize(
    ("text", "offset", "units"),
    [
        ("talks", 3, 3),
        ("📰 talks", 1, 2),
        ("📰 talks", 2, 3),
        ("e\u0301lan", 2, 2),  # a combining mark is a character of its own for both
        ("👩\u200d🚀!", 3, 5),  # one picture, three characters, five units
        ("🇫🇷", 2, 4),
        ("", 0, 0),
    ],
)
def test_pictures_are_two_units_and_one_character(text: str, offset: int, units: int) -> None:
    assert to_units(text, offset) == units == len(text[:offset].encode("utf-16-le")) // 2
    assert to_points(text, units) == offset


@given(TEXTS, st.data())
def test_there_and_back(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    assert to_points(text, to_units(text, offset)) == offset


@given(TEXTS)
def test_units_are_those_of_the_encoding(text: str) -> None:
    whole = len(text.encode("utf-16-le", "surrogatepass")) // 2
    assert to_units(text, len(text)) == whole
    for units in range(whole + 1):
        offset = to_points(text, units)
        assert units - to_units(text, offset) in (0, 1)  # 1: in the middle of a character


@pytest.mark.parametrize("offset", [-1, 6])
def test_what_is_outside_is_refused(offset: int) -> None:
    with pytest.raises(ValueError, match="no offset"):
        to_units("talks", offset)
    with pytest.raises(ValueError, match="no unit"):
        to_points("talks", offset)
