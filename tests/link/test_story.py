"""Five reports of one story (`story`), linked: what an analyst would want to find."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.codec import to_json
from communique.link import link
from communique.model import Basis, Comparison, Engagement, Linked, Property, Relation, Status
from communique.model import EngagementKind as Kind
from tests.link.build import Report
from tests.link.story import write_daily, write_diary, write_preview, write_review, write_story


@cache
def linked() -> Linked:
    return link(write_story())


def find(kind: Kind, day: str | None, *people: str) -> Engagement:
    """The one engagement of a kind, with a date, among whose participants these people are."""
    found = [
        row
        for row in linked().engagements
        if row.kind is kind
        and (row.date.edtf if row.date else None) == day
        and set(people) <= {participant.name for participant in row.participants}
    ]
    assert len(found) == 1, [row.title for row in found]
    return found[0]


def documents_of(row: Engagement) -> set[str]:
    return {account.document for account in row.accounts}


DIARY, DAILY, PREVIEW, REVIEW, FIRST = (reading.document.id for reading in write_story())


def test_three_reports_tell_of_one_visit() -> None:
    visit = find(Kind.VISIT, "2024-05-07/2024-05-08")
    assert documents_of(visit) == {DIARY, DAILY, PREVIEW}
    assert visit.title == "Visit of Ana Ruiz to Oslo"
    assert visit.status is Status.HAPPENED
    assert visit.date is not None
    assert visit.date.basis is Basis.INFERRED
    assert visit.plover == ("CONSULT", "visit")
    assert "same visitor" in visit.reasons


def test_other_visits_to_the_same_state_stay_apart() -> None:
    assert documents_of(find(Kind.VISIT, "2026-05")) == {REVIEW}
    assert documents_of(find(Kind.VISIT, "2026-12")) == {REVIEW}
    later = find(Kind.VISIT, "2027-03-23/2027-03-25")
    assert documents_of(later) == {REVIEW}
    counts = {a.value for a in later.accounts[0].assertions if a.property is Property.ORDINAL}
    assert counts == {"third"}


def test_a_report_of_two_meetings_together_is_an_account_of_both() -> None:
    for other in ("Ben Okafor", "Ida Holm"):
        meeting = find(Kind.MEETING, "2024-05-07", "Ana Ruiz", other)
        assert documents_of(meeting) == {DIARY, DAILY, PREVIEW}
        assert {"Ben Okafor", "Ida Holm"} - {p.name for p in meeting.participants} == {"Ben Okafor", "Ida Holm"} - {
            other
        }
        assert meeting.status is Status.HAPPENED


def test_what_takes_place_on_a_visit_lies_inside_it() -> None:
    visit = find(Kind.VISIT, "2024-05-07/2024-05-08").id
    inside = {row.title for row in linked().engagements if row.parent == visit}
    assert inside == {
        "Ruiz and Okafor meet",
        "Ruiz and Holm meet",
        "Holm and Ruiz dine",
        "Press conference of Ruiz and Holm",
        "Ruiz and civil society leaders meet",
        "Ruiz and veterans meet",
    }


def test_the_press_conference_of_two_reports_is_one_and_dated_by_the_visit() -> None:
    press = find(Kind.PRESS_CONFERENCE, "2024-05-07/2024-05-08")
    assert documents_of(press) == {DIARY, DAILY}
    assert press.date is not None
    assert press.date.basis is Basis.INFERRED
    assert press.date.note == "within the visit"


def test_people_without_a_name_meet_by_their_kind() -> None:
    meeting = find(Kind.MEETING, "2024-05-08", "Ana Ruiz", "human rights groups")
    assert documents_of(meeting) == {DIARY, DAILY, PREVIEW}
    assert documents_of(find(Kind.MEETING, "2024-05-07/2024-05-08", "veterans")) == {DIARY}


def test_an_undated_report_takes_its_year_from_the_corpus() -> None:
    earlier = find(Kind.MEETING, "2024-04", "Ana Ruiz", "Ida Holm")
    assert documents_of(earlier) == {PREVIEW}
    assert earlier.date is not None
    assert earlier.date.basis is Basis.INFERRED
    assert earlier.parent is None


def test_the_first_meeting_stays_undated_and_by_itself() -> None:
    first = find(Kind.MEETING, None, "Ana Ruiz", "Ida Holm")
    assert documents_of(first) == {FIRST}
    assert len(first.evidence) == 2
    assert {evidence.status for evidence in first.evidence} == {Status.HAPPENED, Status.EXPECTED}
    assert first.status is Status.HAPPENED
    assert first.title == "Ruiz and Holm meet in Lisbon"


def test_talks_in_one_town_in_different_years_are_two() -> None:
    assert documents_of(find(Kind.TALKS, "2023")) == {DAILY}
    vienna = [row for row in linked().engagements if row.title == "Talks in Vienna"]
    assert len(vienna) == 2


def compared(relation: Relation, name: str) -> list[Comparison]:
    return [row for row in linked().comparisons if (row.relation, row.property) == (relation, name)]


def test_the_ends_of_talks_and_dinner_have_different_scope() -> None:
    (row,) = compared(Relation.DIFFERENT_SCOPE, "end")
    assert {value.value for value in row.values} == {"well past midnight", "shortly before midnight"}
    assert {value.document for value in row.values} == {DIARY, DAILY}


def test_nothing_contradicts_in_this_story() -> None:
    assert [row for row in linked().comparisons if row.relation is Relation.CONTRADICTS] == []


def test_independent_reports_corroborate_each_other() -> None:
    assert ["first"] in [
        sorted({value.value for value in row.values}) for row in compared(Relation.CORROBORATES, "ordinal")
    ]


@settings(max_examples=20, deadline=None)
@given(st.permutations(write_story()))
def test_the_order_of_the_readings_makes_no_difference(readings: list) -> None:  # type: ignore[type-arg]
    assert to_json(link(readings)) == to_json(linked())


def test_a_report_about_others_changes_no_id() -> None:
    other = Report("Carla Neri and Dov Peretz met in Bergen on 1 June 2020. Neri was pleased.", "2020-06-02")
    other.knows("Carla Neri", "Neri").knows("Dov Peretz")
    other.tells("met in Bergen", Kind.MEETING, "Carla Neri", "Dov Peretz", day="2020-06-01", place="Bergen")
    more = link([*write_story(), other.read()])
    for noun in ("entities", "engagements", "comparisons"):
        before, after = getattr(linked(), noun), getattr(more, noun)
        assert {row.id for row in before} <= {row.id for row in after}
    assert len(more.engagements) == len(linked().engagements) + 1


def test_a_later_report_changes_no_id_of_what_was_known() -> None:
    before = link([write_diary(), write_daily()])
    after = link([write_diary(), write_daily(), write_preview(), write_review()])
    assert {row.id for row in before.entities} <= {row.id for row in after.entities}
    visit = next(row for row in before.engagements if row.kind is Kind.VISIT)
    assert visit.id in {row.id for row in after.engagements}


@pytest.mark.parametrize("noun", ["entities", "engagements", "comparisons", "problems"])
def test_rows_are_sorted_by_id(noun: str) -> None:
    ids = [row.id for row in getattr(linked(), noun)]
    assert ids == sorted(set(ids))


def test_nothing_in_nothing_out() -> None:
    assert link([]) == Linked()
