"""What became of commitments and forecasts, in pairs of an earlier and a later report."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from communique.annotate import annotate
from communique.annotate.language_model import LanguageModel
from communique.link import link
from communique.model import Commitment, Evidence, Forecast, Reading
from communique.read.reader import read_text

Pair = dict[str, Any]
PAIRS: list[Pair] = tomllib.loads(Path(__file__).with_name("outcomes.toml").read_text("utf-8"))["pair"]


def read(text: str, published: str | None, model: LanguageModel) -> Reading:
    document = read_text(text, "report.txt", {"published": published} if published else {})
    return Reading(document, annotate(document, model))


def find_row(pair: Pair, *readings: Reading) -> Commitment | Forecast:
    linked = link(readings)
    rows: list[Commitment | Forecast] = [*linked.commitments, *linked.forecasts]
    (row,) = [row for row in rows if row.document == readings[0].document.id and pair["of"] in row.what]
    return row


def get_outcome(row: Commitment | Forecast) -> tuple[str, tuple[Evidence, ...]]:
    if isinstance(row, Commitment):
        return row.status, row.status_evidence
    return row.resolution, row.resolution_evidence


@pytest.mark.parametrize("pair", PAIRS, ids=[f"{pair['of']}: {pair['status']}" for pair in PAIRS])
def test_pairs_of_reports(pair: Pair, language_model: LanguageModel) -> None:
    earlier, later = (
        read(pair["earlier"], pair["on"], language_model),
        read(pair["later"], pair["then"], language_model),
    )
    row = find_row(pair, earlier, later)
    outcome, evidence = get_outcome(row)
    assert outcome == pair["status"]
    shown = [words.quote for words in evidence] or [candidate.quote for candidate in row.candidates]
    assert any(pair.get("shown", "") in quote for quote in shown) or "shown" not in pair


@pytest.mark.parametrize("pair", PAIRS, ids=[pair["of"] for pair in PAIRS])
def test_the_order_of_reports_makes_no_difference(pair: Pair, language_model: LanguageModel) -> None:
    readings = [read(pair["earlier"], pair["on"], language_model), read(pair["later"], pair["then"], language_model)]
    assert link(readings) == link(readings[::-1])


@pytest.mark.parametrize("pair", PAIRS, ids=[pair["of"] for pair in PAIRS])
def test_what_is_not_surely_later_settles_nothing(pair: Pair, language_model: LanguageModel) -> None:
    """A report without a date, or of the same day, may have been written before the promise."""
    if pair["status"] == "unresolvable":
        pytest.skip("by its own words, whatever comes later")
    earlier = read(pair["earlier"], pair["on"], language_model)
    for day in (None, pair["on"]):
        row = find_row(pair, earlier, read(pair["later"], day, language_model))
        if row.document == earlier.document.id and not row.candidates:
            assert get_outcome(row) == ("open", ())


def test_what_was_done_before_the_promise_is_not_its_keeping(language_model: LanguageModel) -> None:
    earlier = read("Canada agreed to withdraw its soldiers from Cyprus by 1 June 2011.", "2011-02-01", language_model)
    later = read("Canada withdrew its soldiers from Cyprus in 1993.", "2011-05-03", language_model)
    assert get_outcome(find_row({"of": "withdraw its soldiers"}, earlier, later)) == ("open", ())


@pytest.mark.parametrize(
    "later",
    [
        "Canada said that it had withdrawn its soldiers from Cyprus.",
        "“Canada withdrew its soldiers from Cyprus,” Foreign Minister John Baird said.",
        "Canada will withdraw its soldiers from Cyprus on Friday.",
        "Canada may have withdrawn its soldiers from Cyprus.",
        "Canada has yet to withdraw its soldiers from Cyprus.",
        "Greece withdrew its soldiers from Cyprus.",
    ],
)
def test_claims_plans_and_other_peoples_deeds_settle_nothing(later: str, language_model: LanguageModel) -> None:
    earlier = read("Canada agreed to withdraw its soldiers from Cyprus by 1 June 2011.", "2011-02-01", language_model)
    row = find_row({"of": "withdraw its soldiers"}, earlier, read(later, "2011-05-30", language_model))
    assert get_outcome(row) == ("open", ())
