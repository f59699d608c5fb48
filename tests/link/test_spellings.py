"""One person in two spellings, two persons with one name, names that only look alike."""

from __future__ import annotations

import pytest

from communique.link import link
from communique.link.spellings import find_scripts, make_skeleton
from communique.model import Entity, EntityKind, Reading
from tests.link.build import Report

MINISTER = ("Foreign Minister", "Iran")


def speak(name: str, words: str, office: tuple[str, str | None] | None = None) -> Reading:
    return Report(f"{name} {words}.", "2024-05-01").knows(name, office=office).read()


def persons_of(*readings: Reading) -> list[Entity]:
    return [row for row in link(readings).entities if row.kind is EntityKind.PERSON]


def test_two_spellings_with_one_office_are_one_person() -> None:
    (person,) = persons_of(speak("Abbas Araghchi", "spoke", MINISTER), speak("Abbas Araqchi", "left", MINISTER))
    assert person.names == ("Abbas Araghchi", "Abbas Araqchi")
    assert "spellings of one surname, same given name, same office" in person.reasons


@pytest.mark.parametrize(
    "other",
    [
        speak("Abbas Araqchi", "left"),  # nothing supports it
        speak("Abbas Araqchi", "left", ("Foreign Minister", "Oman")),
        speak("Abbas Araqchi", "left", ("Ambassador", "Iran")),
        speak("Ali Araqchi", "left", MINISTER),
        speak("Abbas Arani", "left", MINISTER),
    ],
)
def test_likeness_alone_joins_nothing(other: Reading) -> None:
    assert len(persons_of(speak("Abbas Araghchi", "spoke", MINISTER), other)) == 2


def test_namesakes_with_one_title_in_two_states_stay_apart() -> None:
    rows = persons_of(
        speak("Jan Berg", "spoke", ("President", "Norway")), speak("Jan Berg", "left", ("President", "Austria"))
    )
    assert [row.name for row in rows] == ["Jan Berg", "Jan Berg"]
    assert len({row.id for row in rows}) == 2


def test_another_office_later_is_the_same_person() -> None:
    rows = persons_of(
        speak("Ana Ruiz", "spoke", ("Spokeswoman", "Portugal")), speak("Ana Ruiz", "left", ("Minister", "Portugal"))
    )
    assert len(rows) == 1


def test_an_ambassador_told_by_sender_and_by_host_is_one_person() -> None:
    one, other = ("Ambassador", "Norway"), ("Ambassador", "Austria")
    assert len(persons_of(speak("Ana Ruiz", "spoke", one), speak("Ana Ruiz", "left", other))) == 1


def test_a_name_of_mixed_scripts_is_flagged_and_stays_apart() -> None:
    linked = link([speak("Sergei Lavrov", "spoke"), speak("Serg\u0435i Lavrov", "left")])
    assert len([row for row in linked.entities if row.kind is EntityKind.PERSON]) == 2
    assert ["Cyrillic and Latin" in row.reason for row in linked.problems] == [True]


def test_accents_are_no_other_script() -> None:
    assert find_scripts("José Núñez") == ("Latin",)
    assert find_scripts("Сергей Лавров") == ("Cyrillic",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Araghchi", "Araqchi"),
        ("Gaddafi", "Qaddafi"),
        ("Zarif", "Zareef"),
        ("Khatami", "Hatami"),
        ("Mubarak", "Moubarak"),
    ],
)
def test_spellings_of_one_surname_have_one_skeleton(one: str, other: str) -> None:
    assert make_skeleton(one) == make_skeleton(other)
