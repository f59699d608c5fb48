"""Rows of layer 1 pointing to layer 2; measures; places and intervals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.link import link
from communique.link.intervals import Interval, find_months, find_yearless, get_gap, project
from communique.link.measure_dates import Days
from communique.link.measures import link_measures
from communique.link.places import PlaceRelation, compare_spots, find_territory, make_spot
from communique.link.plover import find_code
from communique.model import (
    Annotations,
    EngagementKind,
    Measure,
    MeasureKind,
    OrderCheck,
    Participant,
    Place,
    Reading,
    Role,
    Status,
)
from tests.factory import make_world
from tests.link.build import Report, when


def test_every_row_points_to_layer_two() -> None:
    linked = link(make_world().readings)
    entities = {entity.id for entity in linked.entities}
    engagements = {engagement.id for engagement in linked.engagements}
    assert {mention.entity for mention in linked.mentions} <= entities
    (statement,) = linked.statements
    assert statement.engagement in engagements
    assert statement.source is not None
    assert statement.source.entity in entities
    assert {row.engagement for row in linked.agenda} <= engagements
    assert {row.engagement for row in linked.forecasts} <= engagements
    assert {source.entity for row in linked.commitments for source in row.debtors} <= entities
    assert {p.entity for row in linked.engagements for p in row.participants if p.entity} <= entities
    assert linked.problems == ()


def test_an_id_that_points_nowhere_becomes_a_problem() -> None:
    reading = make_world().readings[0]
    broken = tuple(replace(row, engagement="evm-gone") for row in reading.annotations.statements)
    linked = link([Reading(reading.document, replace(reading.annotations, statements=broken))])
    assert linked.statements[0].engagement is None
    assert [problem.subject for problem in linked.problems] == [reading.document.id]


def measure(report: Report, words: str, **known: object) -> Measure:
    start = report.text.index(words)
    evidence = report.document.evidence(start, start + len(words))
    row = Measure(
        f"msr-{words}", report.document.id, MeasureKind.LIST, words, None, (), None, Status.HAPPENED, (evidence,)
    )
    return replace(row, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("effect", "cause", "expected"),
    [
        ("2024-05", "2024-04", OrderCheck.OK),
        ("2023", "2024-04", OrderCheck.EFFECT_BEFORE_CAUSE),
        ("2024", "2024-04", OrderCheck.UNKNOWN),
        (None, "2024-04", OrderCheck.UNKNOWN),
    ],
)
def test_an_effect_before_its_cause_is_flagged(effect: str | None, cause: str, expected: OrderCheck) -> None:
    report = Report("The lake list. The stone list.")
    first = measure(report, "lake list", date=when(cause))
    second = measure(report, "stone list", date=effect and when(effect), answers=first.id)
    rows = {row.name: row for row in link_measures([second, first])}
    assert rows["stone list"].order_check is expected
    assert rows["lake list"].order_check is OrderCheck.UNKNOWN


def test_an_answer_points_to_the_dated_measure_of_that_name() -> None:
    here, there = Report("After the lake list came the stone list."), Report("The Lake List of May.")
    undated = measure(here, "lake list")
    answer = measure(here, "stone list", date=when("2024-06"), answers=undated.id)
    dated = measure(there, "Lake List", date=when("2024-05"))
    rows = {row.name: row for row in link_measures([undated, answer, dated])}
    assert rows["stone list"].answers == dated.id
    assert rows["stone list"].order_check is OrderCheck.OK


def test_a_measure_told_by_several_reports_stands_for_them() -> None:
    here, there = Report("The moon ban of May.", "2024-05-20"), Report("A ban on moon travel.", "2024-06-01")
    dated = measure(here, "moon ban", kind=MeasureKind.BAN, date=when("2024-05"))
    undated = measure(there, "ban on moon travel", kind=MeasureKind.BAN)
    other = measure(there, "A ban", kind=MeasureKind.BAN)
    rows = {row.name: row for row in link_measures([dated, undated, other])}
    assert [rows[name].same_as for name in ("moon ban", "ban on moon travel", "A ban")] == [None, dated.id, None]


def test_measures_with_other_days_or_actors_are_two() -> None:
    here, there = Report("The moon ban of May."), Report("A moon ban.")
    first = measure(here, "moon ban", date=when("2024-05"))
    assert all(row.same_as is None for row in link_measures([first, measure(there, "moon ban", date=when("2023-05"))]))


def test_what_was_done_by_the_day_of_its_report_is_before_what_came_later() -> None:
    here, there = Report("The moon ban.", "2024-03-01"), Report("The moon ban answers the lake list of May.")
    early = measure(here, "moon ban")
    cause = measure(there, "lake list", date=when("2024-05"))
    answer = replace(measure(there, "The moon ban"), answers=cause.id)
    days = Days({here.document.id: here.document.published, there.document.id: None}, {})
    rows = {row.id: row for row in link_measures([early, cause, answer], days)}
    assert rows[answer.id].order_check is OrderCheck.EFFECT_BEFORE_CAUSE


def test_an_answer_finds_its_cause_in_another_report() -> None:
    here, there = Report("The moon ban in response to the lake list."), Report("The lake list of May.")
    words = here.document.evidence(here.text.index("the lake list"), len(here.text) - 1)
    answer = measure(here, "moon ban", kind=MeasureKind.BAN, cause=words)
    cause = measure(there, "lake list", date=when("2024-05"))
    rows = {row.id: row for row in link_measures([answer, cause])}
    assert rows[answer.id].answers == cause.id


def test_measures_keep_their_rows() -> None:
    report = Report("The lake list.")
    rows = Annotations(measures=(measure(report, "lake list"),))
    assert len(link([Reading(report.document, rows)]).measures) == 1


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (("Oslo", "NO"), ("Oslo", None), PlaceRelation.SAME),
        (("Oslo", None), ("Norway", None), PlaceRelation.CONTAINED),
        (("Oslo", None), ("Bergen", "NO"), PlaceRelation.EXCLUDED),
        (("Oslo", None), ("Lisbon", None), PlaceRelation.EXCLUDED),
        (("Oslo", None), ("the Norwegian capital", None), PlaceRelation.SAME),
        (("Oslo", None), ("Old Mill House", "NO"), PlaceRelation.OTHER),
        (("Old Mill House", None), ("Oslo", None), PlaceRelation.OTHER),
        (("Paris", "FR"), ("Paris", "US"), PlaceRelation.EXCLUDED),
    ],
)
def test_how_places_stand(a: tuple[str, str | None], b: tuple[str, str | None], expected: PlaceRelation) -> None:
    first, second = (make_spot(Place(name, None, state)) for name, state in (a, b))
    assert compare_spots(first, second) is expected
    assert compare_spots(second, first) is expected


def test_words_that_name_a_state() -> None:
    assert find_territory("Norwegian Foreign Ministry") == "NO"
    assert find_territory("Kingdom of Norway") == "NO"
    assert find_territory("Lake Council") is None


def test_days_without_a_year() -> None:
    days = find_yearless("XXXX-05-07/XXXX-05-09")
    assert days is not None
    assert project(days, 2024) == Interval(date(2024, 5, 7), date(2024, 5, 9))
    assert find_yearless("XXXX-02") == Interval(date(4, 2, 1), date(4, 2, 29))
    assert find_yearless("2024-05-07") is None
    assert find_yearless("XXXX-13-07") is None
    assert find_yearless("XXXX-WXX-2") is None
    assert project(Interval(date(4, 2, 29), date(4, 2, 29)), 2023) is None


DAYS = st.dates(date(1990, 1, 1), date(2030, 1, 1))
INTERVALS = st.builds(lambda a, b: Interval(min(a, b), max(a, b)), DAYS, DAYS)


@given(INTERVALS, INTERVALS)
def test_a_gap_is_symmetric_and_zero_when_a_day_is_shared(a: Interval, b: Interval) -> None:
    shared = a.start <= b.end and b.start <= a.end
    assert get_gap(a, b) == get_gap(b, a)
    assert (get_gap(a, b) == 0) is shared


@given(INTERVALS)
def test_months_run_from_the_first_to_the_last_day(days: Interval) -> None:
    months = find_months(days)
    assert (months[0], months[-1]) == (days.start.isoformat()[:7], days.end.isoformat()[:7])
    assert months == sorted(set(months))


def test_every_kind_and_status_has_a_code() -> None:
    for kind in EngagementKind:
        for status in Status:
            code = find_code(kind, status, (), 2)
            assert code.event or status is Status.DENIED


def test_mediators_and_many_states_give_modes() -> None:
    mediator = Participant("Eva Lima", Role.MEDIATOR)
    assert find_code(EngagementKind.TALKS, Status.HAPPENED, [mediator], 2) == ("CONSULT", "third-party")
    assert find_code(EngagementKind.TALKS, Status.HAPPENED, [], 3) == ("CONSULT", "multilateral")
    assert find_code(EngagementKind.VISIT, Status.HAPPENED, [], 3) == ("CONSULT", "visit")
