"""Agenda items: issue, phase and voice, whatever the wording."""

from __future__ import annotations

import pytest

from communique.annotate.language_model import LanguageModel
from communique.annotate.ledgers.agenda import find_agenda
from communique.model import AgendaItem, Phase, Statement, VoiceKind
from tests.annotate.events.engagement_texts import Told, read, say

MET = "Angela Merkel met Emmanuel Macron in Rome. "


def find(told: Told, *statements: Statement) -> tuple[AgendaItem, ...]:
    return find_agenda(told.parsed, told.actors, told.events, statements)


@pytest.mark.parametrize(
    ("text", "phase", "issues"),
    [
        ("They discussed fishing rights and the border row.", Phase.ADDRESSED, {"fishing rights", "border row"}),
        ("The talks between them focused on grain exports.", Phase.ADDRESSED, {"grain exports"}),
        ("The main topic of the meeting was the drought in Kenya.", Phase.ADDRESSED, {"drought in Kenya"}),
        ("Grain exports topped the agenda.", Phase.ADDRESSED, {"Grain exports"}),
        ("Angela Merkel is expected to discuss grain exports.", Phase.EXPECTED, {"grain exports"}),
        ("Grain, the war in Mali, and fish are to be discussed.", Phase.EXPECTED, {"Grain", "war in Mali", "fish"}),
        ("Angela Merkel did not address the border dispute.", Phase.AVOIDED, {"border dispute"}),
        ("The question of the border was avoided.", Phase.AVOIDED, {"border"}),
        ("Not a word was said about fishing rights.", Phase.AVOIDED, {"fishing rights"}),
        ("Angela Merkel raised the issue of fishing rights.", Phase.ADDRESSED, {"fishing rights"}),
        ("Angela Merkel and Emmanuel Macron held talks on grain exports.", Phase.ADDRESSED, {"grain exports"}),
    ],
)  # fmt: skip
def test_issues_and_phases(text: str, phase: Phase, issues: set[str], language_model: LanguageModel) -> None:
    found = find(read(MET + text, language_model))
    assert {item.issue for item in found} == issues
    assert {item.phase for item in found} == {phase}


@pytest.mark.parametrize(
    "text",
    [
        "The two leaders discussed several bilateral issues.",
        "Angela Merkel addressed reporters.",
        "Angela Merkel raised taxes.",
        "They discussed it.",
    ],
)
def test_phrases_that_name_no_issue(text: str, language_model: LanguageModel) -> None:
    assert find(read(MET + text, language_model)) == ()


def test_an_item_belongs_to_the_engagement_of_its_sentence(language_model: LanguageModel) -> None:
    told = read(
        "Angela Merkel visited Ankara. Later Angela Merkel met Shinzo Abe to discuss fishing quotas.", language_model
    )
    (item,) = find(told)
    assert item.engagement == told.events[1].id
    assert told.document.text[item.evidence[0].start : item.evidence[0].end] == item.evidence[0].quote
    assert "fishing quotas" in item.evidence[0].quote


def test_the_voice_is_the_speaker_s_within_a_statement(language_model: LanguageModel) -> None:
    words = "Angela Merkel and Emmanuel Macron discussed fishing rights"
    told = read(f"{MET}Heiko Maas said {words}.", language_model)
    (own,) = find(told)
    (said,) = find(told, say(told, words, "Heiko Maas"))
    assert own.voice.kind is VoiceKind.PUBLISHER
    assert (said.voice.kind, said.voice.name) == (VoiceKind.SPEAKER, "Heiko Maas")


def test_a_list_without_end_is_cut(language_model: LanguageModel) -> None:
    endless = ", ".join(["grain", "fish", "timber", "copper"] * 100)
    found = find(read(f"{MET}Angela Merkel and Emmanuel Macron discussed {endless} and salt.", language_model))
    assert 0 < len(found) <= 20
