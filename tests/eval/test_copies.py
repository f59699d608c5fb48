"""Of the pairs written for it, all copies and versions are found, and nothing else is."""

from __future__ import annotations

import pytest

from eval.copies.__main__ import is_one_text
from eval.copies.pairs import Pair, make_pairs

PAIRS = make_pairs()


def test_there_are_pairs_of_every_kind() -> None:
    assert len(PAIRS) >= 40
    assert {pair.relation for pair in PAIRS} == {"copy", "version", "other"}


@pytest.mark.parametrize("pair", PAIRS, ids=[pair.name for pair in PAIRS])
def test_pairs(pair: Pair) -> None:
    assert is_one_text(pair) is (pair.relation != "other")
