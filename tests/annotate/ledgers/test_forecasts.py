"""Forecasts: who expects what, with the hedge word for word."""

from __future__ import annotations

import pytest

from communique.annotate.language_model import LanguageModel
from communique.annotate.ledgers.forecasts import find_forecasts
from communique.model import Forecast, Statement
from tests.annotate.events.engagement_texts import Told, read, say


def find(told: Told, *statements: Statement) -> tuple[Forecast, ...]:
    return find_forecasts(told.parsed, told.actors, told.times, told.events, statements)


@pytest.mark.parametrize(
    ("text", "forecaster", "hedge", "words"),
    [
        ("Angela Merkel expects that Turkey will pay.", "Angela Merkel", "expects", "Turkey will pay"),
        ("Angela Merkel thinks Turkey might pay.", "Angela Merkel", "might", "Turkey might pay"),
        ("Angela Merkel was hoping for a breakthrough.", "Angela Merkel", "was hoping for", "a breakthrough"),
        ("Turkey is expected to reopen the border.", None, "is expected to", "reopen the border"),
        ("Turkey is likely to reopen the border.", None, "is likely to", "reopen the border"),
        ("Turkey may reopen the border.", None, "may", "Turkey may reopen the border"),
        ("The chances of a breakthrough are slim.", None, "slim", "a breakthrough"),
    ],
)  # fmt: skip
def test_who_expects_what(
    text: str, forecaster: str | None, hedge: str, words: str, language_model: LanguageModel
) -> None:
    (forecast,) = find(read(text, language_model))
    assert (forecast.forecaster.name if forecast.forecaster else None) == forecaster
    assert forecast.hedge == hedge
    assert words in forecast.what
    assert forecast.hedge in forecast.evidence[0].quote


@pytest.mark.parametrize(
    "text",
    ["Turkey reopened the border.", "Angela Merkel thinks the border is closed.", "Turkey will reopen the border."],
)
def test_what_is_no_forecast(text: str, language_model: LanguageModel) -> None:
    assert find(read(text, language_model)) == ()


def test_a_speaker_foretells_what_others_will_do(language_model: LanguageModel) -> None:
    told = read('"The rebels will refuse the plan," said Jan Egeland.', language_model)
    (forecast,) = find(told, say(told, "The rebels will refuse the plan", "Jan Egeland"))
    assert forecast.forecaster is not None
    assert forecast.forecaster.name == "Jan Egeland"
    assert forecast.hedge is None


def test_horizon_and_engagement(language_model: LanguageModel) -> None:
    told = read("Angela Merkel is expected to meet Emmanuel Macron by December 2019.", language_model)
    (forecast,) = find(told)
    assert forecast.engagement == told.events[0].id
    assert forecast.horizon is not None
    assert forecast.horizon.edtf == "2019-12"
