"""Names that the tables know, as they stand in a sentence."""

from __future__ import annotations

import pytest

from communique.annotate.language_model import LanguageModel
from communique.annotate.parse import parse
from communique.annotate.who.gazetteer import get_gazetteer, match_names
from communique.model import EntityKind
from tests.annotate.who.reading import make_document


def match(text: str, model: LanguageModel) -> list[tuple[str, str]]:
    """(words in the text, name in the tables) of what is found."""
    (block,) = parse(make_document(text), model).blocks
    tokens = block.tokens
    return [(tokens[first:last].text, entry.name) for first, last, entry in match_names(tokens, text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Talks in Kiev failed.", [("Kiev", "Kyiv")]),
        ("NORTH KOREA fired a missile.", [("NORTH KOREA", "North Korea")]),
        ("The US and the U.K. agreed.", [("US", "United States"), ("U.K.", "United Kingdom")]),
        ("He told us about it.", []),
        ("The UN Security Council met.", [("UN Security Council", "UN Security Council")]),
        ("Militants of al-Qaeda fled.", [("al-Qaeda", "al-Qaeda")]),
        ("It was reported by dpa on Friday.", [("dpa", "DPA")]),
    ],
)
def test_names_as_they_are_written(text: str, found: list[tuple[str, str]], language_model: LanguageModel) -> None:
    assert match(text, language_model) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They met in Nice.", [("Nice", "Nice")]),
        ("Nice words were spoken.", []),
        ("Split opinions remain.", []),
        ("It will take Time.", []),
        ("Weber told Time that she would go.", [("Time", "Time Magazine")]),
        ("An aide said in The Times that she would go.", [("Times", "Times of London")]),
        ("The times are hard.", []),
        ("According to Forbes, it is worth a billion.", [("Forbes", "Forbes magazine")]),
    ],
)
def test_ordinary_words_need_a_sign(text: str, found: list[tuple[str, str]], language_model: LanguageModel) -> None:
    assert match(text, language_model) == found


def test_an_american_state_behind_the_comma_means_another_place(language_model: LanguageModel) -> None:
    assert match("He was born in Moscow, Idaho.", language_model) == [("Idaho", "Idaho")]
    assert match("He flew to Moscow, Berlin and Rome.", language_model)[0] == ("Moscow", "Moscow")


def test_every_entry_has_a_key_of_its_own() -> None:
    gazetteer = get_gazetteer()
    by_key = {entry.key: entry for entry in gazetteer.names.values()}
    assert all(by_key[entry.key] == entry for entry in gazetteer.names.values())
    assert gazetteer.names["Tel Aviv"].kind is EntityKind.PLACE
