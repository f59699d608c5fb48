"""Values that a speaker denies, or is told not to have said, are nobody's: neither stored nor set beside others."""

from __future__ import annotations

import pytest

from communique.annotate import annotate
from communique.annotate.language_model import LanguageModel
from communique.link import link
from communique.model import Property, Reading
from communique.read.reader import read_text

_MET = "Danish Foreign Minister Per Dahl met Bolivian President Luis Rojas in Sucre on Monday. "


def read(words: str, model: LanguageModel) -> Reading:
    document = read_text(_MET + words, "0.txt", {"published": "2006-03-14", "publisher": "Coast Daily"})
    return Reading(document, annotate(document, model))


def find_told(reading: Reading, *properties: Property) -> list[tuple[str, str | None]]:
    return [
        (assertion.value, assertion.voice.name if assertion.voice else None)
        for event in reading.annotations.events
        for assertion in event.assertions
        if assertion.property in properties
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "Denmark said the meeting was warm. Bolivia denied that it was tense. Denmark said it was tense.",
            [("warm", "Denmark"), ("tense", "Denmark")],
        ),
        ("Bolivia denied that the meeting lasted two hours.", []),
        ("The Bolivian envoy did not say the talks were tense.", []),
        ("Copenhagen said the Bolivian envoy did not say the talks were tense.", []),
        ("Copenhagen said the Bolivian envoy denied that the talks were tense.", []),
        ("Copenhagen said the talks were warm.", [("warm", "Copenhagen")]),
        (
            "Copenhagen said the talks were warm, but the Bolivian envoy said they were tense.",
            [("warm", "Copenhagen"), ("tense", "Bolivian envoy")],
        ),
    ],
)
def test_what_is_denied_is_not_asserted(
    words: str, told: list[tuple[str, str | None]], language_model: LanguageModel
) -> None:
    assert find_told(read(words, language_model), Property.MOOD, Property.DURATION) == told


def test_a_denial_corroborates_nothing(language_model: LanguageModel) -> None:
    words = "Bolivia denied that the meeting was tense. Denmark said it was tense."
    linked = link([read(words, language_model)])
    assert not [row for row in linked.comparisons if row.property == Property.MOOD]


def test_denied_meeting_keeps_its_denial(language_model: LanguageModel) -> None:
    words = "Denmark said they had reached an agreement. Bolivia denied that an agreement had been reached."
    results = find_told(read(words, language_model), Property.RESULT)
    assert [voice for _, voice in results] == ["Denmark", "Bolivia"]
