"""Two written names: one person's, perhaps one person's, two persons'."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.text.names import (
    Verdict,
    compare_person_names,
    find_group_kinds,
    fold_name,
    get_skeleton,
    is_acronym_of,
    is_generic_organization,
    parse_person_name,
)

SAME, COMPATIBLE, DIFFERENT = Verdict.SAME, Verdict.COMPATIBLE, Verdict.DIFFERENT


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Sergei Ivanov", "Sergey Ivanov"),
        ("Dmitry Orlov", "Dmitri Orlov"),
        ("Dmitriy Orlov", "Dmitrij Orlov"),
        ("Yuri Belov", "Yury Belov"),
        ("Iurii Belov", "Yuriy Belov"),
        ("Fyodor Lukin", "Fedor Lukin"),
        ("Lyudmila Alexeeva", "Ludmila Alekseyeva"),
        ("Arseniy Yatsenko", "Arseni Iatsenko"),
        ("Andrei Zelinsky", "Andrey Zelinskiy"),
        ("Hassan al-Masri", "Hasan Masri"),
        ("Hassan el-Masri", "Hassan Al Masri"),
        ("Mohammed Karim", "Muhammad Karim"),
        ("Muammar Gaddafi", "Moammar Qadhafi"),
        ("Enrique Peña Soto", "Enrique Pena Soto"),
        ("Åse Sørensen", "Ase Sorensen"),
        ("John F Baker", "John Baker"),
        ("John F. Baker", "John F Baker"),
        ("Ivan Petrovich Sidorov", "Ivan Sidorov"),
        ("Orlov, Dmitry", "Dmitry Orlov"),
        ("Orlov Dmitry", "Dmitry Orlov"),
        ("President Anna Weber", "Anna Weber"),
        ("Mr. Paul Novak", "Paul Novak"),
        ("Deputy Foreign Minister Paul Novak", "Secretary of State Paul Novak"),
        ("Kim Song-min", "Kim Song Min"),
        ("Tom Reed Jr.", "Tom Reed Jr"),
    ],
)
def test_spellings_and_titles_do_not_tell_persons_apart(a: str, b: str) -> None:
    assert compare_person_names(a, b).verdict is SAME


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Baker", "John Baker"),
        ("Secretary Baker", "John Baker"),
        ("J. Baker", "John Baker"),
        ("Bill Marsh", "William Marsh"),
        ("Tom Reed", "Thomas Reed"),
        ("Volodymyr Koval", "Vladimir Koval"),
        ("Peña Soto", "Enrique Peña Soto"),
        ("Xi", "Xi Laoshi"),
        ("Laoshi", "Xi Laoshi"),
        ("Javad Amiri", "Mohammad Javad Amiri"),
    ],
)
def test_parts_and_short_forms_may_be_one_person(a: str, b: str) -> None:
    assert compare_person_names(a, b).verdict is COMPATIBLE


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Bill Marsh", "Hillary Marsh"),
        ("Mr Marsh", "Mrs Marsh"),
        ("George W. Stone", "George H.W. Stone"),
        ("Tom Reed Jr", "Tom Reed Sr"),
        ("Kim Song Un", "Kim Song Il"),
        ("Mikhail Bogdanov", "Mikhail Bogatov"),
        ("Wang Yi", "Wang Jun"),
        ("Baker", "Becker"),
        ("A. Baker", "John Baker"),
        ("", "Baker"),
    ],
)
def test_resemblance_makes_nobody_one(a: str, b: str) -> None:
    assert compare_person_names(a, b).verdict is DIFFERENT


def test_the_reason_is_said() -> None:
    assert compare_person_names("Tom Reed", "Thomas Reed").reason == "close forms of one given name"
    assert compare_person_names("Fyodor Lukin", "Fedor Lukin").reason == "same given name, spelled differently"


def test_a_given_name_that_is_a_particle_elsewhere_stays() -> None:
    assert parse_person_name("Ben Carter").is_full
    assert not parse_person_name("al-Masri").is_full


def test_a_title_alone_leaves_a_word_to_compare() -> None:
    assert parse_person_name("President").words == ("president",)


def test_folding_keeps_words_apart() -> None:
    assert fold_name("  Al-Ḥasan’s  ") == "al hasan"
    assert fold_name("U.S.") == "us"


@given(st.text(max_size=30), st.text(max_size=30))
def test_the_order_makes_no_difference(a: str, b: str) -> None:
    assert compare_person_names(a, b) == compare_person_names(b, a)


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing_more(name: str) -> None:
    once = fold_name(name)
    assert fold_name(once) == once


@given(st.from_regex(r"[A-Z][a-z]{1,8} [A-Z][a-z]{1,8}", fullmatch=True))
def test_every_name_is_its_own(name: str) -> None:
    assert compare_person_names(name, name).verdict is not DIFFERENT


def test_spelling_rules_leave_short_words_alone() -> None:
    assert {get_skeleton(letter) for letter in "abcdefghijklmnoprstuvwxz"} == set("abcdefghijklmnoprstuvwxz")


@pytest.mark.parametrize(
    ("short", "long"),
    [("OSCE", "Organization for Security and Co-operation in Europe"), ("U.N.", "United Nations")],
)
def test_acronyms_begin_the_words_of_the_long_name(short: str, long: str) -> None:
    assert is_acronym_of(short, long)


@pytest.mark.parametrize(
    ("short", "long"), [("Oslo", "Organisation of Small Lakes Online"), ("NATO", "Nordic Council")]
)
def test_other_words_are_no_acronyms(short: str, long: str) -> None:
    assert not is_acronym_of(short, long)


def test_generic_names_do_not_say_whose_they_are() -> None:
    assert is_generic_organization("Foreign Ministry")
    assert not is_generic_organization("Norwegian Foreign Ministry")


def test_groups_have_kinds() -> None:
    assert find_group_kinds("prominent human rights activists") == {"civil society"}
    assert find_group_kinds("some people") == frozenset()
