"""Issues under one name: when two wordings are one, when one is part of another, and never by likeness."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.link.issue_keys import is_named, make_key, read_words, strip_modifiers
from communique.link.issue_outcomes import Cell, Outcome, Told, find_outcomes, read_silence
from communique.link.issues import link_issues
from communique.model import AgendaItem, Phase, Voice, VoiceKind
from tests.factory import cite, make_document

TEXT = make_document("They talked about the matter.", "report.txt")


def make_item(issue: str, number: int = 0) -> AgendaItem:
    voice = Voice(VoiceKind.PUBLISHER)
    evidence = (cite(TEXT, "the matter"),)
    return AgendaItem(f"agd-{number}", TEXT.id, None, issue, Phase.ADDRESSED, voice, evidence)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("missile defence", "European missile shield"),
        ("the war in Yemen", "Yemeni crisis"),
        ("Yemen", "ongoing civil war in Yemen"),
        ("Iran's nuclear programme", "nuclear standoff with Iran"),
        ("counter-terrorism", "cooperation in the fight against terrorism"),
        ("human rights", "thorny human rights issues"),
        ("adoption of Kenyan children by Danes", "Kenyan orphans adopted by Danish couples"),
        ("bilateral trade", "trade relations"),
        ("Kashmir", "the Kashmir conflict"),
        ("U.S. elections", "American election"),
    ],
)
def test_wordings_of_one_issue(one: str, other: str) -> None:
    assert make_key(one) == make_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Iran", "Iran's nuclear programme"),
        ("trade", "free trade"),
        ("trade", "trade unions"),
        ("sanctions", "sanctions against Syria"),
        ("relations with Turkey", "Turkey"),
        ("turkey", "Turkey"),
        ("fishing rights", "human rights"),
        ("North Korea", "South Korea"),
        ("missile defense", "missile tests"),
        ("war in Yemen", "trade war"),
        ("adoption of Kenyan children by Danes", "adoption of Kenyan children by Swedes"),
    ],
)
def test_wordings_of_two_issues(one: str, other: str) -> None:
    assert make_key(one) != make_key(other)


def test_an_issue_has_the_shortest_name_and_all_names() -> None:
    issues, items = link_issues([make_item("ongoing civil war in Yemen"), make_item("Yemen", 1), make_item("grain", 2)])
    assert [item.issue for item in items] == ["Yemen", "Yemen", "grain"]
    assert {row.name: row.names for row in issues.rows} == {
        "Yemen": ("ongoing civil war in Yemen", "Yemen"),
        "grain": ("grain",),
    }


def test_what_is_part_of_a_wider_issue_points_to_it() -> None:
    issues, _ = link_issues([make_item("Iran's nuclear programme"), make_item("Iran", 1), make_item("nuclear file", 2)])
    by_name = {row.name: row for row in issues.rows}
    narrow = by_name["Iran's nuclear programme"]
    assert set(narrow.broader) == {by_name["Iran"].id, by_name["nuclear file"].id}
    assert by_name["Iran"].broader == ()


@given(st.permutations(["Yemen", "war in Yemen", "grain", "Iran", "Iran's nuclear programme", "thorny trade issues"]))
def test_order_makes_no_difference(names: list[str]) -> None:
    items = [make_item(name) for name in names]
    assert link_issues(items)[0] == link_issues(sorted(items, key=lambda item: item.issue))[0]


@given(st.text(max_size=60))
def test_any_wording_has_a_key_that_modifiers_do_not_change(wording: str) -> None:
    assert make_key(strip_modifiers(wording)) == make_key(wording)


@pytest.mark.parametrize(
    ("issue", "text", "cell"),
    [
        ("fishing rights", "They met for an hour. Fishermen waited outside.", Cell.NAMED),
        ("fishing rights", "They met for an hour.", Cell.NOT_MENTIONED),
        ("war in Yemen", "Sanaa was quiet.", Cell.NAMED),
        ("Iran's nuclear programme", "They spoke of Iran.", Cell.NAMED),
        ("counterterrorism", "He condemned the bombings.", Cell.NAMED),
        ("counterterrorism", "The cook was praised.", Cell.NOT_MENTIONED),
        ("price of salt", "The price of bread rose.", Cell.NOT_MENTIONED),
    ],
)
def test_a_report_is_silent_only_where_nothing_may_name_the_issue(issue: str, text: str, cell: Cell) -> None:
    assert read_silence([issue], read_words(text)) is cell
    assert is_named(make_key(issue), read_words(text)) is (cell is Cell.NAMED)


def outcome_of(told: list[Told], texts: dict[str, str], kin: dict[str, list[str]] | None = None) -> object:
    words = {name: read_words(text) for name, text in texts.items()}
    found = find_outcomes(told, texts, {}, kin or {}, words)
    return found[told[0].issue]


EXPECTED = Told("grain", Phase.EXPECTED, "before")


def test_what_came_of_an_expected_issue() -> None:
    silent = {"before": "Grain was expected.", "after": "They met."}
    assert outcome_of([EXPECTED], silent) == (Outcome.NO_OUTCOME, ("after",))
    assert outcome_of([EXPECTED], {"before": "Grain was expected."}) == (Outcome.NO_REPORT, ())
    assert outcome_of([EXPECTED], silent | {"after": "No grain came."}) == (Outcome.NAMED, ("after",))
    addressed = Told("grain", Phase.ADDRESSED, "after")
    assert outcome_of([EXPECTED, addressed], silent) == (Outcome.ADDRESSED, ("after",))
    avoided = Told("grain", Phase.AVOIDED, "other")
    assert outcome_of([EXPECTED, addressed, avoided], silent) == (Outcome.BOTH, ("after", "other"))
    wider = Told("food", Phase.ADDRESSED, "after")
    assert outcome_of([EXPECTED, wider], silent, {"grain": ["food"]}) == (Outcome.KIN_ADDRESSED, ("after",))
