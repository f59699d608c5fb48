"""Statements in constructions that the rules were not made on: the table ``cases.toml``."""

from __future__ import annotations

import pytest

from communique.annotate.language_model import LanguageModel
from tests.annotate.speech.cases import Case, compare, pair, read_cases, read_nested_marks
from tests.annotate.speech.marked import say

CASES = [
    pytest.param(
        case,
        id=case.why,
        marks=[pytest.mark.xfail(reason=case.xfail, raises=AssertionError, strict=True)] if case.xfail else [],
    )
    for case in read_cases()
]


@pytest.mark.parametrize("case", CASES)
def test_case(case: Case, language_model: LanguageModel) -> None:
    wrong = []
    for expected, found in pair(case, say(case.text, language_model, case.part)):
        if expected is None or found is None:
            wrong.append(f"missed: {expected}" if expected else f"too many: {found}")
            continue
        for name, (want, have) in compare(expected, found, case.text).items():
            if want != have:
                wrong.append(f"{name}: wanted {want!r}, found {have!r}")
    assert not wrong, "\n".join([case.text, *wrong])


def test_marks_nest() -> None:
    text, marks = read_nested_marks("{content:a {source2:b} c} {source:d}")
    assert text == "a b c d"
    assert marks == [("source", 2, (2, 3)), ("content", 1, (0, 5)), ("source", 1, (6, 7))]
