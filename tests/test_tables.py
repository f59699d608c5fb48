"""The reviewed tables of names and offices: their shape, their order, and that a name means one thing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Any

import pytest

from communique.tables import load_table

FORMER_STATES = {"CS", "DD", "SU", "YU"}
PLACE_KINDS = {"city", "region", "venue"}
ORGANIZATION_KINDS = {"organization", "government"}
MEDIA_KINDS = {"agency", "newspaper", "broadcaster", "magazine", "website", "network"}
OFFICE_LEVELS = {"head", "minister", "deputy", "senior", "official"}
TAILS = {"of", "for", "to", "on", "in", "at"}
GENDERS = {"male", "female"}

# Names that two tables hold on purpose: a region and a newspaper, a state's own name and its capital's.
SHARED = {"Sabah"}
CAPITAL_LIKE_STATE = {"DJ", "MC", "SG"}

TABLES = ["territories", "places", "organizations", "media", "offices", "given_names", "instruments", "nouns"]
OFFICE_FIELDS = {"office", "words", "short", "class", "level", "territories", "gender", "plural", "tail", "description"}


def find_repeated(words: Iterable[str]) -> list[str]:
    return sorted(word for word, n in Counter(words).items() if n > 1)


def names_of(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        yield row["name"]
        yield from row.get("names", [])


def place_rows() -> list[dict[str, Any]]:
    return [{"name": name, **row} for name, row in load_table("places").items()]


def assert_fields(row: dict[str, Any], required: set[str], optional: set[str]) -> None:
    assert required <= set(row) <= required | optional, f"{row}"
    for field, value in row.items():
        words = value if isinstance(value, list) else [value] if isinstance(value, str) else []
        assert all(word and word == word.strip() for word in words), f"{field} of {row}"
        assert isinstance(value, bool) or not find_repeated(words), f"{field} of {row}"


# --- form -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_a_table_begins_with_what_it_holds_and_its_source(table: str) -> None:
    text = (files("communique.tables") / f"{table}.toml").read_text("utf-8")
    comment = re.match(r"(?:#.*\n)+", text)
    assert comment is not None
    assert "# Source: " in comment[0]
    assert all(len(line) <= 120 for line in comment[0].splitlines())


# --- territories ----------------------------------------------------------------------------------


def test_territories_are_complete_and_have_codes() -> None:
    codes = set(load_table("territories"))
    assert all(re.fullmatch("[A-Z]{2}", code) for code in codes)
    assert {"RU", "US", "CN", "GB", "XK", "TW", "PS", "VA", "HK", "SU"} <= codes
    assert len(codes) == 193 + len({"HK", "PS", "TW", "VA", "XK"}) + len(FORMER_STATES)
    assert list(load_table("territories")) == sorted(codes)


def test_a_territory_has_its_fields() -> None:
    for code, row in load_table("territories").items():
        required = {"name", "names", "adjectives", "people"}
        assert_fields(row, required, {"capital", "capital_names", "seats", "historical", "successors"})
        assert ("capital" in row) == (code not in FORMER_STATES | {"HK"}) or code == "DD"
        assert row.get("historical", False) == (code in FORMER_STATES)
        assert bool(row.get("successors")) == (code in FORMER_STATES)
        assert set(row.get("successors", ())) <= set(load_table("territories")) - set(FORMER_STATES)


@pytest.mark.parametrize("field", ["adjectives", "people"])
def test_a_word_for_people_belongs_to_one_state(field: str) -> None:
    assert not find_repeated(word for row in load_table("territories").values() for word in row[field])


def test_a_state_or_a_capital_has_its_name_alone() -> None:
    words = []
    for code, row in load_table("territories").items():
        words += [row["name"], *row["names"], *row.get("capital_names", []), *row.get("seats", [])]
        words += [row["capital"]] if "capital" in row and code not in CAPITAL_LIKE_STATE else []
    assert not find_repeated(words)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("U.S.", "US"),
        ("Britain", "GB"),
        ("Republic of Korea", "KR"),
        ("DPRK", "KP"),
        ("Burma", "MM"),
        ("Holy See", "VA"),
    ],
)
def test_states_go_by_several_names(words: str, code: str) -> None:
    row = load_table("territories")[code]
    assert words in [row["name"], *row["names"]]


# --- places, organisations, media -----------------------------------------------------------------


def test_places_have_their_fields_and_order() -> None:
    places = load_table("places")
    assert list(places) == sorted(places)
    for row in place_rows():
        assert_fields(row, {"name", "kind"}, {"territory", "names", "common"})
        assert row["kind"] in PLACE_KINDS


def test_organizations_have_their_fields_and_order() -> None:
    rows = load_table("organizations")["organization"]
    assert [row["name"] for row in rows] == sorted(row["name"] for row in rows)
    for row in rows:
        assert_fields(row, {"name", "names", "kind"}, {"acronym", "territory", "common"})
        assert row["kind"] in ORGANIZATION_KINDS
        assert "acronym" not in row or row["acronym"] in [row["name"], *row["names"]]


@pytest.mark.parametrize("name", ["Foreign Ministry", "Defense Ministry", "Central Bank", "Communist Party"])
def test_organs_that_many_states_have_belong_to_none(name: str) -> None:
    row = next(row for row in load_table("organizations")["organization"] if row["name"] == name)
    assert "territory" not in row


@pytest.mark.parametrize("key", ["media", "ambiguous"])
def test_media_have_their_fields_and_order(key: str) -> None:
    rows = load_table("media")[key]
    assert [row["name"] for row in rows] == sorted(row["name"] for row in rows)
    for row in rows:
        assert_fields(row, {"name", "names", "kind"}, {"territory"})
        assert row["kind"] in MEDIA_KINDS


def test_ambiguous_names_of_media_are_not_among_the_clear_ones() -> None:
    clear = set(names_of(load_table("media")["media"]))
    own = {row["name"] for row in load_table("media")["media"]}
    for row in load_table("media")["ambiguous"]:
        words = set(row["names"]) if row["name"] in own else {row["name"], *row["names"]}
        assert words
        assert not words & clear


def test_a_name_has_one_entry() -> None:
    media = load_table("media")
    by_table = {
        "territories": list(names_of(load_table("territories").values())),
        "places": list(names_of(place_rows())),
        "organizations": list(names_of(load_table("organizations")["organization"])),
        "media": list(names_of(media["media"])),
        "ambiguous media": list(names_of(media["ambiguous"])),
    }
    for table, names in by_table.items():
        assert not find_repeated(names), table
    by_table["ambiguous media"] = [name for name in by_table["ambiguous media"] if name not in by_table["media"]]
    assert set(find_repeated(name for names in by_table.values() for name in names)) <= SHARED


def test_a_place_is_no_capital() -> None:
    capitals = {
        name
        for row in load_table("territories").values()
        for name in (row.get("capital"), *row.get("capital_names", []))
        if name is not None
    }
    assert not capitals & set(names_of(place_rows()))


def test_every_territory_that_a_table_names_exists() -> None:
    rows = [*place_rows(), *load_table("organizations")["organization"]]
    rows += [*load_table("media")["media"], *load_table("media")["ambiguous"]]
    codes = {row["territory"] for row in rows if "territory" in row}
    codes |= {code for row in load_table("offices")["office"] for code in row.get("territories", [])}
    assert codes <= set(load_table("territories"))


# --- offices --------------------------------------------------------------------------------------


def test_offices_have_their_fields_and_order() -> None:
    rows = load_table("offices")["office"]
    general = {row["office"] for row in rows if row["office"] in row.get("short", [])}
    others = {row["office"] for row in rows} - general
    assert [row["office"] for row in rows] == [*sorted(general), *sorted(others)]
    for row in rows:
        assert_fields(row, {"office", "words", "class", "level"}, OFFICE_FIELDS)
        assert row["office"] in general or row["words"][0] == row["office"]
        assert row["level"] in OFFICE_LEVELS
        assert row.get("gender", "male") in GENDERS
        assert row.get("tail", "of") in TAILS


def test_a_word_for_an_office_belongs_to_one() -> None:
    words = [word.lower() for row in load_table("offices")["office"] for word in row["words"]]
    assert not find_repeated(words)


@pytest.mark.parametrize("word", ["Minister", "Secretary", "Deputy Minister", "Director", "Chairman", "Envoy"])
def test_a_general_word_can_mean_several_offices(word: str) -> None:
    rows = load_table("offices")["office"]
    assert word not in {known for row in rows for known in row["words"]}
    assert len([row for row in rows if word in row.get("short", [])]) > 1


@pytest.mark.parametrize(
    ("words", "office", "kind"),
    [
        ("Minister for Foreign Affairs", "Foreign Minister", "foreign minister"),
        ("Premier", "Prime Minister", "head of government"),
        ("National Security Advisor", "National Security Adviser", "security adviser"),
        ("Under Secretary of State", "Undersecretary of State", "deputy foreign minister"),
        ("UN Secretary General", "Secretary-General", "head of organisation"),
    ],
)
def test_an_office_goes_by_several_words(words: str, office: str, kind: str) -> None:
    row = next(row for row in load_table("offices")["office"] if words in row["words"])
    assert (row["office"], row["class"]) == (office, kind)


def test_plurals_are_given_where_a_final_s_would_be_wrong() -> None:
    plurals = {plural for row in load_table("offices")["office"] for plural in row.get("plural", [])}
    assert {"Secretaries of State", "Attorneys General", "Spokeswomen", "Charges d'Affaires"} <= plurals
    assert not [word for row in load_table("offices")["office"] for word in row["words"] if f"{word}s" in plurals]


def test_lists_of_words_are_sorted_and_without_repetition() -> None:
    offices = load_table("offices")
    for key in ("prefixes", "former_prefixes", "future_prefixes", "suffixes"):
        assert offices[key] == sorted(set(offices[key])), key
    assert set(offices["former_prefixes"] + offices["future_prefixes"]) <= set(offices["prefixes"])


def test_honorifics_tell_a_gender_or_none() -> None:
    rows = load_table("offices")["honorifics"]
    assert [row["word"] for row in rows] == sorted({row["word"] for row in rows})
    gender = {row["word"]: row.get("gender") for row in rows}
    assert (gender["Mr"], gender["Mrs."], gender["Dr."]) == ("male", "female", None)
    assert set(gender.values()) <= GENDERS | {None}


# --- given names ----------------------------------------------------------------------------------


def test_given_names_are_sorted_and_tell_one_gender() -> None:
    names = load_table("given_names")
    for gender in ("male", "female"):
        assert names[gender] == sorted(set(names[gender]))
        assert len(names[gender]) >= 600
    assert not set(names["male"]) & set(names["female"])


@pytest.mark.parametrize("name", ["Andrea", "Jean", "Jordan", "Kim", "Robin", "Sasha", "Taylor"])
def test_names_that_tell_no_gender_are_left_out(name: str) -> None:
    names = load_table("given_names")
    assert name not in names["male"] + names["female"]


def test_given_names_are_no_states() -> None:
    names = load_table("given_names")
    assert not set(names["male"] + names["female"]) & set(names_of(load_table("territories").values()))


# --- nouns and instruments ------------------------------------------------------------------------


def test_nouns_are_in_lower_case_and_listed_once() -> None:
    for kind, words in load_table("nouns").items():
        assert not find_repeated(words), kind
        assert [word for word in words if word != word.lower()] == [], kind
    persons = load_table("nouns")["persons"]
    assert persons == sorted(persons)


def test_instruments_have_their_fields_and_one_name_each() -> None:
    rows = load_table("instruments")["instrument"]
    assert [row["name"] for row in rows] == sorted(row["name"] for row in rows)
    for row in rows:
        assert_fields(row, {"name", "names"}, set())
    assert not find_repeated(names_of(rows))


def test_heads_of_instruments_are_nouns_in_lower_case() -> None:
    table = load_table("instruments")
    assert set(table["generic"]) <= set(table["heads"])
    assert [head for head in table["heads"] if head != head.lower()] == []


def test_legal_forms_of_companies_are_sorted() -> None:
    forms = load_table("organizations")["legal_forms"]
    assert forms == sorted(set(forms))
