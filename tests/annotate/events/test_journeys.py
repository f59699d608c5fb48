"""Plain sentences of journeys (``journeys.toml``): the days, the town and everybody who took part, no others.

What the rules have wrong is marked there, so that this test tells when that changes. ``journeys_apart.toml`` holds
sentences on which the rules were not tuned.
"""

from __future__ import annotations

import pytest

from communique.annotate.language_model import LanguageModel
from communique.model import EngagementKind
from tests.annotate.events.engagement_texts import find_names, read
from tests.annotate.events.journey_rows import Row, find_engaged, find_faults, load_rows

ROWS = [*load_rows("journeys.toml"), *load_rows("journeys_apart.toml")]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.group}: {row.text[:60]}")
def test_a_sentence_tells_when_where_and_who(row: Row, language_model: LanguageModel) -> None:
    found = find_engaged(row, language_model)
    assert find_faults(row, found) == row.wrong, found


def test_few_sentences_are_read_wrongly() -> None:
    assert sum(bool(row.wrong) for row in ROWS) <= 0.05 * len(ROWS)


@pytest.mark.parametrize(
    "text",
    [
        "Angela Merkel was in Rome.",
        "Angela Merkel was in power on Monday.",
        "Angela Merkel was not in Rome on Monday.",
        "Angela Merkel was in Rome in her youth.",
        "Angela Merkel spent years in Rome.",
        "The treaty was in Rome on Monday.",
        "Angela Merkel saw President Emmanuel Macron.",
        "Angela Merkel saw President Emmanuel Macron on television on Monday.",
        "Angela Merkel saw President Emmanuel Macron as a rival in Rome.",
        "Angela Merkel saw Emmanuel Macron, a clerk, in Rome.",
        "Angela Merkel talked with President Emmanuel Macron.",
        "Angela Merkel talked with reporters in Rome.",
    ],
)
def test_presence_and_sight_alone_are_no_engagements(text: str, language_model: LanguageModel) -> None:
    assert read(text, language_model).events == ()


def test_a_meeting_lies_in_the_journey_of_its_sentence(language_model: LanguageModel) -> None:
    text = "Angela Merkel was in Rome from 3 to 5 June 2019 and met President Emmanuel Macron."
    visit, meeting = read(text, language_model).events
    assert (visit.kind, meeting.kind) == (EngagementKind.VISIT, EngagementKind.MEETING)
    assert meeting.parent == visit.id
    assert meeting.place is not None
    assert meeting.place.name == "Rome"
    assert meeting.date is None  # on one of the days of the visit


@pytest.mark.parametrize(
    "text",
    [
        "Angela Merkel visited Rome before meeting Emmanuel Macron in Paris.",
        "Angela Merkel left for Rome and met Emmanuel Macron.",
        "Angela Merkel visited Rome on 3 June 2019. She met Emmanuel Macron.",
        "Angela Merkel visited Rome and telephoned Emmanuel Macron.",
    ],
)
def test_what_was_elsewhere_is_no_part_of_a_journey(text: str, language_model: LanguageModel) -> None:
    events = read(text, language_model).events
    meeting = next(event for event in events if "Emmanuel Macron" in find_names(event))
    assert meeting.parent is None
    assert meeting.place is None or meeting.place.name == "Paris"
