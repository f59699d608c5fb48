"""The offices of persons: (office, organisation, former) as a text tells them."""

from __future__ import annotations

import pytest

from communique.annotate.language_model import LanguageModel
from tests.annotate.who.reading import find

AFFAIRS = "Assistant Secretary of State for European and Eurasian Affairs"


@pytest.mark.parametrize(
    ("text", "person", "offices"),
    [
        # before the name
        ("Russian Foreign Minister Igor Antonov spoke.", "Igor Antonov", [("Foreign Minister", "Russia", False)]),
        ("US State Secretary Ruth Baker spoke.", "Ruth Baker", [("Secretary of State", "United States", False)]),
        ("Kremlin spokesman Oleg Sobol spoke.", "Oleg Sobol", [("Spokesman", "Kremlin", False)]),
        ("Former Prime Minister Lars Holm spoke.", "Lars Holm", [("Prime Minister", None, True)]),
        ("Then-President Lars Holm spoke.", "Lars Holm", [("President", None, True)]),
        ("President-elect Dana Roth spoke.", "Dana Roth", [("President-elect", None, False)]),
        (
            "U.S. Ambassador to Latvia John Tolan spoke.",
            "John Tolan",
            [("Ambassador to Latvia", "United States", False)],
        ),
        ("Okoro saw the king, then Prime Minister Lars Holm.", "Lars Holm", [("Prime Minister", None, False)]),
        # behind it
        ("Maria Lopez, the assistant secretary of state for European and Eurasian Affairs, spoke.", "Maria Lopez",
         [(AFFAIRS, None, False)]),
        ("Igor Petrov, head of the Senate Foreign Relations Committee, spoke.", "Igor Petrov",
         [("Head of the Senate Foreign Relations Committee", "Senate Foreign Relations Committee", False)]),
        ("John Tolan, the US ambassador to Moscow, spoke.", "John Tolan",
         [("Ambassador to Moscow", "United States", False)]),
        ("Peter Dahl, who is foreign minister of Norway, spoke.", "Peter Dahl",
         [("Foreign Minister of Norway", "Norway", False)]),
        # as a predicate
        ("Peter Dahl served as ambassador to Paris.", "Peter Dahl", [("Ambassador to Paris", None, False)]),
        # none
        ("His predecessor, Clara Meyer, was absent.", "Clara Meyer", []),
        ("Peter Dahl is not the minister.", "Peter Dahl", []),
        ("General elections were won by Peter Dahl.", "Peter Dahl", []),
    ],
)  # fmt: skip
def test_offices(
    text: str, person: str, offices: list[tuple[str, str | None, bool]], language_model: LanguageModel
) -> None:
    referent = next(r for r in find(text, language_model).referents.values() if r.name == person)
    assert [(office.office, office.organization, office.former) for office in referent.offices] == offices


def test_a_shared_title_is_given_to_both(language_model: LanguageModel) -> None:
    actors = find("Presidents Ivan Orlov and Sean Hill agreed.", language_model)
    held = {r.name: [office.office for office in r.offices] for r in actors.referents.values()}
    assert held == {"Ivan Orlov": ["President"], "Sean Hill": ["President"]}


def test_a_short_form_gives_way_to_the_full_one(language_model: LanguageModel) -> None:
    text = "Foreign Minister Igor Antonov arrived. Minister Antonov did not speak."
    (person,) = find(text, language_model).referents.values()
    assert [office.office for office in person.offices] == ["Foreign Minister"]


def test_the_evidence_is_the_office_in_the_text(language_model: LanguageModel) -> None:
    text = "Later the former Norwegian prime minister, Lars Holm, spoke."
    actors = find(text, language_model)
    person = next(r for r in actors.referents.values() if r.name == "Lars Holm")
    assert [evidence.quote for office in person.offices for evidence in office.evidence] == [
        "former Norwegian prime minister"
    ]
