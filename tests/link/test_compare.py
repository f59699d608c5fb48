"""Accounts side by side: support, contradiction, scope; never a verdict."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from communique.link import link
from communique.model import Comparison, Linked, Reading, Relation, Status, TimeExpression, TimeType
from communique.model import EngagementKind as Kind
from tests.link.build import Report

ANNA, PAUL = "Anna Weber", "Paul Novak"


def tell(text: str, kind: Kind = Kind.MEETING, **told: Any) -> Reading:
    """A report of one engagement of the two; a visit is Anna Weber's."""
    written = Report(f"{text} {ANNA}, {PAUL}.").knows(ANNA).knows(PAUL)
    if kind is Kind.VISIT:
        written.tells(text, kind, visitor=ANNA, **told)
    else:
        written.tells(text, kind, ANNA, PAUL, **told)
    return written.read()


def relations(linked: Linked, name: str) -> list[Relation]:
    return sorted(row.relation for row in linked.comparisons if row.property == name)


def only(linked: Linked, name: str) -> Comparison:
    (row,) = (row for row in linked.comparisons if row.property == name)
    return row


def test_the_same_day_twice_corroborates() -> None:
    row = only(link([tell("They met.", day="2024-05-07"), tell("They sat down.", day="2024-05-07")]), "when")
    assert (row.relation, row.reason) == (Relation.CORROBORATES, "2 independent reports give the same")
    assert [value.value for value in row.values] == ["2024-05-07", "2024-05-07"]


def test_a_month_is_broader_than_its_day() -> None:
    linked = link([tell("They met.", day="2024-05-07"), tell("They sat down.", day="2024-05")])
    assert relations(linked, "when") == [Relation.BROADER]


def test_a_state_is_broader_than_its_town() -> None:
    days: dict[str, Any] = {"day": "2024-05-07"}
    linked = link([tell("They met.", place="Oslo", **days), tell("They sat down.", place="Norway", **days)])
    assert relations(linked, "place") == [Relation.BROADER]


def test_ranges_of_a_visit_that_differ_contradict() -> None:
    first = tell("From 7 to 8 May.", Kind.VISIT, day="2024-05-07/2024-05-08", place="Oslo")
    second = tell("From 7 to 9 May.", Kind.VISIT, day="2024-05-07/2024-05-09", place="Oslo")
    row = only(link([first, second]), "when")
    assert (row.relation, row.reason) == (Relation.CONTRADICTS, "first or last day differ")


def test_two_days_of_one_visit_do_not_contradict() -> None:
    first = tell("Came.", Kind.VISIT, day="2024-05-07", place="Oslo")
    assert relations(link([first, tell("Seen.", Kind.VISIT, day="2024-05-08", place="Oslo")]), "when") == []


def test_neighbouring_days_of_two_reports_are_shown_as_a_doubt() -> None:
    linked = link([tell("They met.", day="2024-05-07"), tell("They sat down.", day="2024-05-08")])
    assert len(linked.engagements) == 2
    row = only(linked, "when")
    assert row.relation is Relation.CONTRADICTS
    assert row.reason.startswith("two meetings, or one with two dates")
    assert {value.value for value in row.values} == {"2024-05-07", "2024-05-08"}


def test_lengths_in_one_unit_contradict_and_vague_ones_do_not() -> None:
    days: dict[str, Any] = {"day": "2024-05-07"}
    exact = link([tell("They met.", duration="4 hours", **days), tell("They sat down.", duration="3 hours", **days)])
    assert relations(exact, "duration") == [Relation.CONTRADICTS]
    vague = link(
        [tell("They met.", duration="4 hours", **days), tell("They sat down.", duration="several hours", **days)]
    )
    assert relations(vague, "duration") == []


def test_one_length_in_two_spellings_corroborates() -> None:
    def reading(text: str, words: str, value: str) -> Reading:
        told = tell(text, day="2024-05-07", duration=words)
        start = told.document.text.index(words)
        time = TimeExpression(told.document.id, start, start + len(words), words, TimeType.DURATION, value)
        return replace(told, annotations=replace(told.annotations, times=(time,)))

    first, second = (
        reading("They met for 4 hours.", "4 hours", "PT4H"),
        reading("Four hours long.", "Four hours", "PT4H"),
    )
    assert relations(link([first, second]), "duration") == [Relation.CORROBORATES]
    third = reading("They sat three hours.", "three hours", "PT3H")
    assert relations(link([first, third]), "duration") == [Relation.CONTRADICTS]


def test_that_it_was_cancelled_contradicts_that_it_happened() -> None:
    days: dict[str, Any] = {"day": "2024-05-07"}
    linked = link([tell("They met.", **days), tell("It was called off.", status=Status.CANCELLED, **days)])
    assert relations(linked, "status") == [Relation.CONTRADICTS]


def test_a_plan_does_not_contradict_what_happened() -> None:
    days: dict[str, Any] = {"day": "2024-05-07"}
    linked = link([tell("They met.", **days), tell("They will meet.", status=Status.PLANNED, **days)])
    assert relations(linked, "status") == []


def test_topics_stand_beside_each_other() -> None:
    days: dict[str, Any] = {"day": "2024-05-07"}
    linked = link([tell("They met.", topic="fish", **days), tell("They sat down.", topic="oil", **days)])
    assert relations(linked, "topic") == []


def test_one_report_alone_is_not_compared() -> None:
    assert link([tell("They met.", day="2024-05-07", mood="frank")]).comparisons == ()
