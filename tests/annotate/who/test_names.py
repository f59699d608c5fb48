"""Which words are a name, and of what kind."""

from __future__ import annotations

import pytest

from communique.annotate.language_model import LanguageModel
from communique.annotate.parse import parse
from communique.annotate.who.names import find_names
from communique.model import EntityKind
from tests.annotate.who.reading import make_document


def find(text: str, model: LanguageModel, kind: EntityKind) -> list[str]:
    return [name.text for name in find_names(parse(make_document(text), model)) if name.kind is kind]


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("John F. Tolan met Ursula von der Heide.", ["John F. Tolan", "Ursula von der Heide"]),
        ("Mahmoud al-Rashid spoke to reporters.", ["Mahmoud al-Rashid"]),
        ("The report was written by Alex GORDON.", ["Alex GORDON"]),
        ("Amb. Rosa Klein and Gov. Tim Hale were there.", ["Rosa Klein", "Tim Hale"]),
        ("Foreign Minister Sergei Antonov's visit was short.", ["Sergei Antonov"]),
        ("Whether Antonov will come is open. Igor Antonov said nothing.", ["Antonov", "Igor Antonov"]),
        ("President-elect Dana Roth spoke.", ["Dana Roth"]),
    ],
)
def test_names_of_persons_are_whole_and_bare_of_titles(
    text: str, persons: list[str], language_model: LanguageModel
) -> None:
    assert find(text, language_model, EntityKind.PERSON) == persons


def test_a_title_makes_a_person_of_an_unknown_name(language_model: LanguageModel) -> None:
    text = "Minister Okonkwo-Bello arrived. Okonkwo-Bello did not speak."
    assert "Okonkwo-Bello" in find(text, language_model, EntityKind.PERSON)[0]


def test_headlines_do_not_lengthen_names(language_model: LanguageModel) -> None:
    text = "Antonov Gets Cold Welcome in Oslo\n\nIgor Antonov arrived in Oslo on Monday. Antonov was met by few."
    assert find(text, language_model, EntityKind.PERSON) == ["Antonov", "Igor Antonov", "Antonov"]


@pytest.mark.parametrize(
    ("text", "instruments"),
    [
        ("Both signed the Vienna agreement.", ["Vienna agreement"]),
        ("They spoke of the Dahl-Weber list.", ["Dahl-Weber list"]),
        ("A U.S. law forbids it.", []),
        ("It was decided at the Republican National Convention.", []),
        ("She works at the Southern Equal Law Center.", []),
    ],
)
def test_instruments_by_their_head(text: str, instruments: list[str], language_model: LanguageModel) -> None:
    assert find(text, language_model, EntityKind.INSTRUMENT) == instruments


def test_headlines_make_no_instruments(language_model: LanguageModel) -> None:
    assert find("Minister Off the Guest List Again", language_model, EntityKind.INSTRUMENT) == []


def test_adjectives_and_pairs_of_states_are_no_places(language_model: LanguageModel) -> None:
    text = "U.S.-Russian relations and U.S.-Russia trade were discussed by Russian experts."
    assert find(text, language_model, EntityKind.PLACE) == []


def test_a_longer_organisation_is_kept_over_the_place_inside(language_model: LanguageModel) -> None:
    text = "The Moscow Helsinki Group protested."
    assert find(text, language_model, EntityKind.ORGANIZATION) == ["Moscow Helsinki Group"]
    assert find(text, language_model, EntityKind.PLACE) == []


def test_one_kind_for_one_form(language_model: LanguageModel) -> None:
    text = "Orion Corp. said sales fell. Orion closed two plants. The shares of Orion fell."
    assert find(text, language_model, EntityKind.PERSON) == []
