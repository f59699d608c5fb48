"""Measures: kind, whose, against whom, and which answers which."""

from __future__ import annotations

from datetime import date

import pytest

from communique.annotate.language_model import LanguageModel
from communique.annotate.ledgers.measures import find_measures
from communique.model import Measure, MeasureKind, Status
from tests.annotate.asserted import Row, find_faults_of_measures, load_rows, read_row
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
        ("Norway froze the assets of the bank.", MeasureKind.SANCTION, "Norway", {"bank"}),
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
        "Norway should impose sanctions on Turkey.",
        "Norway urged Turkey to lift the sanctions.",
        "The club banned smoking.",
        "Sanctions are a subject of debate.",
        "She made a list.",
    ],
)
def test_what_is_no_measure(text: str, language_model: LanguageModel) -> None:
    assert find(text, language_model) == ()


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Norway will impose sanctions on Turkey.", Status.PLANNED),
        ("Norway could impose sanctions on Turkey.", Status.POSSIBLE),
        ("Norway threatened to impose sanctions on Turkey.", Status.POSSIBLE),
        ("Norway did not impose sanctions on Turkey.", Status.DENIED),
        ("Norway refused to impose sanctions on Turkey.", Status.DENIED),
        ("Norway dropped its plan to impose sanctions on Turkey.", Status.CANCELLED),
    ],
)
def test_how_real_a_measure_is(text: str, status: Status, language_model: LanguageModel) -> None:
    (measure,) = find(text, language_model)
    assert (measure.kind, measure.status) == (MeasureKind.SANCTION, status)


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


def test_what_no_measure_caused_answers_none(language_model: LanguageModel) -> None:
    _, second = find(
        "Norway imposed sanctions on Turkey. Turkey expelled two diplomats in response to the arrest of a banker.",
        language_model,
    )
    assert second.answers is None
    assert second.cause is not None
    assert second.cause.quote == "the arrest of a banker"


def test_months_after_a_ban_bound_its_day(language_model: LanguageModel) -> None:
    (ban,) = find("The topic has been in the news for months following the passage of a Norwegian ban.", language_model)
    assert ban.date is not None
    assert (ban.date.start, ban.date.end) == (None, date(2019, 8, 21))


ROWS = [*load_rows("ledgers/measures.toml"), *load_rows("ledgers/measures_apart.toml")]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.text[:70])
def test_a_sentence_tells_which_measures(row: Row, language_model: LanguageModel) -> None:
    found = read_row(row, language_model).measures
    assert find_faults_of_measures(row, found) == row.wrong, found


def test_few_sentences_are_read_wrongly() -> None:
    assert sum(bool(row.wrong) for row in ROWS) <= 0.15 * len(ROWS)
