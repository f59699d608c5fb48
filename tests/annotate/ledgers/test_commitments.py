"""Commitments: who owes what, by when and on what condition."""

from __future__ import annotations

import pytest

from communique.annotate.language_model import LanguageModel
from communique.annotate.ledgers.commitments import find_commitments
from communique.model import Commitment, Statement
from tests.annotate.events.engagement_texts import Told, read, say


def find(told: Told, *statements: Statement) -> tuple[Commitment, ...]:
    return find_commitments(told.parsed, told.actors, told.times, statements)


@pytest.mark.parametrize(
    ("text", "debtors", "what"),
    [
        ("Turkey agreed to reopen the border.", {"Turkey"}, "reopen the border"),
        ("Angela Merkel promised to send aid.", {"Angela Merkel"}, "send aid"),
        (
            "Angela Merkel and Emmanuel Macron pledged to cut tariffs.",
            {"Angela Merkel", "Emmanuel Macron"},
            "cut tariffs",
        ),
        ("Norway made a commitment to protect the cod.", {"Norway"}, "protect the cod"),
        ("Turkey and Greece agreed on a timetable.", {"Turkey", "Greece"}, "a timetable"),
    ],
)
def test_undertakings(text: str, debtors: set[str], what: str, language_model: LanguageModel) -> None:
    (commitment,) = find(read(text, language_model))
    assert {source.name for source in commitment.debtors} == debtors
    assert commitment.what == what
    assert what in commitment.evidence[0].quote


@pytest.mark.parametrize(
    "text",
    [
        "Turkey refused to reopen the border.",
        "Turkey did not agree to reopen the border.",
        "Turkey may agree to reopen the border.",
        "Turkey agrees that the border is closed.",
        "Angela Merkel said the harvest would be poor.",
        "Angela Merkel wants to send aid.",
    ],
)
def test_what_nobody_undertook(text: str, language_model: LanguageModel) -> None:
    assert find(read(text, language_model)) == ()


def test_due_date(language_model: LanguageModel) -> None:
    (commitment,) = find(read("Turkey agreed to withdraw its troops by 1 March 2020.", language_model))
    assert commitment.due is not None
    assert commitment.due.edtf == "2020-03-01"


def test_an_announcement_counts_with_its_condition(language_model: LanguageModel) -> None:
    text = "Angela Merkel confirmed that the tariffs would be lifted after the treaty was ratified."
    (commitment,) = find(read(text, language_model))
    assert commitment.condition == "after the treaty was ratified"
    assert [source.name for source in commitment.debtors] == ["Angela Merkel"]


def test_we_in_a_statement_is_its_speaker(language_model: LanguageModel) -> None:
    told = read('"We have agreed to reopen the border," Heiko Maas said.', language_model)
    (commitment,) = find(told, say(told, "We have agreed to reopen the border", "Heiko Maas"))
    assert [source.name for source in commitment.debtors] == ["Heiko Maas"]
