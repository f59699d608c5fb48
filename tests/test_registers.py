"""``communique check`` on the example reports: what is said, what it changes, and that this lasts and can be undone."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from communique import pipeline
from communique.cli import run
from communique.publish.export import export
from communique.record.reader import open_record
from communique.record.verify import verify
from tests.conftest import EXAMPLES

REGISTER = EXAMPLES.parent / "register.csv"
HEADER = "role,name,start,end,country,locality,remarks"

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Runs a command in this process: exit code, standard output, standard error."""

    def run_command(*arguments: object) -> tuple[int, str, str]:
        code = run([str(argument) for argument in arguments])
        return (code, *capsys.readouterr())

    return run_command


@pytest.fixture
def record(example_record: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(example_record, tmp_path / "examples.db"))


@pytest.fixture
def own(tmp_path: Path) -> Callable[..., Path]:
    """A register of our own."""

    def write(*rows: str, name: str = "own.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join([HEADER, *rows]) + "\n", "utf-8")
        return path

    return write


def check(call: Call, record: Path, register: Path, *more: str) -> dict[str, Any]:
    code, out, _ = call("check", record, "--register", register, "--json", *more)
    assert code == 0
    found: dict[str, Any] = json.loads(out)
    return found


def find(found: dict[str, Any], title: str, start: str) -> dict[str, Any]:
    """The finding on the engagement whose reports give this first day."""
    return next(
        one for one in found["findings"] if one.get("title") == title and one["told"] and one["told"]["start"] == start
    )


def find_dates(record: Path) -> dict[str, str]:
    """Engagement -> date, of those that a register narrowed."""
    with open_record(record) as opened:
        return {row["id"]: row["date"]["edtf"] for row in opened.engagements if row["registered"]}


def test_a_visit_that_the_register_has_on_the_same_days_agrees(call: Call, record: Path) -> None:
    found = check(call, record, REGISTER)
    visit = find(found, "Visit of John Kerry to Russia", "2013-05-07")
    assert (visit["result"], visit["narrowed"], visit["name"]) == ("agrees", None, "John Forbes Kerry")
    assert [(row["start"], row["end"], row["locality"]) for row in visit["rows"]] == [
        ("2013-05-07", "2013-05-08", "Moscow")
    ]
    with open_record(record) as opened:
        for place in visit["evidence"]:
            assert opened.document(place["document"]).text[place["start"] : place["end"]] == place["quote"]


def test_only_there_are_the_persons_and_years_that_the_record_covers(call: Call, record: Path) -> None:
    found = check(call, record, REGISTER)
    assert [(person["name"], person["years"]) for person in found["covered"]] == [
        ("John Forbes Kerry", [2013, 2015, 2016])
    ]
    only_there = [one["rows"][0] for one in found["findings"] if one["result"] == "only there"]
    assert ("2015-12-14", "Paris") in [(row["start"], row["locality"]) for row in only_there]
    assert {row["name"] for row in only_there} == {"John Forbes Kerry"}
    assert not [row for row in only_there if row["start"].startswith("2014")]
    assert found["counts"]["only there"] == len(only_there)


def test_other_days_differ_and_both_are_shown(call: Call, record: Path, own: Callable[..., Path]) -> None:
    register = own("secretary,John Forbes Kerry,2013-05-08,2013-05-09,Russia,Moscow,")
    meeting = find(check(call, record, register), "Kerry and Putin meet in Kremlin", "2013-05-07")
    assert meeting["result"] == "differs"
    assert meeting["differences"] == [{"property": "days", "here": "2013-05-07", "there": "2013-05-08/2013-05-09"}]
    _, out, _ = call("check", record, "--register", register)
    assert "≠" in out
    assert "days: 7 May 2013 in the reports, 8–9 May 2013 in the register" in out


def test_looking_changes_nothing(call: Call, record: Path) -> None:
    before = record.read_bytes()
    _, out, _ = call("check", record, "--register", REGISTER)
    assert record.read_bytes() == before
    assert "nothing was changed; --apply keeps in the record" in out


def test_lines_tell_who_is_covered_what_agrees_and_on_which_words(call: Call, record: Path) -> None:
    code, out, err = call("check", "--record", record, "--register", REGISTER)
    lines = out.splitlines()
    assert (code, err) == (0, "")
    assert lines[0] == f"{record} beside register.csv (15 rows)"
    assert lines[1].startswith("covers John Forbes Kerry (John Kerry ent-")
    assert lines[1].endswith("): 2013, 2015, 2016")
    assert any(line.startswith("  = eng-") and "7–8 May 2013" in line for line in lines)
    assert any(line.startswith("      register: 7–8 May 2013  John Forbes Kerry  Moscow, Russia") for line in lines)
    assert any(line.startswith("      “") and "[The Harbour Courier, 8 May 2013: " in line for line in lines)
    assert any(line.startswith("  - 14 December 2015  John Forbes Kerry  Paris, France") for line in lines)


def test_what_only_the_register_has_is_cut_short_and_says_so(
    call: Call, record: Path, own: Callable[..., Path]
) -> None:
    days = [f"2013-{month:02}-1{day}" for month in range(6, 10) for day in (1, 4, 7)]
    journeys = [f"secretary,John Forbes Kerry,{day},{day},Japan,Tokyo," for day in days]
    register = own("secretary,John Forbes Kerry,2013-05-07,2013-05-08,Russia,Moscow,", *journeys)
    _, out, _ = call("check", record, "--register", register)
    assert out.count("Tokyo, Japan") == 10
    assert "… and 2 more; --all shows them" in out
    _, out, _ = call("check", record, "--register", register, "--all")
    assert out.count("Tokyo, Japan") == 12


# --- keeping a register


def test_a_register_that_is_kept_narrows_what_reports_leave_open(call: Call, record: Path) -> None:
    looked = check(call, record, REGISTER)
    wanted = {one["engagement"]: one["narrowed"]["edtf"] for one in looked["findings"] if one["narrowed"]}
    applied = check(call, record, REGISTER, "--apply")
    assert wanted
    assert applied["findings"] == looked["findings"]
    assert applied["register"]["kept"]
    assert set(wanted.items()) <= set(find_dates(record).items())
    with open_record(record) as opened:
        assert verify(opened).is_whole
        for row in opened.engagements:
            if row["registered"]:
                assert row["date"]["basis"] == "register"
    name = min(wanted)
    _, out, _ = call("show", name, "--record", record)
    assert "from a register" in out
    assert "register register.csv (reg-" in out
    _, out, _ = call("chronology", "--record", record)
    assert "15 December 2015, register  " in out
    assert call("site", record, "--dest", record.parent / "site")[0] == 0
    (page,) = (record.parent / "site").rglob(f"{name}*.html")
    assert "15 December 2015" in page.read_text("utf-8")
    assert "in <bdi>register.csv</bdi>: the only stay there in this time. The reports say: " in page.read_text("utf-8")


def test_what_is_narrowed_survives_a_rebuild_and_holds_for_reports_that_come_later(
    call: Call, example_record: Path, tmp_path: Path
) -> None:
    first, later = tmp_path / "first.db", tmp_path / "later.db"
    shutil.copy(example_record, first)
    pipeline.build([EXAMPLES / "01-before-moscow-harbour-courier.txt"], later)
    for record in (first, later):
        assert call("check", record, "--register", REGISTER, "--apply")[0] == 0
    pipeline.build([EXAMPLES], later)
    pipeline.build([EXAMPLES], first)
    folders = []
    for record in (first, later):
        folders.append(tmp_path / record.stem)
        with open_record(record) as opened:
            export(opened, folders[-1], "jsonl")
    assert find_dates(first)
    for name in ("engagements.jsonl", "entities.jsonl", "comparisons.jsonl"):
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes()


def test_a_register_is_taken_out_again_with_all_that_rests_on_it(call: Call, record: Path) -> None:
    with open_record(record) as opened:
        before = opened.engagements
    check(call, record, REGISTER, "--apply")
    code, out, _ = call("check", record, "--register", REGISTER, "--withdraw")
    assert (code, out) == (0, f"{record}: without register.csv, dates are as the reports tell them\n")
    with open_record(record) as opened:
        assert opened.engagements == before
        assert opened.registers == []
    code, _, err = call("check", record, "--register", REGISTER, "--withdraw")
    assert code == 1
    assert "does not hold a register register.csv; it holds no register" in err


def test_a_newer_edition_takes_the_place_of_the_older(call: Call, record: Path, own: Callable[..., Path]) -> None:
    check(call, record, own("secretary,John Forbes Kerry,2015-12-15,2015-12-15,Russia,Moscow,"), "--apply")
    check(call, record, own("secretary,John Forbes Kerry,2015-12-15,2015-12-16,Russia,Moscow,"), "--apply")
    with open_record(record) as opened:
        assert [register["rows"][0]["end"] for register in opened.registers] == ["2015-12-16"]


# --- what is wrong


def test_rows_that_cannot_be_used_are_named_and_the_rest_is_compared(
    call: Call, record: Path, own: Callable[..., Path]
) -> None:
    register = own(
        "secretary,John Forbes Kerry,2013-05-07,2013-05-08,Russia,Moscow,",
        "secretary,John Forbes Kerry,May 2013,2013-05-08,Russia,Moscow,",
    )
    code, out, err = call("check", record, "--register", register)
    assert code == 3
    assert err == "communique: own.csv: line 3: 'May 2013' is no day (start); write days as 2013-05-07\n"
    assert out.startswith(f"{record} beside own.csv (1 row, 1 left out)")
    _, out, _ = call("check", record, "--register", register, "--json")
    assert json.loads(out)["left_out"]["rows"][0]["reason"].startswith("line 3: ")


def test_a_row_that_repeats_another_is_named_and_nothing_has_failed(
    call: Call, record: Path, own: Callable[..., Path]
) -> None:
    row = "secretary,John Forbes Kerry,2013-05-07,2013-05-08,Russia,Moscow,"
    code, _, err = call("check", record, "--register", own(row, row))
    assert (code, err) == (0, "communique: own.csv: line 3: repeats line 2\n")


def test_wrong_files_and_records_are_refused(call: Call, record: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("name,start\n", "utf-8")
    code, _, err = call("check", record, "--register", wrong)
    assert code == 2
    assert "wrong.csv, line 1: no column 'end', 'country', 'locality', 'remarks'; name the columns" in err
    code, _, err = call("check", tmp_path / "none.db", "--register", REGISTER, "--apply")
    assert code == 1
    assert "there is no record here; communique build makes one" in err
    assert not (tmp_path / "none.db").exists()
    assert call("check", record)[0] == 2


def test_a_register_of_strangers_covers_nobody(call: Call, record: Path, own: Callable[..., Path]) -> None:
    _, out, _ = call("check", record, "--register", own("envoy,Ada Holm,2013-05-07,2013-05-08,Russia,Moscow,"))
    assert "covers nobody: no visit or meeting abroad of a registered person" in out
