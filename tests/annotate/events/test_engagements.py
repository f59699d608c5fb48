"""Event mentions: what is told of visits, meetings and talks, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.annotate.language_model import LanguageModel
from communique.model import EngagementKind, Part, PartKind, Property, Role, Status
from tests.annotate.events.engagement_texts import find_names, read

CALL, MEETING, TALKS, VISIT = EngagementKind.CALL, EngagementKind.MEETING, EngagementKind.TALKS, EngagementKind.VISIT
PRESS = EngagementKind.PRESS_CONFERENCE
BOTH = {"Angela Merkel", "Emmanuel Macron"}


@pytest.mark.parametrize(
    ("text", "kind", "names"),
    [
        ("Angela Merkel met Emmanuel Macron in Paris on Monday.", MEETING, BOTH),
        ("Angela Merkel met with Emmanuel Macron and Giuseppe Conte.", MEETING, {*BOTH, "Giuseppe Conte"}),
        ("Angela Merkel and Emmanuel Macron held talks in Rome.", TALKS, BOTH),
        ("Angela Merkel's talks with Emmanuel Macron went on all night.", TALKS, BOTH),
        ("Talks between Angela Merkel and Emmanuel Macron ended in Rome.", TALKS, BOTH),
        ("Angela Merkel spoke by telephone with Emmanuel Macron.", CALL, BOTH),
        ("After talks with Emmanuel Macron in Rome, Angela Merkel flew home.", TALKS, BOTH),
        ("Angela Merkel visited Ankara last week.", VISIT, {"Angela Merkel"}),
        ("Angela Merkel arrived in Ankara.", VISIT, {"Angela Merkel"}),
        ("Angela Merkel sent Heiko Maas to Tehran.", VISIT, {"Heiko Maas"}),
        ("Angela Merkel wrapped up her trip to Ankara.", VISIT, {"Angela Merkel"}),
        ("Angela Merkel and Emmanuel Macron held a press conference.", PRESS, BOTH),
        ("Angela Merkel laid a wreath at the memorial.", EngagementKind.CEREMONY, {"Angela Merkel"}),
    ],
)  # fmt: skip
def test_engagements_are_found_with_who_took_part(
    text: str, kind: EngagementKind, names: set[str], language_model: LanguageModel
) -> None:
    events = [event for event in read(text, language_model).events if event.kind is kind]
    assert len(events) == 1
    assert find_names(events[0]) == names


@pytest.mark.parametrize(
    "text",
    [
        "The rules meet the demands of the committee.",
        "The crowd met Angela Merkel with eggs.",
        "The opposition will not start talks without conditions.",
        "Angela Merkel often meets with business leaders.",
        "Voters went to the polls on Sunday.",
        "Emmanuel Macron called Angela Merkel a friend.",
        "Both sides said that talks are the only way.",
        "Emmanuel Macron received a letter.",
        "The proposal met with criticism.",
    ],
)
def test_generic_words_are_no_engagements(text: str, language_model: LanguageModel) -> None:
    assert read(text, language_model).events == ()


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Angela Merkel met Emmanuel Macron.", Status.HAPPENED),
        ("Angela Merkel is visiting Ankara.", Status.ONGOING),
        ("Angela Merkel has arrived in Ankara.", Status.ONGOING),
        ("Angela Merkel will meet Emmanuel Macron.", Status.PLANNED),
        ("Angela Merkel is to meet Emmanuel Macron.", Status.PLANNED),
        ("Angela Merkel is expected to meet Emmanuel Macron.", Status.EXPECTED),
        ("Angela Merkel may meet Emmanuel Macron.", Status.POSSIBLE),
        ("Angela Merkel wants to meet Emmanuel Macron.", Status.POSSIBLE),
        ("Angela Merkel did not meet Emmanuel Macron.", Status.DENIED),
        ("Angela Merkel refused to meet Emmanuel Macron.", Status.DENIED),
        ("Angela Merkel cancelled her visit to Ankara.", Status.CANCELLED),
        ("Angela Merkel's visit to Ankara was called off.", Status.CANCELLED),
        ("Angela Merkel had the opportunity to meet Emmanuel Macron.", Status.HAPPENED),
        ("Angela Merkel meets Emmanuel Macron on 30 November 2019.", Status.PLANNED),
        ("Upcoming talks between Angela Merkel and Emmanuel Macron are on trade.", Status.PLANNED),
    ],
)
def test_status_follows_tense_modality_and_negation(text: str, status: Status, language_model: LanguageModel) -> None:
    assert [event.status for event in read(text, language_model).events] == [status]


def test_date_and_place_are_those_of_the_clause(language_model: LanguageModel) -> None:
    text = "Angela Merkel said on Tuesday that she had met Emmanuel Macron in Rome on 4 March 2019."
    event = read(text, language_model).events[0]
    assert event.date is not None
    assert event.date.edtf == "2019-03-04"
    assert event.place is not None
    assert event.place.name == "Rome"


def test_two_dates_of_a_visit_are_two_visits(language_model: LanguageModel) -> None:
    events = read("Angela Merkel visited Turkey in March and June 2018.", language_model).events
    assert [event.date.edtf for event in events if event.date] == ["2018-03", "2018-06"]
    assert len({event.id for event in events}) == 2
    assert [event.same_as for event in events] == [None, None]


def test_meetings_with_two_are_two_meetings(language_model: LanguageModel) -> None:
    events = read("Angela Merkel spoke in meetings with Emmanuel Macron and Giuseppe Conte.", language_model).events
    assert [find_names(event) for event in events] == [
        {"Angela Merkel", "Emmanuel Macron"},
        {"Angela Merkel", "Giuseppe Conte"},
    ]


def test_later_words_for_a_visit_are_the_same_visit(language_model: LanguageModel) -> None:
    text = "Angela Merkel visited Ankara on Monday. Her trip was short. The visit was her third to Turkey."
    first, *others = read(text, language_model).events
    assert len(others) == 2
    assert [event.same_as for event in others] == [first.id, first.id]


def test_an_earlier_visit_is_another_one(language_model: LanguageModel) -> None:
    text = "Angela Merkel is visiting Ankara. She previously visited Turkey in 2016. The visit was announced."
    now, earlier, again = read(text, language_model).events
    assert earlier.same_as is None
    assert again.same_as == now.id


def test_a_sentence_printed_twice_is_one_mention(language_model: LanguageModel) -> None:
    caption = "Angela Merkel met Emmanuel Macron at a summit in Rome in March."
    events = read(f"{caption}\n\n{caption}", language_model).events
    assert {event.id for event in events if event.same_as is None} == {event.id for event in events[: len(events) // 2]}


def test_what_is_told_to_lie_within_has_a_parent(language_model: LanguageModel) -> None:
    text = "Angela Merkel arrived in Ankara. During her visit, Angela Merkel met Recep Erdogan."
    visit, _, meeting = read(text, language_model).events
    assert meeting.parent == visit.id


def test_a_colon_tells_the_parts_of_the_talks(language_model: LanguageModel) -> None:
    text = "The talks on 14 October were long: Angela Merkel's meeting with Xi Jinping lasted six hours."
    talks, meeting = read(text, language_model).events
    assert meeting.parent == talks.id
    assert meeting.date == talks.date


def test_who_stayed_away_is_absent(language_model: LanguageModel) -> None:
    text = "Heiko Maas was not invited to take part in the talks between Angela Merkel and Emmanuel Macron."
    event = read(text, language_model).events[0]
    assert find_names(event, Role.ABSENT) == {"Heiko Maas"}
    assert find_names(event, Role.PARTICIPANT) == {"Angela Merkel", "Emmanuel Macron"}
    assert event.status is Status.HAPPENED


def test_who_receives_is_the_host(language_model: LanguageModel) -> None:
    event = read("The talks hosted by Angela Merkel ended before dawn.", language_model).events[0]
    assert find_names(event, Role.HOST) == {"Angela Merkel"}


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("Angela Merkel made a two-day visit to Ankara.", Property.DURATION, "two-day"),
        ("Angela Merkel's talks with Emmanuel Macron lasted six hours.", Property.DURATION, "six hours"),
        ("Angela Merkel's talks with Emmanuel Macron ended just before noon.", Property.END, "just before noon"),
        ("Angela Merkel paid her first visit to Ankara.", Property.ORDINAL, "first visit to Ankara"),
        ("Angela Merkel and Emmanuel Macron held constructive talks.", Property.MOOD, "constructive talks"),
        ("Angela Merkel and Emmanuel Macron held talks on fishing rights.", Property.TOPIC, "fishing rights"),
        ("Angela Merkel met Xi Jinping. They agreed to cut tariffs.", Property.RESULT, "They agreed to cut tariffs"),
    ],
)  # fmt: skip
def test_assertions_keep_the_words(text: str, kind: Property, value: str, language_model: LanguageModel) -> None:
    assertions = [a for event in read(text, language_model).events for a in event.assertions if a.property is kind]
    assert [a.value for a in assertions] == [value]
    assert assertions[0].evidence.quote == value


def test_just_as_long_takes_the_duration_told_before(language_model: LanguageModel) -> None:
    text = "Angela Merkel's meeting with Xi Jinping lasted six hours, her meeting with Shinzo Abe was just as long."
    durations = [
        a for event in read(text, language_model).events for a in event.assertions if a.property is Property.DURATION
    ]
    assert [(a.value, a.evidence.quote) for a in durations] == [
        ("six hours", "six hours"),
        ("six hours", "just as long"),
    ]


def test_comments_and_notices_are_not_searched(language_model: LanguageModel) -> None:
    text = "Angela Merkel met Emmanuel Macron."
    for part in (PartKind.COMMENT, PartKind.NOTICE):
        assert read(text, language_model, Part(part, 0, len(text))).events == ()


NAMES = st.sampled_from(["Angela Merkel", "Shinzo Abe", "the envoy", "NATO", "«Rossiya»", "it"])
VERBS = st.sampled_from(
    ["met", "will visit", "has arrived in", "called", "skipped the talks with", "held a summit with"]
)
ENDS = st.sampled_from([".", " on Monday.", " in Oslo, which lasted.", "’s visit", "\u00a0— no", ""])


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(NAMES, VERBS, NAMES, ENDS), min_size=1, max_size=3))
def test_every_row_rests_on_words_of_the_text(
    language_model: LanguageModel, clauses: list[tuple[str, str, str, str]]
) -> None:
    text = " ".join(f"{a} {verb} {b}{end}" for a, verb, b, end in clauses)
    told = read(text, language_model)
    ids = {event.id for event in told.events}
    assert len(ids) == len(told.events)
    for event in told.events:
        assert event.same_as is None or event.same_as in ids
        assert event.parent is None or event.parent in ids
        assert len(event.evidence.quote) <= 300
        assert event.evidence.start <= event.trigger.start < event.trigger.end <= event.evidence.end
        rows = [event.trigger, event.evidence, *(a.evidence for a in event.assertions)]
        rows += [e for p in event.participants for e in p.evidence] + list(event.place.evidence if event.place else ())
        assert all(text[e.start : e.end] == e.quote for e in rows)
    assert told.events == read(text, language_model).events
