"""Names that mean one and the same, and names that do not."""

from __future__ import annotations

import pytest

from communique.annotate.language_model import LanguageModel
from communique.annotate.who.referents import get_gender
from communique.model import EntityKind
from tests.annotate.who.reading import find, get_meant, read_marks


@pytest.mark.parametrize(
    "marked",
    [
        # surname alone, initials, spellings, short forms
        "Igor Antonov came. {Igor Antonov:Antonov} left.",
        "Robert J. Hill came. {Robert J. Hill:Robert Hill} left.",
        "Sergei Antonov came. {Sergei Antonov:Sergey Antonov} left.",
        "Ursula von der Heide came, and {Ursula von der Heide:von der Heide} left.",
        "Mahmoud al-Rashid came. “We stay,” {Mahmoud al-Rashid:al-Rashid} said.",
        "Xi Weiming came to Berlin. {Xi Weiming:Xi} left on Friday.",
        # a given name alone
        "Hillary Baker spoke first. Supporters cheered for {Hillary Baker:Hillary} all night.",
        # two of one surname: the paragraph's own, else who was introduced first
        "President Bill Baker spoke. Later his wife Hillary Baker spoke.\n\n{Bill Baker:Baker} smiled.",
        "President Bill Baker spoke.\n\nHillary Baker came. Then {Hillary Baker:Baker} spoke as well.",
        "President Bill Baker and Hillary Baker were there.\n\nMrs. {Hillary Baker:Baker} spoke.",
    ],
)
def test_whose_name_it_is(marked: str, language_model: LanguageModel) -> None:
    text, marks = read_marks(marked)
    actors = find(text, language_model)
    assert [get_meant(actors, span) for _, span in marks] == [label for label, _ in marks]


@pytest.mark.parametrize(
    ("text", "name", "names"),
    [
        ("The U.S. said so. America waits. The United States agreed.", "United States", 3),
        ("Orion Corp. said sales fell. Orion closed two plants.", "Orion Corp.", 2),
        ("The Northern Fishing Association (NFA) met. The NFA voted.", "Northern Fishing Association", 2),
    ],
)
def test_names_of_one_thing(text: str, name: str, names: int, language_model: LanguageModel) -> None:
    found = {r.name: r for r in find(text, language_model).referents.values()}
    assert name in found
    assert len(found[name].names) == names


def test_whose_ministry_it_is(language_model: LanguageModel) -> None:
    text = "The Latvian Foreign Ministry protested. Norway's Foreign Ministry replied. The Defense Ministry was silent."
    found = [r for r in find(text, language_model).referents.values() if r.name.endswith("Ministry")]
    assert sorted((r.name, r.territory or "") for r in found) == [
        ("Defense Ministry", ""),
        ("Foreign Ministry", "LV"),
        ("Foreign Ministry", "NO"),
    ]


def test_unlike_given_names_are_two_persons(language_model: LanguageModel) -> None:
    persons = find("Igor Antonov met Pavel Antonov.", language_model).referents.values()
    assert sorted(person.name for person in persons) == ["Igor Antonov", "Pavel Antonov"]


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("Ms. Okonkwo spoke to reporters. Okonkwo left.", "female"),
        ("Spokeswoman Adaeze Okonkwo spoke to reporters.", "female"),
        ("Igor Antonov spoke to reporters.", "male"),
        ("Minister Okonkwo spoke to reporters. Okonkwo left.", None),
    ],
)
def test_gender_as_far_as_the_text_tells(text: str, gender: str | None, language_model: LanguageModel) -> None:
    person = next(r for r in find(text, language_model).referents.values() if r.kind is EntityKind.PERSON)
    assert get_gender(person) == gender


def test_the_name_shown_is_the_fullest_of_the_text(language_model: LanguageModel) -> None:
    text = "Antonov in Oslo\n\nMr Antonov came. Alex ANTONOV is a fisherman. Antonov left."
    (person,) = [r for r in find(text, language_model).referents.values() if r.kind is EntityKind.PERSON]
    assert (person.name, person.names) == ("Alex ANTONOV", ("Alex ANTONOV", "Antonov"))
