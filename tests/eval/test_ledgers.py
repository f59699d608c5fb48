"""The measure of the ledgers: what it expects stands in the reports, what it pairs, and what it takes for right."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import communique
from communique.read import find_files, read_file
from eval.ledgers.expected import EXPECTED, HERE, LEDGERS, REPORTS, Expected, Span, load_expected, locate
from eval.ledgers.fields import is_right
from eval.ledgers.judge import format_blank, list_rows, load_judgements, make_row, score
from eval.ledgers.measure import count, main
from eval.ledgers.pairs import Known, pair
from eval.ledgers.rows import FIELDS, Found, find_rows

FILE = "report.txt"


@pytest.fixture(scope="module")
def expected() -> list[Expected]:
    files, problems = find_files([REPORTS])
    assert not problems
    return load_expected({source.name: read_file(source).text for source in files})


def test_every_expected_row_rests_on_a_passage_of_its_report(expected: list[Expected]) -> None:
    assert {row.ledger for row in expected} >= set(LEDGERS)
    assert all(group for row in expected for group in row.groups)
    assert {path.stem for path in EXPECTED.glob("*.toml")} == {path.stem for path in REPORTS.iterdir()}


def test_expected_rows_name_fields_of_their_ledger_and_keys_that_exist(expected: list[Expected]) -> None:
    assert all(set(row.fields) <= set(FIELDS[row.ledger]) for row in expected)
    keys = {(row.ledger, row.key) for row in expected}
    for name, ledger in (("engagement", "engagements"), ("about", "engagements"), ("answers", "measures")):
        assert all((ledger, row.fields[name]) in keys for row in expected if name in row.fields)


@pytest.mark.parametrize(("quote", "where"), [("agreed to meet", (5, 19)), ("meet again", (15, 25))])
def test_a_quote_is_found_across_lines(quote: str, where: tuple[int, int]) -> None:
    assert locate("They agreed\nto meet\nagain.", quote) == where


@pytest.mark.parametrize("quote", ["agreed never", "e"])
def test_a_quote_that_is_not_there_or_not_alone_is_a_mistake(quote: str) -> None:
    with pytest.raises(ValueError, match="found"):
        locate("They agreed to meet.", quote)


PERU = {"name": "Peru", "quote": "Lima"}


@pytest.mark.parametrize(
    ("field", "wanted", "found", "right"),
    [
        ("what", "open two consulates", "to open two consulates in Cusco", True),
        ("what", "open two consulates", "to close the border", False),
        ("condition", "", None, True),
        ("condition", "", "if Congress agrees", False),
        ("hedge", "may", "may well", True),
        ("hedge", "may", None, False),
        ("issue", "fishing|fishing rights", "fishing rights off the coast", True),
        ("actor", "Peru", PERU, True),
        ("actor", "Lima", PERU, True),
        ("actor", "Chile", PERU, False),
        ("forecaster", "own", None, True),
        ("forecaster", "own", {"name": "The Andes Mail"}, True),
        ("forecaster", "own", PERU, False),
        ("voice", "own", {"kind": "author", "name": None}, True),
        ("debtors", ["Peru"], [PERU], True),
        ("debtors", ["Peru", "Chile"], [PERU], False),
        ("debtors", ["Peru"], [PERU, {"name": "Chile"}], False),
        ("due", "2019-04-05", {"edtf": "2019-04-05", "start": "2019-04-05", "end": "2019-04-05"}, True),
        ("due", "2019-04", {"edtf": "2019-04-05", "start": "2019-04-05", "end": "2019-04-05"}, False),
        ("due", "", {"edtf": None, "start": None, "end": None}, True),
        ("due", "2019-04-05", None, False),
        ("status", "open|kept", "kept", True),
        ("status", "open", "kept", False),
    ],
)
def test_what_is_right(field: str, wanted: Any, found: Any, right: bool) -> None:
    assert is_right(field, wanted, found, own=["The Andes Mail"]) is right


def make_expected(number: int, *places: tuple[int, int], **fields: Any) -> Expected:
    optional = fields.pop("optional", False)
    return Expected("measures", number, (tuple(Span(FILE, *at) for at in places),), 1, fields, optional, f"m{number}")


def make_found(id: str, at: tuple[int, int], **values: Any) -> Found:
    return Found("measures", id, (Span(FILE, *at),), {**dict.fromkeys(FIELDS["measures"]), **values})


def know(expected: list[Expected], found: list[Found]) -> Known:
    sides: tuple[Mapping[str, Any], Mapping[str, Any]] = ({"measures": expected}, {"measures": found})
    return Known(*sides, own={})


def test_rows_on_the_same_passage_are_paired_once_by_what_they_say() -> None:
    known = know(
        [make_expected(0, (0, 50), kind="ban"), make_expected(1, (0, 50), kind="expulsion")],
        [make_found("a", (10, 40), kind="expulsion"), make_found("b", (5, 45), kind="ban"), make_found("c", (0, 50))],
    )
    pairs = pair("measures", known)
    assert [(wanted.number, row.id) for wanted, row, _ in pairs.paired] == [(0, "b"), (1, "a")]
    assert [row.id for row in pairs.doubles] == ["c"]


def test_a_passage_that_is_hardly_touched_is_another_one() -> None:
    pairs = pair("measures", know([make_expected(0, (0, 20))], [make_found("a", (15, 40))]))
    assert len(pairs.missed) == len(pairs.extra) == 1
    assert count(pairs)["found"] == 0


def test_optional_rows_count_neither_missed_nor_found() -> None:
    rows = [make_expected(0, (0, 20), optional=True), make_expected(1, (30, 50), optional=True)]
    figures = count(pair("measures", know(rows, [make_found("a", (0, 20))])))
    assert (figures["expected"], figures["found"], figures["optional"], figures["extra"]) == (0, 0, 1, 0)


def test_an_answer_is_right_if_it_points_at_the_measure_that_is_meant() -> None:
    expected = [make_expected(0, (0, 20)), make_expected(1, (30, 50), answers="m0"), make_expected(2, (60, 80))]

    def verdicts(*answers: str | None) -> list[bool | None]:
        places = ((0, 20), (30, 50), (60, 80))
        found = [make_found(id, at, answers=answer) for id, at, answer in zip("abc", places, answers, strict=True)]
        return [verdict.get("answers") for _, _, verdict in pair("measures", know(expected, found)).paired]

    assert verdicts(None, "a", None) == [None, True, None]
    assert verdicts(None, None, "a") == [None, False, False]


TEXTS = {FILE: "Peru closed two consulates. Chile answered."}
BAN = make_found("a", (0, 27), kind="other", actor=PERU, answers="msr-1")


def test_a_judgement_holds_while_passage_and_values_are_the_same() -> None:
    key = make_row(BAN, TEXTS, {}).key
    assert make_row(make_found("b", (0, 27), **BAN.values), TEXTS, {}).key == key
    assert make_row(make_found("a", (0, 26), **BAN.values), TEXTS, {}).key != key
    assert make_row(make_found("a", (0, 27), **{**BAN.values, "kind": "ban"}), TEXTS, {}).key != key
    assert make_row(BAN, {FILE: TEXTS[FILE].replace("two", "six")}, {}).key != key


def test_ids_in_values_are_told_by_what_their_rows_say() -> None:
    first = make_row(BAN, TEXTS, {"msr-1": "expulsion of an attaché"})
    again = make_row(
        make_found("a", (0, 27), **{**BAN.values, "answers": "msr-2"}), TEXTS, {"msr-2": "expulsion of an attaché"}
    )
    assert first == again
    assert "expulsion of an attaché" in first.line


def write(path: Path, words: str) -> Path:
    path.write_text(words, "utf-8")
    return path


def test_blank_entries_are_filled_in_and_counted(tmp_path: Path) -> None:
    rows = [make_row(make_found(id, at), TEXTS, {}) for id, at in (("a", (0, 27)), ("b", (28, 43)))]
    blank = format_blank(rows, with_words=True)
    assert "Chile answered" in blank
    assert "Chile answered" not in format_blank(rows, with_words=False)
    assert load_judgements(write(tmp_path / "blank.toml", blank)) == []
    filled = load_judgements(write(tmp_path / "filled.toml", blank.replace('verdict = ""', 'verdict = "partly"', 1)))
    assert score(rows, filled)["measures"] == {"partly": 1, "open": 1}


@pytest.mark.parametrize(("verdict", "times", "reason"), [("maybe", 1, "none of"), ("right", 2, "judged twice")])
def test_judgements_that_cannot_be_counted_are_refused(tmp_path: Path, verdict: str, times: int, reason: str) -> None:
    entry = format_blank([make_row(BAN, TEXTS, {})], with_words=False).replace('verdict = ""', f'verdict = "{verdict}"')
    with pytest.raises(ValueError, match=reason):
        load_judgements(write(tmp_path / "judgements.toml", entry * times))


def test_every_row_of_a_record_can_be_judged(example_record: Path) -> None:
    with communique.open(example_record) as record:
        rows, found = list_rows(record), find_rows(record)
    counted = {ledger: sum(count.values()) for ledger, count in score(rows, []).items()}
    assert counted["commitments"] == len(found["commitments"]) > 0
    assert counted["comparisons"] == len(found["comparisons"]) > 0
    assert len(tomllib.loads(format_blank(rows, with_words=True))["row"]) == len(rows)


def test_a_row_to_judge_names_its_engagement_by_title(example_record: Path) -> None:
    with communique.open(example_record) as record:
        titles = {row["id"]: row["title"] for row in record.engagements}
        lines = [row.line for row in list_rows(record) if row.ledger == "silences"]
        wanted = [titles[row["engagement"]] for row in record.rows("silences") if row["engagement"]]
    assert wanted
    assert all(any(f"engagement {title} " in line for line in lines) for title in wanted)


def test_the_judgements_that_are_kept_can_be_counted() -> None:
    judged = load_judgements(HERE / "judgements.toml")
    assert {one.ledger for one in judged} == set(LEDGERS)
    assert all(one.reason for one in judged if one.verdict != "right")


def test_the_reports_are_measured(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["measure", "--json"])
    main()
    figures = json.loads(capsys.readouterr().out)
    assert set(figures) > set(LEDGERS)
    assert figures["statements"]["found"] > figures["statements"]["expected"] / 2
    assert all(right <= judged <= row["found"] for row in figures.values() for right, judged in row["fields"].values())
