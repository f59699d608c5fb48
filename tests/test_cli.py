"""The command line as a person meets it: what is said where, exit codes, help, and what a mistake is answered with."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from communique import pipeline, workers
from communique.cli import app, run
from communique.cli.output import ProgressLine
from communique.model import Annotations
from communique.publish.export import EXPORTED
from communique.record.connect import SCHEMA_VERSION
from communique.record.opening import open_for_writing
from communique.record.reader import open_record
from communique.record.rows import NOUNS
from communique.record.writer import RecordWriter
from tests.conftest import EXAMPLES


class Outcome(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str


Call = Callable[..., Outcome]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Runs a command in this process."""

    def run_command(*arguments: object) -> Outcome:
        code = run([str(argument) for argument in arguments])
        return Outcome(code, *capsys.readouterr())

    return run_command


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is found in any document, without waiting for a language model."""
    monkeypatch.setattr(workers, "annotate_document", lambda document, model: Annotations())
    monkeypatch.setattr(pipeline, "_find_model_identity", lambda model: model)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text("Talks resume\n\nMinister Ada Holm said on Friday that the talks would resume.\n", "utf-8")
    return path


def start(*arguments: object, **more: Any) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "communique", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)


def find_id(record: Path, noun: str, is_wanted: Callable[[dict[str, Any]], bool] = lambda row: True) -> str:
    with open_record(record) as opened:
        return next(str(row["id"]) for row in opened.rows(noun) if is_wanted(row))


# --- looking


@pytest.mark.parametrize("noun", NOUNS)
def test_every_noun_can_be_listed_a_line_a_row(call: Call, example_record: Path, noun: str) -> None:
    lines = call("list", noun, "--record", example_record)
    rows = json.loads(call("list", noun, "--record", example_record, "--json").out)
    assert (lines.code, rows["noun"], rows["count"]) == (0, noun, len(rows["rows"]))
    assert [line.split("  ")[0] for line in lines.out.splitlines()] == [row["id"] for row in rows["rows"]]


@pytest.mark.parametrize("noun", NOUNS)
def test_every_row_can_be_shown(call: Call, example_record: Path, noun: str) -> None:
    with open_record(example_record) as opened:
        ids = [row["id"] for row in opened.rows(noun)][:12]
    if ids:
        shown = call("show", *ids, "--record", example_record)
        assert shown.code == 0
        assert [block.split("  ")[0] for block in shown.out.split("\n\n")] == ids
        assert "{" not in shown.out, "no value is left in Python's notation"


def test_lists_can_be_narrowed(call: Call, example_record: Path) -> None:
    said = call("list", "statements", "--speaker", "lavrov", "--record", example_record).out.splitlines()
    assert said
    assert all("Lavrov" in line.split(":")[0] for line in said)
    people = json.loads(call("list", "people", "--record", example_record, "--json").out)["rows"]
    assert {row["kind"] for row in people} == {"person"}
    mixed = json.loads(call("list", "statements", "--kind", "mixed", "--record", example_record, "--json").out)["rows"]
    assert {row["form"] for row in mixed} == {"mixed"}
    assert [row["name"].casefold() for row in people] == sorted(row["name"].casefold() for row in people)
    assert len(call("list", "mentions", "--limit", "3", "--record", example_record).out.splitlines()) == 3
    of_one = json.loads(call("list", "times", "--document", "05-berlin", "--record", example_record, "--json").out)
    assert len({row["document"] for row in of_one["rows"]}) == 1
    nobody = call("list", "statements", "--speaker", "Nobody", "--record", example_record)
    assert nobody == (0, "", "communique: no statements\n")


def test_a_statement_tells_its_words_its_chain_and_how_it_was_found(call: Call, example_record: Path) -> None:
    statement = find_id(example_record, "statements", lambda row: bool(row["via"] and row["source"]))
    shown = call("show", statement[:12], "--record", example_record).out
    for field in ("words: “", "cue: “", "speaker: ", "through: ", "found by the rule “", "speaker resolved by “"):
        assert field in shown
    assert "confidence 0." in shown


def test_an_engagement_tells_its_accounts_and_evidence(call: Call, example_record: Path) -> None:
    engagement = find_id(example_record, "engagements", lambda row: len(row["accounts"]) > 1)
    shown = call("show", engagement, "--record", example_record).out
    for field in ("when: ", "where: ", "who\n", "PLOVER: ", "accounts\n"):
        assert field in shown
    compared = call("compare", engagement, "--record", example_record)
    assert compared.out.startswith(engagement)
    plain = json.loads(call("compare", engagement, "--record", example_record, "--json").out)
    assert (plain["engagement"], len(plain["accounts"]) > 1) == (engagement, True)


def test_accounts_are_compared_property_by_property(call: Call, example_record: Path) -> None:
    asked = ("compare", "putin kerry SOCHI 2015-05", "--record", example_record)
    whole = json.loads(call(*asked, "--json").out)
    assert {a["property"] for account in whole["accounts"] for a in account["assertions"]} >= {
        "when",
        "place",
        "status",
        "kind",
        "participants",
    }
    when = json.loads(call(*asked, "--property", "when", "--json").out)
    assert {a["property"] for account in when["accounts"] for a in account["assertions"]} == {"when"}
    assert {row["property"] for row in when["comparisons"]} == {"when"}
    shown = call(*asked, "--only-differences").out
    assert "  when\n" in shown
    assert "      broader: " in shown
    assert "  status\n" not in shown
    assert "no such property in these accounts" in call(*asked, "--property", "smell").err


def test_conflicts_are_listed_apart_from_agreements(call: Call, example_record: Path) -> None:
    every = json.loads(call("list", "comparisons", "--record", example_record, "--json").out)["rows"]
    conflicts = json.loads(call("list", "conflicts", "--record", example_record, "--json").out)["rows"]
    wanted = [row for row in every if row["relation"] in ("contradicts", "different scope")]
    assert {row["id"] for row in conflicts} == {row["id"] for row in wanted}
    contradictions = call("list", "conflicts", "--kind", "contradicts", "--record", example_record, "--json").out
    assert {row["relation"] for row in json.loads(contradictions)["rows"]} <= {"contradicts"}


def test_only_engagements_are_compared(call: Call, example_record: Path) -> None:
    outcome = call("compare", find_id(example_record, "documents"), "--record", example_record)
    assert outcome.code == 2
    assert outcome.err.endswith("is one of documents, not an engagement; communique chronology shows the ids\n")


def test_an_engagement_can_be_called_by_words(call: Call, example_record: Path) -> None:
    named = call("compare", "putin kerry SOCHI 2015-05", "--record", example_record, "--json")
    found = json.loads(named.out)["engagement"]
    assert "Sochi" in call("show", found, "--record", example_record).out
    several = call("compare", "Kerry", "--record", example_record)
    assert several.code == 2
    assert several.err.startswith("communique: 'Kerry' may be ")
    assert several.err.endswith(" more; give an id\n")
    nothing = call("compare", "Kerry Atlantis", "--record", example_record)
    assert nothing.code != 0
    assert "no engagement is called 'Kerry Atlantis'" in nothing.err


def test_lists_can_be_asked_for_persons_words_and_days(call: Call, example_record: Path) -> None:
    def rows(*asked: str) -> list[dict[str, Any]]:
        return list(json.loads(call("list", *asked, "--record", example_record, "--json").out)["rows"])

    both = rows("meetings", "--person", "kerry", "--person", "Lavrov")
    assert both
    assert all({"Kerry", "Lavrov"} <= {p["name"].split()[-1] for p in row["participants"]} for row in both)
    said = rows("statements", "--words", "SYRIA")
    assert said
    assert all("syria" in json.dumps(row).casefold() for row in said)
    days = [row["date"] for row in rows("engagements", "--from", "2015", "--to", "2015-06")]
    assert days
    assert all(day["end"] >= "2015-01-01" and day["start"] <= "2015-06-30" for day in days)


def test_the_chronology_is_in_order_and_can_be_cut(call: Call, example_record: Path) -> None:
    rows = json.loads(call("chronology", "--record", example_record, "--json").out)["rows"]
    assert {row["id"] for row in rows if row["parent"] is None} < {row["id"] for row in rows}
    some = call("chronology", "--from", "2015", "--to", "2015-12", "--record", example_record, "--json")
    days = [row["date"] for row in json.loads(some.out)["rows"]]
    assert days
    assert all(day["end"] >= "2015-01-01" and day["start"] <= "2015-12-31" for day in days)
    lines = call("chronology", "--happened", "--record", example_record).out.splitlines()
    assert lines[-1].startswith(" ")
    assert {"2013", "2015", "2016"} <= set(lines)


def test_search_finds_words_and_phrases(call: Call, example_record: Path) -> None:
    found = json.loads(call("search", "pleasantly surprised", "--record", example_record, "--json").out)
    assert found["count"] > 0
    assert all("pleasantly surprised" in row["quote"] for row in found["rows"])
    assert call("search", "xylophone", "--record", example_record) == (0, "", "communique: no hits\n")


# --- handing over


def test_backup_is_proved_and_keeps_the_earlier_one_where_the_record_is_damaged(
    call: Call, example_record: Path, tmp_path: Path
) -> None:
    record, copy = tmp_path / "r.db", tmp_path / "copy.db"
    shutil.copy(example_record, record)
    assert "a whole copy of" in call("backup", record, "--to", copy).out
    assert json.loads(call("backup", record, "--to", copy, "--json").out)["counts"]["documents"] > 0
    assert call("verify", copy).code == 0
    before = copy.read_bytes()
    with sqlite3.connect(record) as connection:
        connection.execute("UPDATE documents SET text = text || '!'")
    connection.close()
    outcome = call("backup", record, "--to", copy)
    assert outcome.code == 4
    assert "no backup was made" in outcome.err
    assert copy.read_bytes() == before


def test_verify_export_and_site_take_the_record_either_way(call: Call, example_record: Path, tmp_path: Path) -> None:
    assert call("verify", example_record).out == call("verify", "--record", example_record).out
    assert json.loads(call("verify", example_record, "--json").out)["whole"] is True
    exported = call("export", example_record, "--dest", tmp_path / "data", "--json")
    assert len(json.loads(exported.out)["files"]) == len(EXPORTED)
    made = call("site", "--record", example_record, "--dest", tmp_path / "site")
    assert made == (0, f"open {tmp_path}/site/index.html in a browser\n", "")
    assert (tmp_path / "site" / "index.html").is_file()
    assert call("verify", example_record, "--record", "other.db").code == 2


def test_a_folder_that_cannot_be_written_is_named(call: Call, example_record: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for command in ("export", "site"):
        outcome = call(command, example_record, "--dest", tmp_path / "file" / "below")
        assert outcome.code in (1, 2)
        assert outcome.err.startswith(f"communique: {tmp_path}/file")
        assert outcome.err.count("\n") == 1


# --- building


def test_a_build_tells_what_it_did_on_standard_error(call: Call, quick: None, report: Path, tmp_path: Path) -> None:
    record = tmp_path / "r.db"
    assert call("build", report, "--record", record) == (0, "", f"{record}: 1 file: 1 new\n")
    assert call("build", report, "--record", record) == (0, "", f"{record}: 1 file: 0 new, 1 unchanged\n")
    assert call("build", report, "--record", record, "--quiet") == (0, "", "")
    plain = json.loads(call("build", report, "--record", record, "--json").out)
    assert (plain["unchanged"], plain["problems"]) == (1, [])


def test_what_cannot_be_read_is_named_and_the_exit_code_is_3(
    call: Call, quick: None, report: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty.txt").touch()
    record = tmp_path / "r.db"
    outcome = call("build", report, tmp_path / "empty.txt", tmp_path / "none.txt", "--record", record)
    assert outcome == (
        3,
        "",
        "communique: none.txt: cannot be found (No such file or directory); check the path\n"
        "communique: empty.txt is empty; remove it or fill it\n"
        f"{record}: 3 files: 1 new, 2 not read\n",
    )
    nothing = call("build", tmp_path / "nowhere", "--record", tmp_path / "n.db")
    assert (nothing.code, nothing.err.splitlines()[-1]) == (3, "nothing to read, no record made")


def test_settings_are_checked_before_any_work(
    call: Call, quick: None, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMMUNIQUE_WORKER", "2")
    outcome = call("build", report, "--record", tmp_path / "r.db")
    message = "communique: environment: unknown setting COMMUNIQUE_WORKER; did you mean COMMUNIQUE_WORKERS?\n"
    assert outcome == (2, "", message)
    assert not (tmp_path / "r.db").exists()


def test_a_language_model_that_is_not_installed(call: Call, report: Path, tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text('model = "no_such_model"', "utf-8")
    outcome = call("build", report, "--record", tmp_path / "r.db", "--settings", tmp_path / "s.toml")
    assert outcome == (
        1,
        "",
        "communique: the language model no_such_model is not installed;"
        " install it, or choose another with the setting model\n",
    )


def test_progress_is_told_now_and_then(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    progress = ProgressLine()
    for second in range(25):
        monkeypatch.setattr(time, "monotonic", lambda now=progress.told_at, more=second: now + more)
        progress("annotating", second, 25, f"{second}.txt")
    progress.close()
    told = capsys.readouterr().err.splitlines()
    assert told[0] == "annotating 11 of 25  10.txt"
    assert len(told) < 25


# --- records that cannot be used


def damage(path: Path, kind: str) -> None:
    if kind == "newer":
        with sqlite3.connect(path) as connection:
            connection.execute("PRAGMA user_version = 99")
    else:
        content = bytearray(path.read_bytes())
        for page in range(2, len(content) // 4096):
            content[page * 4096 : page * 4096 + 200] = b"\xff" * 200
        path.write_bytes(content)


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("newer", f"made by a newer version (schema 99, this program knows {SCHEMA_VERSION}); update communique"),
        ("damaged", "the file is damaged; restore a backup, or build the record anew into another file"),
    ],
)
def test_a_record_that_cannot_be_used_is_left_alone(
    call: Call, quick: None, example_record: Path, report: Path, tmp_path: Path, kind: str, message: str
) -> None:
    path = Path(shutil.copy(example_record, tmp_path / "r.db"))
    damage(path, kind)
    before = path.read_bytes()
    assert call("build", report, "--record", path) == (1, "", f"communique: {path}: {message}\n")
    assert path.read_bytes() == before
    outcome = call("verify", path)
    assert outcome.code == (4 if kind == "damaged" else 1)


def test_no_record_a_folder_and_another_file(call: Call, report: Path, tmp_path: Path) -> None:
    none, folder = tmp_path / "none.db", tmp_path
    for path, message in {
        none: "there is no record here; communique build makes one",
        folder: "this is not a file; name a file with --record",
        report: "this is not a Communique record; name another file with --record",
    }.items():
        for command in (["list", "documents"], ["show", "x"], ["search", "x"], ["chronology"], ["verify"]):
            assert call(*command, "--record", path) == (1, "", f"communique: {path}: {message}\n")
    assert not none.exists()


def test_a_record_that_another_process_writes_is_locked(
    call: Call, quick: None, report: Path, example_record: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(example_record, tmp_path / "r.db"))
    connection, lock = open_for_writing(path)
    try:
        outcome = call("build", report, "--record", path)
    finally:
        connection.close()
        lock.close()
    assert outcome == (
        6, "", f"communique: {path}: another process is writing this record; try again when it has ended\n",
    )  # fmt: skip


def test_a_record_that_was_not_linked_says_so(
    call: Call, quick: None, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = tmp_path / "r.db"

    def interrupt(writer: RecordWriter) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(RecordWriter, "relink", interrupt)
    outcome = call("build", report, "--record", record)
    assert outcome.code == 130
    assert outcome.err.endswith("interrupted; what was stored stays, run the command again to go on\n")
    assert "the last build did not end" in call("list", "documents", "--record", record).err


# --- reading without a record


def test_read_prints_layer_1_in_the_order_given(
    call: Call, quick: None, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("The dinner was late.\n", "utf-8")
    (tmp_path / "empty.txt").touch()
    text = b"From a pipe.\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
    outcome = call("read", other, tmp_path / "empty.txt", "-", report, tmp_path)
    objects = [json.loads(line) for line in outcome.out.splitlines()]
    assert outcome.code == 3
    assert [row["document"]["file"] for row in objects] == [str(other), "standard input", str(report)]
    assert {"document", "statements", "engagements", "times", "mentions"} <= set(objects[0])
    assert outcome.err.splitlines() == [
        f"communique: {tmp_path}/empty.txt is empty; remove it or fill it",
        f"communique: {tmp_path}: is a folder; name the files, or use communique build",
    ]


def test_several_processes_print_what_one_does(call: Call, quick: None, tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.txt" for number in range(6)]
    for number, file in enumerate(files):
        file.write_text(f"Talks number {number} went on.\n", "utf-8")
    alone, together = call("read", "--workers", "1", *files), call("read", "--workers", "3", *files)
    assert [json.loads(line)["document"]["file"] for line in alone.out.splitlines()] == [str(file) for file in files]
    assert together == alone


def test_read_takes_what_a_manifest_and_published_say(
    call: Call, quick: None, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("The dinner was late.\n", "utf-8")
    manifest = tmp_path / "manifest.csv"
    manifest.write_text("file,published\nreport.txt,2014-06-03\n", "utf-8")
    outcome = call("read", report, other, "--manifest", manifest, "--published", "2013-05")
    days = [json.loads(line)["document"]["published"] for line in outcome.out.splitlines()]
    assert [(day["edtf"], day["basis"]) for day in days] == [("2014-06-03", "set"), ("2013-05", "set")]
    monkeypatch.chdir(tmp_path)
    named = call("read", "./report.txt", "--manifest", manifest)
    assert json.loads(named.out)["document"]["published"]["edtf"] == "2014-06-03"
    assert call("read", report, "--published", "Friday").code == 2


def test_many_files_load_the_language_model_once(
    call: Call, report: Path, language_model: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[object] = []
    monkeypatch.setattr("spacy.load", lambda *given, **more: loaded.append(given))
    outcome = call("read", report, report, report)
    assert (outcome.code, len(outcome.out.splitlines()), loaded) == (0, 3, [])


# --- mistakes and help


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("lst documents", "Did you mean 'list'?"),
        ("list documnts", "did you mean documents?"),
        ("list xylophones", "use one of documents, entities"),
        ("list documents --limt 3", "'--limit'"),
        ("list documents --limit 0", "0 is not in the range"),
        ("chronology --from soon", "'soon' is no date; write dates as 2013-05-07"),
        ("build", "Missing argument 'PATH...'"),
        ("build x --workers 0", "0 is not in the range"),
        ("export", "Missing option '--dest'"),
    ],
)
def test_a_mistake_is_answered_with_what_would_be_right(call: Call, typed: str, answer: str) -> None:
    outcome = call(*typed.split())
    assert (outcome.code, outcome.out) == (2, "")
    assert answer in outcome.err


@pytest.mark.parametrize("command", sorted(app.commands))
def test_every_command_says_what_it_does_with_examples(call: Call, command: str) -> None:
    outcome = call(command, "--help")
    assert outcome.code == 0
    assert "Example" in outcome.out
    assert f"communique {command}" in outcome.out


def test_every_command_that_looks_gives_json(call: Call) -> None:
    for command in set(app.commands) - {"read", "watch", "serve"}:  # which print nothing else, or go on and on
        assert "--json" in call(command, "--help").out


# --- other processes


def test_a_reader_that_goes_away_is_no_error(example_record: Path) -> None:
    process = start("list", "mentions", "--record", example_record)
    assert process.stdout
    assert process.stderr
    assert process.stdout.readline().startswith("men-")
    process.stdout.close()
    assert process.stderr.read() == ""
    assert process.wait(10) == 0


def test_no_colour_goes_into_a_pipe(example_record: Path) -> None:
    out, _ = start("chronology", "--record", example_record, env=os.environ | {"FORCE_COLOR": "1"}).communicate()
    assert "\x1b" not in out


@pytest.mark.slow
def test_ctrl_c_leaves_a_whole_record(call: Call, tmp_path: Path) -> None:
    record = tmp_path / "r.db"
    process = start("build", EXAMPLES, "--record", record)
    while not record.exists():
        time.sleep(0.05)
    time.sleep(1.2)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert process.returncode == 130
    assert told.strip() == "communique: interrupted; what was stored stays, run the command again to go on"
    assert start("build", EXAMPLES, "--record", record).wait(60) == 0
    assert call("verify", record).code == 0
