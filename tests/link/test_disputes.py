"""What two voices of one report dispute: which figures are counts, and which words deny."""

from __future__ import annotations

import pytest

from communique.link.disputes import find_disputes
from communique.model import Document, PartKind, Polarity, Source, SourceKind, Statement, StatementForm, content_id

_CLAIM = "killed in the raid on the depot near Gao"


def dispute(one: str, other: str, polarity: Polarity = Polarity.ASSERTED) -> list[str]:
    text = f"{one} / {other}"
    document = Document(content_id("doc", text), "report.txt", "", text)
    rows = [
        Statement(
            content_id("stm", name),
            document.id,
            PartKind.BODY,
            StatementForm.INDIRECT,
            (document.evidence(start, start + len(words)),),
            None,
            Source(name, SourceKind.COLLECTIVE),
            polarity=given,
        )
        for name, words, start, given in (
            ("Army", one, 0, Polarity.ASSERTED),
            ("Rebels", other, len(one) + 3, polarity),
        )
    ]
    return [row.property for row in find_disputes(rows, ())]


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("two soldiers were", "seven soldiers were", ["number"]),
        ("two soldiers were", "7 soldiers were", ["number"]),
        ("1,200 soldiers were", "3 soldiers were", ["number"]),
        ("seven soldiers were", "7 soldiers were", []),
        ("two hundred soldiers were", "two soldiers were", []),
        ("twenty five soldiers were", "25 soldiers were", []),
        ("three of the soldiers were", "nine soldiers were", []),
        ("3.5 trucks were", "4 trucks were", []),
        ("on 7 May soldiers were", "on 8 May soldiers were", []),
        ("after May 7 soldiers were", "after May 8 soldiers were", []),
        ("in 2013 soldiers were", "in 2014 soldiers were", []),
    ],
)
def test_counts(one: str, other: str, found: list[str]) -> None:
    assert dispute(f"{one} {_CLAIM}", f"{other} {_CLAIM}") == found


def test_a_figure_of_thousands_of_digits_is_no_count() -> None:
    assert dispute(f"{'9' * 5000} soldiers were {_CLAIM}", f"3 soldiers were {_CLAIM}") == []


@pytest.mark.parametrize(
    "one",
    [
        "the fleet would not only leave the northern strait by June",
        "no doubt the fleet would leave the northern strait by June",
        "no later than June the fleet would leave the northern strait",
        "the fleet could not but leave the northern strait by June",
        "never mind, the fleet would leave the northern strait by June",
    ],
)
def test_words_that_only_look_like_a_denial_are_what_the_other_denies(one: str) -> None:
    other = "the fleet would leave the northern strait by June"
    assert dispute(one, other, Polarity.DENIED) == ["statement"]
    assert dispute(one, other) == []


def test_a_negated_clause_is_a_denial() -> None:
    one, other = (f"the fleet would {word}leave the northern strait by June" for word in ("not ", ""))
    assert dispute(one, other) == ["statement"]
    assert dispute(one, other, Polarity.DENIED) == []
