"""Whom "they" and "both" mean: two persons only where that is certain, else nobody."""

from __future__ import annotations

import pytest

import communique


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Anna Berg and Jan Novak met in Oslo on Monday. They said that talks would go on.", "Anna Berg and Jan Novak"),
        ("Anna Berg met Jan Novak in Oslo. They announced that a treaty was near.", "Anna Berg and Jan Novak"),
        ("Anna Berg held talks with Jan Novak. Both said that a treaty was near.", "Anna Berg and Jan Novak"),
        ("As Anna Berg sets the limits, the critics ridicule Jan Novak. They say that he lies.", "They"),
        ("Anna Berg left Oslo after rivals attacked Jan Novak. They said that the plan was dead.", "They"),
    ],
)
def test_they_are_two_who_do_something_together(text: str, speaker: str) -> None:
    said = communique.read(text, published="2019-04-03").annotations.statements
    assert said[-1].source is not None
    assert said[-1].source.name == speaker
