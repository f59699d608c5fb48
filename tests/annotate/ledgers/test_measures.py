"""Measures: kind, whose, against whom, and which answers which."""

from __future__ import annotations

import pytest

from communique.annotate.language_model import LanguageModel
from communique.annotate.ledgers.measures import find_measures
from communique.model import Measure, MeasureKind, Status
from tests.annotate.events.engagement_texts import read


def find(text: str, model: LanguageModel) -> tuple[Measure, ...]:
    told = read(text, model)
    return find_measures(told.parsed, told.actors, told.times)


@pytest.mark.parametrize(
    ("text", "kind", "actor", "targets"),
    [
        ("Norway imposed sanctions on Turkey.", MeasureKind.SANCTION, "Norway", {"Turkey"}),
        ("Norway sanctioned two officials.", MeasureKind.SANCTION, "Norway", {"officials"}),
        ("Norway expelled three diplomats.", MeasureKind.EXPULSION, "Norway", {"diplomats"}),
        ("Norway has banned imports of whale meat.", MeasureKind.BAN, "Norway", set()),
        ("Norway vetoed the resolution.", MeasureKind.VETO, "Norway", set()),
        ("Norway lifted the sanctions on Turkey.", MeasureKind.ROLLBACK, "Norway", {"Turkey"}),
        ("Norway froze the assets of the bank.", MeasureKind.SANCTION, "Norway", set()),
        ("The sanctions imposed by Norway hurt.", MeasureKind.SANCTION, "Norway", set()),
    ],
)
def test_kinds_actors_and_targets(
    text: str, kind: MeasureKind, actor: str, targets: set[str], language_model: LanguageModel
) -> None:
    (measure,) = find(text, language_model)
    assert measure.kind is kind
    assert measure.actor is not None
    assert measure.actor.name == actor
    assert {target.name for target in measure.targets} == targets


@pytest.mark.parametrize(
    "text",
    [
        "Norway called for sanctions.",
        "Norway did not impose sanctions on Turkey.",
        "Norway could impose sanctions on Turkey.",
        "Sanctions are a subject of debate.",
        "She made a list.",
    ],
)
def test_what_is_no_measure(text: str, language_model: LanguageModel) -> None:
    assert find(text, language_model) == ()


def test_planned(language_model: LanguageModel) -> None:
    (measure,) = find("Norway will impose sanctions on Turkey.", language_model)
    assert measure.status is Status.PLANNED


def test_a_measure_in_response_answers_that_of_the_other_side(language_model: LanguageModel) -> None:
    first, second = find(
        "Norway imposed sanctions on Turkey. Turkey expelled two diplomats in response.", language_model
    )
    assert first.answers is None
    assert second.answers == first.id


def test_retaliatory_measures_answer(language_model: LanguageModel) -> None:
    first, second = find(
        "Norway sanctioned Turkish officials. Turkey announced a retaliatory ban on fish.", language_model
    )
    assert second.answers == first.id
    assert second.evidence[0].quote in "Turkey announced a retaliatory ban on fish."
