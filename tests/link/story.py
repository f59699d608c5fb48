"""Five reports of one story, written for the tests.

A visit of May 2024 (two reports after it, one before it and without a date), a later visit, and a first meeting in
another town that its report does not date.
"""

from __future__ import annotations

from communique.model import EngagementKind as Kind
from communique.model import Reading, Status
from tests.link.build import Report

RUIZ, OKAFOR, HOLM = "Ana Ruiz", "Ben Okafor", "Ida Holm"


def write(text: str, published: str | None = None, file: str = "report.txt") -> Report:
    report = Report(text, published, file)
    report.knows(RUIZ, "Ruiz", office=("Foreign Minister", "Portugal"))
    report.knows(OKAFOR, "Okafor", office=("President", "Norway"))
    report.knows(HOLM, "Holm", office=("Foreign Minister", "Norway"))
    return report


def write_diary() -> Reading:
    report = write(
        "Minister Ruiz just ended her two-day visit to Oslo. Ana Ruiz met with President Ben Okafor. "
        "She then met for hours with Ida Holm and her aide. The dinner given by Holm went on well "
        "past midnight. They spoke at their press conference. The next day, Ruiz sat down with civil "
        "society leaders, then with veterans.",
        "2024-05-08",
    )
    clause = "just ended her two-day visit to Oslo"
    report.tells(clause, Kind.VISIT, visitor=RUIZ, place="Oslo", duration="two-day", ordinal="first")
    report.tells("met with President Ben Okafor", Kind.MEETING, RUIZ, OKAFOR)
    report.tells("met for hours with Ida Holm and her aide", Kind.MEETING, RUIZ, HOLM, "her aide")
    report.tells("dinner given by Holm went on", Kind.DINNER, RUIZ, host=HOLM, end="well past midnight")
    report.tells("They spoke at their press conference", Kind.PRESS_CONFERENCE, RUIZ, HOLM)
    report.tells("sat down with civil society leaders", Kind.MEETING, RUIZ, "civil society leaders", day="2024-05-08")
    report.tells("then with veterans", Kind.MEETING, RUIZ, "veterans")
    return report.read()


def write_daily() -> Reading:
    report = write(
        "Ruiz arrived on 7 May for her first visit to Oslo. The topic of Ruiz's meeting with Okafor "
        "and Holm was fish. The talks with both took hours and ended shortly before midnight. The "
        "ministers held a press conference. Ruiz kept quiet at a meeting on 8 May with human rights "
        "groups. Last year's talks in Vienna failed.",
        "2024-05-09",
    )
    visit = "arrived on 7 May for her first visit to Oslo"
    report.tells(visit, Kind.VISIT, visitor=RUIZ, place="Oslo", day="2024-05-07", ordinal="first")
    report.tells("Ruiz's meeting with Okafor and Holm", Kind.MEETING, RUIZ, OKAFOR, HOLM)
    talks = "talks with both took hours and ended shortly before midnight"
    report.tells(talks, Kind.TALKS, RUIZ, OKAFOR, HOLM, end="shortly before midnight")
    report.tells("The ministers held a press conference", Kind.PRESS_CONFERENCE, RUIZ, HOLM)
    groups = "human rights groups"
    report.tells("a meeting on 8 May with human rights groups", Kind.MEETING, RUIZ, groups, day="2024-05-08")
    report.tells("Last year's talks in Vienna", Kind.TALKS, day="2023", place="Vienna")
    return report.read()


def write_preview() -> Reading:
    report = write(
        "Ruiz has arrived in Oslo. In meetings with Okafor and Holm on May 7 she is expected to speak"
        " of fish. On May 8, Ruiz will meet members of civil society. She last met Holm in April in "
        "Vienna."
    )
    report.tells("Ruiz has arrived in Oslo", Kind.VISIT, visitor=RUIZ, place="Oslo", status=Status.ONGOING)
    meetings, expected = "meetings with Okafor and Holm on May 7", Status.EXPECTED
    report.tells(meetings, Kind.MEETING, RUIZ, OKAFOR, HOLM, day="XXXX-05-07", status=expected)
    members, planned = "members of civil society", Status.PLANNED
    report.tells(f"will meet {members}", Kind.MEETING, RUIZ, members, day="XXXX-05-08", status=planned)
    report.tells("last met Holm in April in Vienna", Kind.MEETING, RUIZ, HOLM, day="XXXX-04", place="Vienna")
    return report.read()


def write_review() -> Reading:
    report = write(
        "Ana Ruiz wrapped up her trip to Oslo (March 23-25). It was her third visit in ten months. "
        "She had been in Norway in May and in Norway in December 2026. Her meeting with Holm lasted "
        "for four hours, her meeting with Okafor as long. At the press conference after the talks "
        "Holm smiled. The Vienna talks go on.",
        "2027-03-27",
    )
    trip = "wrapped up her trip to Oslo (March 23-25)"
    first = report.tells(trip, Kind.VISIT, visitor=RUIZ, place="Oslo", day="2027-03-23/2027-03-25")
    report.tells("her third visit in ten months", Kind.VISIT, visitor=RUIZ, ordinal="third", same_as=first)
    report.tells("in Norway in May", Kind.VISIT, visitor=RUIZ, place="Norway", day="2026-05")
    report.tells("in Norway in December 2026", Kind.VISIT, visitor=RUIZ, place="Norway", day="2026-12")
    report.tells("meeting with Holm lasted for four hours", Kind.MEETING, RUIZ, HOLM, duration="four hours")
    report.tells("her meeting with Okafor as long", Kind.MEETING, RUIZ, OKAFOR, duration="four hours")
    report.tells("At the press conference", Kind.PRESS_CONFERENCE, RUIZ, HOLM)
    report.tells("The Vienna talks", Kind.TALKS, place="Vienna", status=Status.ONGOING)
    return report.read()


def write_first_meeting() -> Reading:
    report = write(
        "Ruiz and Holm held their first meeting in Lisbon late on Tuesday. They were expected to "
        "discuss fish. Holm spoke after talks with Finn Berg. Holm had spoken with Ruiz by phone."
    )
    report.knows("Finn Berg")
    meeting = "held their first meeting in Lisbon late on Tuesday"
    report.tells(meeting, Kind.MEETING, RUIZ, HOLM, place="Lisbon", ordinal="first")
    report.tells("They were expected to discuss fish", Kind.MEETING, RUIZ, HOLM, status=Status.EXPECTED)
    report.tells("talks with Finn Berg", Kind.TALKS, HOLM, "Finn Berg")
    report.tells("Holm had spoken with Ruiz by phone", Kind.CALL, RUIZ, HOLM)
    return report.read()


def write_story() -> list[Reading]:
    return [write_diary(), write_daily(), write_preview(), write_review(), write_first_meeting()]
