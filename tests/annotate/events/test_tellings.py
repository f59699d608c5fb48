"""Ways in which reports tell an engagement: signed in the passive, put off, told of "the two sides", of an arrival."""

from __future__ import annotations

import pytest

from communique.annotate.language_model import LanguageModel
from communique.model import EngagementKind, EventMention, Role, Status
from tests.annotate.events.engagement_texts import find_names, read

BOTH = {"Angela Merkel", "Emmanuel Macron"}
PAIR = "Angela Merkel met Emmanuel Macron in Lyon on Monday. "


def find_last(text: str, kind: str, model: LanguageModel) -> EventMention:
    return [event for event in read(text, model).events if event.kind is EngagementKind(kind)][-1]


@pytest.mark.parametrize(
    ("text", "kind", "names"),
    [
        (PAIR + "The two presidents will speak by telephone on Friday.", "call", BOTH),
        (PAIR + "On Tuesday the two sides held talks in Paris.", "talks", BOTH),
        (PAIR + "Both leaders are to meet in Rome in November.", "meeting", BOTH),
        (PAIR + "A second meeting is to be held in Bonn on 4 November.", "meeting", BOTH),
        (PAIR + "The three ministers met in Bonn on 4 November.", "meeting", {"ministers"}),
        ("A delegation led by Angela Merkel arrived in Rabat on Monday.", "visit", {"Angela Merkel"}),
        ("Angela Merkel handed Emmanuel Macron a letter on Monday.", "letter", BOTH),
        (
            "The envoy handed over a letter from Angela Merkel addressed to Emmanuel Macron.",
            "letter",
            BOTH,
        ),
        ("Angela Merkel appeared before the European Parliament.", "hearing", {"Angela Merkel", "European Parliament"}),
    ],
)
def test_who_took_part_is_found(text: str, kind: str, names: set[str], language_model: LanguageModel) -> None:
    assert find_names(find_last(text, kind, language_model)) == names


@pytest.mark.parametrize(
    ("text", "kind", "day", "place"),
    [
        ("The treaty was signed in Riga on 3 June 2019.", "signing", "2019-06-03", "Riga"),
        (
            "A meeting of experts on the border that was to take place in Oslo in May 2020 has been put off.",
            "meeting",
            "2020-05",
            "Oslo",
        ),
        (
            "Angela Merkel and Emmanuel Macron met on the island of Malta on 3 June 2019.",
            "meeting",
            "2019-06-03",
            "Malta",
        ),
        ("Angela Merkel went on to Riga, where talks with Emmanuel Macron were held.", "talks", None, "Riga"),
        ("Angela Merkel spoke with President Emmanuel Macron on Monday.", "talks", "2019-10-14", None),
    ],
)  # fmt: skip
def test_when_and_where_is_found(
    text: str, kind: str, day: str | None, place: str | None, language_model: LanguageModel
) -> None:
    event = find_last(text, kind, language_model)
    assert (event.date.edtf if event.date else None, event.place.name if event.place else None) == (day, place)


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("Angela Merkel tried to arrange a call with Emmanuel Macron.", "call", Status.POSSIBLE),
        ("A visit by Angela Merkel to Rabat has been neither announced nor ruled out.", "visit", Status.POSSIBLE),
        ("A meeting of Angela Merkel and Emmanuel Macron in Rome was discussed.", "meeting", Status.POSSIBLE),
    ],
)
def test_what_was_only_spoken_of_is_possible(
    text: str, kind: str, status: Status, language_model: LanguageModel
) -> None:
    assert find_last(text, kind, language_model).status is status


def test_who_meets_a_guest_at_the_airport_is_the_host_of_the_visit(language_model: LanguageModel) -> None:
    text = "Angela Merkel arrived in Paris on Monday and was met at the airport by Emmanuel Macron."
    events = read(text, language_model).events
    assert {event.kind for event in events} == {EngagementKind.VISIT}
    assert [find_names(event, Role.HOST) for event in events if event.same_as] == [{"Emmanuel Macron"}]


def test_an_ambassador_is_summoned_by_the_ministry(language_model: LanguageModel) -> None:
    (event,) = read("Sweden summoned the Chinese ambassador on Monday.", language_model).events
    assert event.kind is EngagementKind.MEETING
    assert find_names(event, Role.HOST) == {"Sweden"}


@pytest.mark.parametrize(
    "text",
    [
        "Angela Merkel appeared before a court in Bonn.",
        "Sweden summoned its reserves on Monday.",
        "Both sides said that a treaty would be signed.",
        "The two spoke.",
    ],
)
def test_these_are_no_engagements(text: str, language_model: LanguageModel) -> None:
    assert read(text, language_model).events == ()
