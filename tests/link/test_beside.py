"""A record beside a register: what agrees, what differs, what is not certain, what only one of them has."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from communique.link import link
from communique.link.abroad import Corpus
from communique.link.beside import set_beside
from communique.link.findings import Beside, Finding, Result
from communique.link.hints import TimeWords, find_hints
from communique.link.intervals import find_interval
from communique.model import (
    Annotations,
    Basis,
    EngagementKind,
    Linked,
    Precision,
    Reading,
    Register,
    RegisterRow,
    Status,
    TimeExpression,
    TimeType,
)
from tests.link.build import Report
from tests.link.register import register, row

MEETING, VISIT, CALL, DINNER = (
    EngagementKind.MEETING,
    EngagementKind.VISIT,
    EngagementKind.CALL,
    EngagementKind.DINNER,
)
HAPPENED = Status.HAPPENED
TEXT = "Minister Ada Holm of Portugal and Minister Ben Lie of Norway spoke."


def report(published: str | None = "2014-04-20", text: str = TEXT) -> Report:
    """A report that knows a Portuguese minister, whose journeys are registered, and a Norwegian one."""
    told = Report(text, published)
    told.knows("Ada Holm", "Holm", office=("Foreign Minister", "Portugal"))
    return told.knows("Ben Lie", "Lie", office=("Foreign Minister", "Norway"))


def meet(
    day: str | None, place: str | None = "Oslo", published: str | None = "2014-04-20", status: Status = HAPPENED
) -> Reading:
    told = report(published)
    told.tells(TEXT, MEETING, "Ada Holm", "Ben Lie", day=day, place=place, status=status)
    return told.read()


def visit(day: str | None, place: str = "Oslo", status: Status = HAPPENED) -> Reading:
    told = report()
    told.tells(TEXT, VISIT, visitor="Ada Holm", day=day, place=place, status=status)
    return told.read()


def beside(reading: Reading, *rows: RegisterRow) -> Beside:
    linked = link([reading])
    return set_beside(corpus_of(linked, reading), register(*rows))


def corpus_of(linked: Linked, reading: Reading) -> Corpus:
    times = [TimeWords(time.start, time.end, time.value) for time in reading.annotations.times]
    hints = find_hints(linked.engagements, {reading.document.id: times})
    return Corpus(linked.engagements, linked.entities, {reading.document.id: reading.document.published}, hints)


def find(reading: Reading, *rows: RegisterRow) -> Finding:
    """The one finding on an engagement."""
    (found,) = (found for found in beside(reading, *rows).findings if found.result is not Result.ONLY_THERE)
    return found


def holm(days: str, country: str = "Norway", locality: str = "Oslo", remarks: str = "") -> RegisterRow:
    return row("Ada Maria Holm", days, country, locality, remarks)


# --- the reports name days


def test_a_meeting_on_a_day_of_the_stay_agrees() -> None:
    found = find(meet("2014-03-04"), holm("2014-03-03/2014-03-05"))
    assert (found.result, found.reason) == (Result.AGREES, "on days of the stay")
    assert (found.name, [r.line for r in found.rows], found.narrowed) == ("Ada Maria Holm", [2], None)


def test_a_visit_on_the_same_days_agrees() -> None:
    found = find(visit("2014-03-03/2014-03-05"), holm("2014-03-03/2014-03-05"))
    assert (found.result, found.reason) == (Result.AGREES, "the same days")


def test_a_visit_whose_last_day_is_told_otherwise_differs() -> None:
    found = find(visit("2014-03-03/2014-03-06"), holm("2014-03-03/2014-03-05"))
    assert found.result is Result.DIFFERS
    (difference,) = found.differences
    assert (difference.property, difference.here, difference.there) == (
        "days",
        "2014-03-03/2014-03-06",
        "2014-03-03/2014-03-05",
    )
    assert found.narrowed is None


def test_a_day_before_the_stay_differs() -> None:
    found = find(meet("2014-03-02"), holm("2014-03-03/2014-03-05"))
    assert [(d.property, d.here, d.there) for d in found.differences] == [
        ("days", "2014-03-02", "2014-03-03/2014-03-05")
    ]


def test_another_town_of_the_same_country_differs() -> None:
    found = find(meet("2014-03-04", "Bergen"), holm("2014-03-03/2014-03-05"))
    assert [(d.property, d.here, d.there) for d in found.differences] == [("place", "Bergen", "Oslo, Norway")]


def test_another_country_on_the_day_differs() -> None:
    found = find(meet("2014-03-04"), holm("2014-03-03/2014-03-05", "Japan", "Tokyo"))
    assert [(d.property, d.here, d.there) for d in found.differences] == [("place", "Oslo", "Tokyo, Japan")]


def test_rows_for_several_towns_are_one_journey() -> None:
    rows = holm("2014-03-03/2014-03-04"), holm("2014-03-05/2014-03-06", locality="Bergen")
    assert find(visit("2014-03-03/2014-03-06", "Norway"), *rows).reason == "the same days"
    assert find(visit("2014-03-05/2014-03-06", "Bergen"), *rows).reason == "the same days"
    assert find(visit("2014-03-03/2014-03-05", "Bergen"), *rows).reason == "on days of the stay"


def test_what_the_register_does_not_have_is_only_here() -> None:
    found = find(meet("2014-03-04"), holm("2014-01-03/2014-01-05"))
    assert (found.result, found.rows) == (Result.ONLY_HERE, ())


def test_what_was_called_off_and_yet_registered_differs() -> None:
    found = find(visit("2014-03-03/2014-03-05", status=Status.CANCELLED), holm("2014-03-03/2014-03-05"))
    assert [(d.property, d.here, d.there) for d in found.differences] == [("status", "cancelled", "took place")]
    assert find(visit("2014-03-03/2014-03-05", status=Status.CANCELLED), holm("2013-03-03")).result is Result.AGREES


# --- the reports leave the day open


def test_a_month_becomes_the_days_of_the_only_stay_there() -> None:
    rows = holm("2014-03-03/2014-03-05"), holm("2014-03-20", "Japan", "Tokyo"), holm("2014-06-01")
    found = find(visit("2014-03"), *rows)
    assert found.result is Result.AGREES
    assert found.narrowed is not None
    assert (found.narrowed.edtf, found.narrowed.basis) == ("2014-03-03/2014-03-05", Basis.REGISTER)
    assert found.told is not None
    assert found.told.edtf == "2014-03"


def test_a_year_and_a_country_become_a_day_and_its_town() -> None:
    found = find(visit("2014", "Norway"), holm("2014-03-03", locality="Bergen"))
    assert found.narrowed is not None
    assert (found.narrowed.start, found.narrowed.precision) == (date(2014, 3, 3), Precision.DAY)
    assert found.narrowed.note == "register: Bergen"


def test_in_a_longer_time_a_meeting_needs_its_counterpart_in_the_remarks() -> None:
    assert find(meet("2014"), holm("2014-03-03", remarks="Met with Prime Minister Berg.")).result is Result.UNSURE
    assert find(meet("2014"), holm("2014-03-03", remarks="Met with Foreign Minister Lie.")).narrowed is not None
    assert find(visit("2014"), holm("2014-03-03")).narrowed is not None
    assert find(meet("2014-03"), holm("2014-03-03")).narrowed is not None


def test_a_stay_that_goes_beyond_the_month_agrees_and_narrows_nothing() -> None:
    found = find(visit("2014-03"), holm("2014-03-30/2014-04-01"))
    assert (found.result, found.narrowed) == (Result.AGREES, None)
    assert found.reason == "the only stay there in this time, which goes beyond it"


def test_two_stays_in_the_month_are_candidates() -> None:
    found = find(visit("2014-03"), holm("2014-03-03"), holm("2014-03-20"))
    assert (found.result, [r.line for r in found.rows], found.narrowed) == (Result.UNSURE, [2, 3], None)
    assert found.reason == "the register has 2 stays there in this time"


def test_of_two_stays_the_one_whose_remarks_name_the_counterpart_is_meant() -> None:
    rows = holm("2014-03-03"), holm("2014-03-20", remarks="Met with Foreign Minister Lie.")
    found = find(meet("2014-03"), *rows)
    assert found.narrowed is not None
    assert found.narrowed.edtf == "2014-03-20"


def test_an_undated_meeting_is_found_by_its_place_and_counterpart() -> None:
    rows = (
        holm("2013-02-26/2013-02-27", remarks="Met with Foreign Minister Lie."),
        holm("2013-10-22"),
        holm("2014-04-01"),
    )
    found = find(meet(None), *rows)
    assert found.narrowed is not None
    assert (found.narrowed.edtf, found.narrowed.precision) == ("2013-02-26/2013-02-27", Precision.RANGE)
    assert found.reason == "the only stay there whose remarks name a counterpart"
    assert found.narrowed.note == "register: on days of a stay"


def test_an_undated_meeting_with_one_stay_there_is_not_certain_without_its_counterpart() -> None:
    found = find(meet(None), holm("2014-03-03", remarks="Met with Prime Minister Berg."))
    assert (found.result, [r.line for r in found.rows]) == (Result.UNSURE, [2])


def test_nothing_is_reported_before_it_happens() -> None:
    rows = (holm(day, remarks="Met with Foreign Minister Lie.") for day in ("2014-03-03", "2014-09-03"))
    found = find(meet(None, published="2014-04-20"), *rows)
    assert [r.line for r in found.rows] == [2]
    assert found.narrowed is not None


@pytest.mark.parametrize(
    ("words", "value", "day"),
    [
        ("late Tuesday", "XXXX-WXX-2", "2014-03-04"),
        ("March 5", "XXXX-03-05", "2014-03-05"),
        ("March", "XXXX-03", "2014-03-03/2014-03-05"),
    ],
)
def test_words_for_a_day_choose_among_the_days_of_the_stay(words: str, value: str, day: str) -> None:
    rows = (holm(days, remarks="Met with Foreign Minister Lie.") for days in ("2014-03-03/2014-03-05", "2013-08-08"))
    found = find(meet_on(words, value), *rows)
    assert found.narrowed is not None
    assert found.narrowed.edtf == day


def test_a_stay_without_such_a_day_is_not_meant() -> None:
    found = find(meet_on("late Friday", "XXXX-WXX-5"), holm("2014-03-03", remarks="Met with Foreign Minister Lie."))
    assert (found.result, found.narrowed) == (Result.ONLY_HERE, None)


def meet_on(words: str, value: str) -> Reading:
    """A meeting of which an undated report says the day in words that do not date it."""
    text = f"{TEXT} They met {words}."
    told = report(None, text)
    start = text.index(words)
    time = TimeExpression(told.document.id, start, start + len(words), words, TimeType.DATE, value)
    told.rows = Annotations(times=(time,))
    told.tells(f"They met {words}", MEETING, "Ada Holm", "Ben Lie", place="Oslo", when=words)
    return told.read()


def test_a_plan_is_confirmed_but_its_date_stays_as_planned() -> None:
    found = find(visit("2014-05", status=Status.PLANNED), holm("2014-05-12"))
    assert (found.result, found.narrowed) == (Result.AGREES, None)
    assert found.reason == "the only stay there in this time; told as planned"


@pytest.mark.parametrize("day", ["2014-03-04", "2014-03-03/2014-03-05"])
def test_exact_days_are_never_narrowed(day: str) -> None:
    for rows in ([holm("2014-03-04")], [holm("2014-03-04/2014-03-06")], [holm("2014-03-03/2014-03-05")]):
        assert find(visit(day), *rows).narrowed is None


# --- who and what is compared


def test_what_cannot_be_compared_is_counted_by_reason() -> None:
    told = report()
    told.tells(TEXT, CALL, "Ada Holm", "Ben Lie", day="2014-03-01")
    told.tells(TEXT, MEETING, "Ben Lie", day="2014-03-04", place="Oslo")
    told.tells(TEXT, DINNER, "Ada Holm", "Ben Lie", day="2014-03-06", place="Lisbon")
    told.tells(TEXT, MEETING, "Ada Holm", "Ben Lie", day="2014-07-08")
    found = beside(told.read(), holm("2014-01-03"))
    assert found.findings == ()
    assert dict(found.left_out) == {
        "calls and letters": 1,
        "in the person's own country": 1,
        "without a place": 1,
        "without anybody registered": 1,
    }


def test_a_meeting_without_a_place_agrees_by_day_and_counterpart() -> None:
    found = find(meet("2014-03-04", None), holm("2014-03-03/2014-03-05", remarks="Met with Foreign Minister Lie."))
    assert found.reason == "no report names the town or state; day and counterpart agree"


def test_a_part_has_its_place_from_the_visit_and_its_days_are_not_compared_twice() -> None:
    told = report()
    stay = told.tells("Minister Ada Holm", VISIT, visitor="Ada Holm", day="2014-03-03/2014-03-05", place="Oslo")
    told.tells("Minister Ben Lie", DINNER, "Ada Holm", "Ben Lie", parent=stay)
    found = beside(told.read(), holm("2014-03-03/2014-03-05"))
    assert [f.reason for f in found.findings] == ["the same days"]
    assert dict(found.left_out) == {"with the days of the visit that it is part of": 1}


def test_somebody_who_may_be_another_makes_nothing_certain() -> None:
    told = Report(TEXT, "2014-04-20").knows("Holm").knows("Ben Lie", office=("Foreign Minister", "Norway"))
    told.tells(TEXT, VISIT, visitor="Holm", day="2014-03", place="Oslo")
    found = find(told.read(), holm("2014-03-03"))
    assert (found.result, found.narrowed) == (Result.UNSURE, None)
    assert found.reason == "agrees if it is this person: only the surname agrees"


def test_only_there_is_told_of_the_persons_and_years_that_the_record_covers() -> None:
    rows = (
        holm("2014-03-03/2014-03-05"),
        holm("2014-06-01", "Japan", "Tokyo"),
        holm("2013-06-01", "Japan", "Tokyo"),
        row("Carl Moe", "2014-03-03", "Norway"),
    )
    found = beside(meet("2014-03-04"), *rows)
    assert [(c.name, c.years) for c in found.covered] == [("Ada Maria Holm", (2014,))]
    assert [[r.line for r in f.rows] for f in found.findings if f.result is Result.ONLY_THERE] == [[3]]


def test_a_record_of_nobody_registered_covers_nobody() -> None:
    found = beside(meet("2014-03-04"), row("Carl Moe", "2014-03-03", "Norway"))
    assert (found.findings, found.covered) == ((), ())


# --- narrowing, in the record


def narrow(reading: Reading, *registers: Register) -> Linked:
    return link([reading], registers)


def test_linking_with_a_register_keeps_what_reports_say_beside_it() -> None:
    given = register(holm("2014-03-03/2014-03-05"))
    (engagement,) = narrow(visit("2014-03"), given).engagements
    assert engagement.date is not None
    assert (engagement.date.edtf, engagement.date.basis) == ("2014-03-03/2014-03-05", Basis.REGISTER)
    assert engagement.date.evidence
    source = engagement.registered
    assert source is not None
    assert source.told is not None
    assert (source.register, source.told.edtf, [r.line for r in source.rows]) == (given.id, "2014-03", [2])


def test_a_narrowed_record_beside_its_register_is_compared_by_what_the_reports_say() -> None:
    given, reading = register(holm("2014-03-03/2014-03-05")), visit("2014-03")
    findings = []
    for linked in (narrow(reading), narrow(reading, given)):
        findings.append(set_beside(corpus_of(linked, reading), given))
    assert findings[0] == findings[1]
    assert findings[0].findings[0].narrowed is not None


def test_registers_that_say_different_days_narrow_nothing() -> None:
    first, second = register(holm("2014-03-03")), register(holm("2014-03-04"))
    (engagement,) = narrow(visit("2014-03"), first, second).engagements
    assert (engagement.date and engagement.date.edtf, engagement.registered) == ("2014-03", None)


def test_a_part_that_has_its_days_from_a_narrowed_visit_has_the_narrowed_ones() -> None:
    told = report()
    stay = told.tells("Minister Ada Holm", VISIT, visitor="Ada Holm", day="2014-03", place="Oslo")
    told.tells("Minister Ben Lie", DINNER, "Ben Lie", parent=stay)
    linked = narrow(told.read(), register(holm("2014-03-03/2014-03-05")))
    dates = {row.kind: row.date for row in linked.engagements}
    dinner = dates[DINNER]
    assert dinner is not None
    assert (dinner.edtf, dinner.basis, dinner.note) == (
        "2014-03-03/2014-03-05",
        Basis.REGISTER,
        "within the visit",
    )


DAYS = st.dates(date(2014, 1, 1), date(2014, 12, 31))
ROWS = st.builds(
    lambda a, b, where, remarks: holm(f"{min(a, b)}/{max(a, b)}", where[0], where[1], remarks),
    DAYS,
    DAYS,
    st.sampled_from([("Norway", "Oslo"), ("Norway", "Bergen"), ("Japan", "Tokyo"), ("Norway", "")]),
    st.sampled_from(["", "Met with Foreign Minister Lie."]),
)


@hypothesis_settings(max_examples=60, deadline=None, database=None)
@given(st.lists(ROWS, max_size=5), st.sampled_from([None, "2014", "2014-03", "2014-03-04"]))
def test_whatever_the_register_a_narrowed_date_lies_in_what_is_told_and_order_is_nothing(
    rows: list[RegisterRow], day: str | None
) -> None:
    reading, given_rows = meet(day, published="2015-01-01"), list(register(*rows).rows)
    base = link([reading])
    found = [
        set_beside(corpus_of(base, reading), Register("reg-1", "travels.csv", tuple(order)))
        for order in (given_rows, given_rows[::-1])
    ]
    assert found[0] == found[1]
    for finding in found[0].findings:
        told, narrowed = find_interval(finding.told), find_interval(finding.narrowed)
        if told and narrowed:
            assert told.start <= narrowed.start <= narrowed.end <= told.end
            assert narrowed != told
        lines = [r.line for r in finding.rows]
        assert len(set(lines)) == len(lines)
    lines = [r.line for finding in found[0].findings for r in finding.rows if finding.result is Result.ONLY_THERE]
    assert len(set(lines)) == len(lines)
