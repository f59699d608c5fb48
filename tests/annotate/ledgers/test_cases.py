"""Commitments and forecasts in sentences of every usual form, through the whole of layer 1."""

from __future__ import annotations

import pytest

from communique.annotate.language_model import LanguageModel
from tests.annotate.ledgers.cases import Case, compare, find_rows, load_cases

CASES = [(name, case) for name in ("commitments", "forecasts") for case in load_cases(name)]


@pytest.mark.parametrize(("name", "case"), CASES, ids=[case["text"] for _, case in CASES])
def test_a_sentence(name: str, case: Case, language_model: LanguageModel) -> None:
    assert compare(case, find_rows(case, name, language_model), name) == ""
