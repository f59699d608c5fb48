"""What brings reports together that do not tell an engagement in the same way, and what keeps them apart."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.codec import to_json
from communique.link import link
from communique.model import Engagement, EntityKind, Linked, Office, Reading, Relation, Role, Status
from communique.model import EngagementKind as Kind
from tests.link.build import Report
from tests.link.story import HOLM, OKAFOR, RUIZ, write


def engagements_of(*readings: Reading) -> list[Engagement]:
    return sorted(link(readings).engagements, key=lambda row: (row.kind, row.title))


def write_joint() -> Reading:
    report = write("Ana Ruiz is to meet Ben Okafor and Ida Holm on 7 May.", "2024-05-06")
    report.tells(
        "meet Ben Okafor and Ida Holm", Kind.MEETING, RUIZ, OKAFOR, HOLM, day="2024-05-07", status=Status.PLANNED
    )
    return report.read()


def write_parts() -> Reading:
    report = write("Ana Ruiz first met Ben Okafor. Her talks with Ida Holm went on until midnight.", "2024-05-08")
    report.tells("first met Ben Okafor", Kind.MEETING, RUIZ, OKAFOR)
    report.tells("Her talks with Ida Holm", Kind.TALKS, RUIZ, HOLM)
    return report.read()


def test_a_joint_announcement_is_an_account_of_each_of_the_meetings() -> None:
    rows = engagements_of(write_joint(), write_parts())
    assert [row.title for row in rows] == ["Ruiz and Okafor meet", "Ruiz and Holm hold talks"]
    assert {row.date.edtf for row in rows if row.date} == {"2024-05-07"}
    assert all(len(row.accounts) == 2 for row in rows)


def test_a_meeting_of_three_stays_one_without_reports_of_its_parts() -> None:
    report = write("Ana Ruiz met Ben Okafor.", "2024-05-08")
    report.tells("met Ben Okafor", Kind.MEETING, RUIZ, OKAFOR)
    assert len(engagements_of(write_joint(), report.read())) == 1


def write_wish(text: str, published: str, topic: str = "Syria") -> Reading:
    report = write(text, published)
    report.tells(text, Kind.CONFERENCE, status=Status.PLANNED, topic=topic)
    return report.read()


def test_a_conference_without_participants_is_known_by_its_topic() -> None:
    one = write_wish("They want a conference on Syria", "2024-05-08")
    other = write_wish("What came of it is a conference on Syria", "2024-05-11")
    assert len(engagements_of(one, other)) == 1


@pytest.mark.parametrize(
    "other",
    [
        write_wish("A year later they want a conference on Syria", "2025-05-11"),
        write_wish("They want a conference on fish", "2024-05-11", "fish"),
    ],
)
def test_another_time_or_topic_is_another_conference(other: Reading) -> None:
    assert len(engagements_of(write_wish("They want a conference on Syria", "2024-05-08"), other)) == 2


def write_visit_ahead() -> Reading:
    report = write("Ana Ruiz will visit Norway in September.", "2024-05-08")
    report.tells(
        "Ana Ruiz will visit Norway", Kind.VISIT, visitor=RUIZ, place="Norway", day="2024-09", status=Status.PLANNED
    )
    return report.read()


def write_summit_ahead(place: str) -> Reading:
    report = write(f"Ana Ruiz and Ben Okafor plan a summit in {place} in September.", "2024-05-07")
    report.tells("plan a summit", Kind.CONFERENCE, RUIZ, OKAFOR, place=place, day="2024-09", status=Status.PLANNED)
    return report.read()


def test_a_summit_in_the_hosts_country_tells_of_the_guests_visit() -> None:
    summit, visit = engagements_of(write_visit_ahead(), write_summit_ahead("Bergen"))
    assert (summit.kind, visit.kind) == (Kind.CONFERENCE, Kind.VISIT)
    assert summit.parent == visit.id
    assert (len(summit.accounts), len(visit.accounts)) == (1, 2)
    assert visit.place is not None
    assert visit.place.name == "Norway"


def test_a_summit_elsewhere_does_not() -> None:
    summit, visit = engagements_of(write_visit_ahead(), write_summit_ahead("Vienna"))
    assert summit.parent is None
    assert len(visit.accounts) == 1


def write_next_day() -> Reading:
    report = write("Ana Ruiz met Ben Okafor. The following day she met students. Then she saw Ida Holm.", "2024-05-10")
    report.tells("met Ben Okafor", Kind.MEETING, RUIZ, OKAFOR)
    report.tells("The following day she met students", Kind.MEETING, RUIZ, "students", order="the day after")
    report.tells("Then she saw Ida Holm", Kind.MEETING, RUIZ, HOLM, order="later the same day")
    return report.read()


def test_the_order_in_one_report_carries_the_day_of_another() -> None:
    dated = write("On 7 May Ana Ruiz met Ben Okafor.", "2024-05-08")
    dated.tells("Ana Ruiz met Ben Okafor", Kind.MEETING, RUIZ, OKAFOR, day="2024-05-07")
    rows = {row.title: row.date for row in engagements_of(dated.read(), write_next_day())}
    days = {title: when.edtf for title, when in rows.items() if when}
    assert days == {
        "Ruiz and Okafor meet": "2024-05-07",
        "Ruiz and students meet": "2024-05-08",
        "Ruiz and Holm meet": "2024-05-08",
    }


def test_an_order_alone_dates_nothing() -> None:
    assert [row.date for row in engagements_of(write_next_day())] == [None, None, None]


# --- the first meeting ----------------------------------------------------------------------------


def with_office(report: Report, start: int, end: int, since: str | None = None) -> Reading:
    """The report with an office of Ruiz that stands on words of its own, as annotators give it."""
    reading = report.read()
    office = Office("Foreign Minister", "Portugal", since, evidence=(report.document.evidence(start, end),))
    rows = [replace(r, offices=(office,)) if r.name == RUIZ else r for r in reading.annotations.referents]
    return replace(reading, annotations=replace(reading.annotations, referents=tuple(rows)))


def write_first(office_since: str | None) -> list[Reading]:
    """A first meeting without a date, a second one of April, and a report that may tell since when Ruiz is minister."""
    first = write("Foreign Minister Ana Ruiz and Ida Holm held their first meeting in Vienna.")
    first.tells("their first meeting in Vienna", Kind.MEETING, RUIZ, HOLM, place="Vienna", ordinal="first meeting")
    second = write("Ana Ruiz and Ida Holm met in Lisbon in April.", "2024-05-07")
    second.tells("met in Lisbon in April", Kind.MEETING, RUIZ, HOLM, place="Lisbon", day="2024-04")
    since = write("Foreign Minister Ana Ruiz took office in February.", "2024-06-01")
    return [with_office(first, 0, 16), second.read(), with_office(since, 26, 49, office_since)]


def find_first_meeting(linked: Linked) -> Engagement:
    return next(row for row in linked.engagements if row.place and row.place.name == "Vienna")


def test_a_first_meeting_lies_between_taking_office_and_the_second_one() -> None:
    linked = link(write_first("2024-02"))
    date = find_first_meeting(linked).date
    assert date is not None
    assert (date.edtf, date.basis) == ("2024-02-01/2024-04-30", "inferred")
    assert "taking office" in date.note
    assert {evidence.quote for evidence in date.evidence} >= {"took office in February"}


def test_without_the_day_of_the_office_it_stays_undated() -> None:
    assert find_first_meeting(link(write_first(None))).date is None


# --- tallies --------------------------------------------------------------------------------------


def write_count(claim: str) -> Reading:
    report = write(f"Ana Ruiz ended her {claim} to Norway on 8 May.", "2024-05-09")
    report.tells(
        f"ended her {claim} to Norway", Kind.VISIT, visitor=RUIZ, place="Norway", day="2024-05-08", ordinal=claim
    )
    return report.read()


def write_earlier(day: str) -> Reading:
    report = write(f"Ana Ruiz was in Norway on {day}.", day)
    report.tells("Ana Ruiz was in Norway", Kind.VISIT, visitor=RUIZ, place="Norway", day=day)
    return report.read()


@pytest.mark.parametrize(
    ("claim", "relation", "n_values"),
    [
        ("second visit", Relation.CORROBORATES, 3),
        ("third visit", Relation.BROADER, 3),
        ("18th visit", Relation.BROADER, 3),
    ],
)
def test_a_count_stands_beside_what_the_record_itemises(claim: str, relation: Relation, n_values: int) -> None:
    linked = link([write_count(claim), write_earlier("2024-01-10")])
    tallies = [row for row in linked.comparisons if row.property == "tally"]
    assert [(row.relation, len(row.values)) for row in tallies] == [(relation, n_values)]
    assert tallies[0].values[0].value == claim
    assert len([row for row in linked.engagements if row.kind is Kind.VISIT]) == 2


def test_a_first_visit_and_a_count_without_a_date_are_no_tally() -> None:
    assert not [row for row in link([write_count("first visit")]).comparisons if row.property == "tally"]


# --- the order of the documents -------------------------------------------------------------------


@cache
def all_of_it() -> tuple[Reading, ...]:
    hosts = write("Holm gave a dinner for guests.", "2024-05-08")
    hosts.knows("guests", kind=EntityKind.GROUP)
    hosts.tells("gave a dinner", Kind.DINNER, "guests", host=HOLM)
    return (
        write_joint(), write_parts(), write_next_day(), write_visit_ahead(), write_summit_ahead("Bergen"),
        *write_first("2024-02"), write_count("third visit"), write_earlier("2024-01-10"), hosts.read(),
        write_wish("They want a conference on Syria", "2024-05-08"),
        write_wish("What came of it is a conference on Syria", "2024-05-11"),
    )  # fmt: skip


@cache
def once() -> str:
    return to_json(link(all_of_it()))


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(13)))
def test_the_order_of_the_documents_makes_no_difference(order: list[int]) -> None:
    readings = all_of_it()
    assert len(readings) == len(order)
    assert to_json(link([readings[n] for n in order])) == once()


def test_hosts_have_their_role() -> None:
    dinner = next(row for row in link(all_of_it()).engagements if row.kind is Kind.DINNER)
    assert [p.name for p in dinner.participants if p.role is Role.HOST] == [HOLM]
