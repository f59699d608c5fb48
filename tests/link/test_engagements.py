"""Which event mentions are one engagement: small cases, one reason each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from communique.link import link
from communique.model import (
    Annotations,
    Basis,
    Engagement,
    Linked,
    Precision,
    Reading,
    Role,
    Status,
    TimeExpression,
    TimeType,
    When,
)
from communique.model import (
    EngagementKind as Kind,
)
from tests.link.build import Report

ANNA, PAUL = "Anna Weber", "Paul Novak"


def report(text: str, published: str | None = None) -> Report:
    return Report(f"{text} {ANNA} and {PAUL}.", published).knows(ANNA).knows(PAUL)


def one_meeting(text: str, published: str | None = None, *, kind: Kind = Kind.MEETING, **told: Any) -> Reading:
    """A report of one meeting of the two."""
    written = report(text, published)
    written.tells(text, kind, ANNA, PAUL, **told)
    return written.read()


def one_visit(text: str, published: str | None = None, **told: Any) -> Reading:
    """A report of one visit of the first."""
    written = report(text, published)
    written.tells(text, Kind.VISIT, visitor=ANNA, **told)
    return written.read()


def count(*readings: Reading) -> int:
    return len(link(readings).engagements)


def only(linked: Linked) -> Engagement:
    assert len(linked.engagements) == 1, [row.title for row in linked.engagements]
    return linked.engagements[0]


def test_one_day_one_pair_one_meeting() -> None:
    row = only(
        link([one_meeting("They met.", day="2024-05-07"), one_meeting("Talks.", kind=Kind.TALKS, day="2024-05-07")])
    )
    assert {"same day", "same participants", "kinds used for one occasion"} <= set(row.reasons)
    assert len(row.accounts) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"day": "2024-05-07"}, {"day": "2024-05-09"}),
        ({"day": "2024-05-07"}, {"day": "2025-05-07"}),
        ({"day": "2024-05", "place": "Oslo"}, {"day": "2024-05-07", "place": "Lisbon"}),
        ({"place": "Oslo"}, {"place": "Lisbon"}),
        ({"day": "2024-05-07", "place": "Oslo"}, {"day": "2024-05-07", "place": "Bergen"}),
    ],
)
def test_other_days_and_other_towns_are_other_meetings(first: dict[str, Any], second: dict[str, Any]) -> None:
    assert count(one_meeting("They met.", **first), one_meeting("They sat.", **second)) == 2


def test_a_call_is_no_meeting() -> None:
    assert (
        count(one_meeting("They met.", day="2024-05-07"), one_meeting("A call.", kind=Kind.CALL, day="2024-05-07")) == 2
    )


def test_a_month_holds_its_days() -> None:
    row = only(link([one_meeting("They met in May.", day="2024-05"), one_meeting("They met.", day="2024-05-07")]))
    assert row.date is not None
    assert (row.date.edtf, row.date.precision) == ("2024-05-07", Precision.DAY)


def test_a_month_with_two_meetings_fits_neither() -> None:
    days = (one_meeting("They met.", day="2024-05-07"), one_meeting("They met again.", day="2024-05-20"))
    assert count(*days, one_meeting("They met in May.", day="2024-05")) == 3


def test_what_was_planned_happened() -> None:
    row = only(
        link(
            [
                one_meeting("They will meet.", day="2024-05-07", status=Status.PLANNED),
                one_meeting("They met.", day="2024-05-07"),
            ]
        )
    )
    assert row.status is Status.HAPPENED
    assert {evidence.status for evidence in row.evidence} == {Status.PLANNED, Status.HAPPENED}
    assert row.plover == ("CONSULT", "")


def test_what_was_planned_only_is_an_agreement_to_plover() -> None:
    row = only(link([one_meeting("They will meet.", status=Status.PLANNED)]))
    assert row.plover == ("AGREE", "")


def test_an_undated_meeting_joins_the_only_one() -> None:
    readings = [one_meeting("They met.", day="2024-05-07"), one_meeting("After they met.")]
    assert count(*readings) == 1
    assert count(*readings, one_meeting("They met again.", day="2024-06-01")) == 3


def test_undated_calls_of_two_reports_are_not_known_to_be_one() -> None:
    assert count(one_meeting("A call.", kind=Kind.CALL), one_meeting("They phoned.", kind=Kind.CALL)) == 2


def test_the_day_of_the_report_says_which_visit_is_its_news() -> None:
    visits = [one_visit("Went.", day="2024-05-07", place="Oslo"), one_visit("Was.", day="2025-03-20", place="Oslo")]
    linked = link([*visits, one_visit("Just back from Oslo.", "2025-03-22", place="Oslo")])
    assert sorted(len(row.accounts) for row in linked.engagements) == [1, 2]
    (joined,) = (row for row in linked.engagements if len(row.accounts) == 2)
    assert joined.date is not None
    assert joined.date.edtf == "2025-03-20"


def test_a_visit_after_the_report_is_not_what_it_tells_of() -> None:
    assert (
        count(one_visit("Went.", day="2025-05-07", place="Oslo"), one_visit("Was there.", "2024-01-01", place="Oslo"))
        == 2
    )


def test_days_of_a_visit_follow_each_other() -> None:
    row = only(
        link([one_visit("Came.", day="2024-05-07", place="Oslo"), one_visit("Seen.", day="2024-05-08", place="Oslo")])
    )
    assert row.date is not None
    assert (row.date.edtf, row.date.basis) == ("2024-05-07/2024-05-08", Basis.INFERRED)


def test_a_stated_range_is_the_date_of_the_visit() -> None:
    range_ = one_visit("From 7 to 9 May.", day="2024-05-07/2024-05-09", place="Oslo")
    row = only(link([one_visit("Came.", day="2024-05-07", place="Oslo"), range_]))
    assert row.date is not None
    assert (row.date.edtf, row.date.basis, row.date.precision) == (
        "2024-05-07/2024-05-09",
        Basis.STATED,
        Precision.RANGE,
    )


def test_first_day_and_length_make_a_range() -> None:
    written = report("Came on 7 May for three days.")
    event = written.tells(
        "Came on 7 May for three days", Kind.VISIT, visitor=ANNA, day="2024-05-07", duration="three days"
    )
    start = written.text.index("three days")
    days = TimeExpression(written.document.id, start, start + 10, "three days", TimeType.DURATION, "P3D")
    written.rows = Annotations(times=(days,))
    row = only(link([written.read()]))
    assert row.date is not None
    assert (row.date.edtf, row.date.note) == ("2024-05-07/2024-05-09", "first day and length")
    assert event.assertions[0].evidence in [a.evidence for a in row.accounts[0].assertions]


def test_the_state_and_its_town_are_one_destination() -> None:
    readings = [
        one_visit("In Norway.", day="2024-05", place="Norway"),
        one_visit("In Oslo.", day="2024-05-07", place="Oslo"),
    ]
    row = only(link(readings))
    assert row.place is not None
    assert row.place.name == "Oslo"


def test_two_visits_of_one_year_stay_two() -> None:
    assert (
        count(one_visit("In May.", day="2024-05", place="Oslo"), one_visit("In December.", day="2024-12", place="Oslo"))
        == 2
    )


def test_same_as_is_followed_within_a_document() -> None:
    written = report("They met. The meeting was long.")
    first = written.tells("They met", Kind.MEETING, ANNA, PAUL, day="2024-05-07")
    written.tells("The meeting was long", Kind.MEETING, same_as=first, duration="long")
    row = only(link([written.read()]))
    assert len(row.accounts) == 1
    assert len(row.accounts[0].mentions) == 2


def test_a_circle_of_same_as_ends() -> None:
    written = report("They met. The meeting was long.")
    first = written.tells("They met", Kind.MEETING, ANNA, PAUL)
    second = written.tells("The meeting was long", Kind.MEETING, same_as=first)
    written.events[0] = replace(first, same_as=second.id)
    assert count(written.read()) == 1


def test_a_circle_of_parents_is_broken() -> None:
    written = report("They met. They dined.")
    first = written.tells("They met", Kind.MEETING, ANNA, PAUL)
    second = written.tells("They dined", Kind.DINNER, ANNA, PAUL, parent=first)
    written.events[0] = replace(first, parent=second.id)
    parents = [row.parent for row in link([written.read()]).engagements]
    assert len(parents) == 2
    assert parents.count(None) == 1


def test_a_stated_parent_counts() -> None:
    written = report("At the conference they met.")
    conference = written.tells("At the conference", Kind.CONFERENCE, place="Oslo")
    written.tells("they met", Kind.MEETING, ANNA, PAUL, parent=conference)
    rows = {row.kind: row for row in link([written.read()]).engagements}
    assert rows[Kind.MEETING].parent == rows[Kind.CONFERENCE].id


def test_who_was_absent_is_kept_as_absent() -> None:
    written = report("They met without Holm.").knows("Ida Holm", "Holm")
    written.tells("They met without Holm", Kind.MEETING, ANNA, PAUL, absent="Ida Holm", day="2024-05-07")
    row = only(link([written.read(), one_meeting("They met.", day="2024-05-07")]))
    absent = [participant for participant in row.participants if participant.role is Role.ABSENT]
    assert [(participant.name, participant.present) for participant in absent] == [("Ida Holm", False)]
    assert row.title == "Weber and Novak meet"


def test_three_in_one_room_from_three_states_are_not_two_meetings() -> None:
    def meeting(text: str, *who: str) -> Reading:
        written = Report(f"{text} {' '.join(who)}")
        for name, state in ((ANNA, "Austria"), (PAUL, "Norway"), ("Eva Lima", "Portugal")):
            if name in who:
                written.knows(name, office=("Foreign Minister", state))
        written.tells(text, Kind.MEETING, *who, day="2024-05-07", place="Vienna")
        return written.read()

    pairs = [meeting("They met.", ANNA, PAUL), meeting("They sat down.", ANNA, "Eva Lima")]
    linked = link([*pairs, meeting("All three met.", ANNA, PAUL, "Eva Lima")])
    assert len(linked.engagements) == 3


def test_ongoing_and_cancelled() -> None:
    readings = [
        one_meeting("They will meet.", day="2024-05-07", status=Status.PLANNED),
        one_meeting("Off.", day="2024-05-07", status=Status.CANCELLED),
    ]
    row = only(link(readings))
    assert (row.status, row.plover) == (Status.CANCELLED, ("REJECT", "meet"))


def test_an_engagement_lent_a_date_says_so() -> None:
    written = report("Came to Oslo on 7 May. Met Novak.")
    written.tells("Came to Oslo on 7 May", Kind.VISIT, visitor=ANNA, place="Oslo", day="2024-05-07")
    written.tells("Met Novak", Kind.MEETING, ANNA, PAUL)
    rows = {row.kind: row for row in link([written.read()]).engagements}
    date = rows[Kind.MEETING].date
    assert isinstance(date, When)
    assert (date.edtf, date.basis, date.note) == ("2024-05-07", Basis.INFERRED, "within the visit")
    assert rows[Kind.MEETING].parent == rows[Kind.VISIT].id


def test_an_earlier_meeting_elsewhere_is_not_part_of_the_visit() -> None:
    written = report("Came to Oslo on 7 May. Had met Novak in Lisbon in April.")
    written.tells("Came to Oslo on 7 May", Kind.VISIT, visitor=ANNA, place="Oslo", day="2024-05-07")
    written.tells("Had met Novak in Lisbon in April", Kind.MEETING, ANNA, PAUL, place="Lisbon", day="2024-04")
    rows = {row.kind: row for row in link([written.read()]).engagements}
    assert rows[Kind.MEETING].parent is None
