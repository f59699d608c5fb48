"""Deciding on the command line: what is said, who signs, exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from communique.cli import run
from communique.publish.export import export
from communique.publish.site.build import build_site
from communique.record.reader import open_record
from tests.decisions.conftest import find, named, rows

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Runs a command on the record in this process: exit code, standard output, standard error."""
    monkeypatch.setenv("COMMUNIQUE_ACTOR", "Kim")

    def run_command(*arguments: object) -> tuple[int, str, str]:
        code = run([*map(str, arguments), "--record", str(path)])
        return (code, *capsys.readouterr())

    return run_command


def test_a_rejected_row_leaves_the_lists_and_comes_back(call: Call, path: Path) -> None:
    id = find(path, "statements", "reopen")["id"]
    code, out, _ = call("reject", id[:8], "--note", "a joke")
    assert code == 0
    assert f"Kim: reject {id}  “a joke”\n  review: proposed → rejected" in out
    _, out, err = call("list", "statements")
    assert id not in out
    assert "1 rejected not shown; --state all shows them" in err
    _, out, err = call("list", "statements", "--state", "all")
    assert (next(line for line in out.splitlines() if id in line)[-10:], err) == ("✗ rejected", "")
    assert call("list", "statements", "--state", "rejected", "--json")[1].count('"id"') >= 1
    code, out, _ = call("undo", "--actor", "Lee")
    assert (code, "Lee: undo dec-" in out) == (0, True)
    assert id in call("list", "statements")[1]
    assert call("undo")[0] == 2


def test_edit_takes_words_and_json_and_says_what_it_changed(call: Call, path: Path) -> None:
    row, okafor = find(path, "commitments", "reopen"), named(path, "Ben Okafor")
    code, out, _ = call(
        "edit", row["id"], "--set", "status=kept", "--set", "due=2024-06", "--set", f'debtors=["{okafor["id"]}"]'
    )
    assert code == 0
    assert "  status: open → kept\n  due: unknown → 2024-06\n  debtors: Ana Ruiz → Ben Okafor" in out
    _, out, _ = call("show", row["id"])
    assert "review: edited, by Kim, " in out
    code, _, err = call("edit", row["id"], "--set", "due=soon")
    assert (code, "'soon' is no date; write a date as" in err) == (2, True)
    assert call("edit", row["id"], "--set", "due")[0] == 2


def test_a_conflict_shows_both_versions_and_how_to_go_on(call: Call, path: Path) -> None:
    id = find(path, "commitments", "reopen")["id"]
    seen = json.loads(call("show", id, "--json")[1])["revision"]
    assert call("edit", id, "--set", "status=kept", "--seen", seen, "--actor", "Lee")[0] == 0
    code, out, err = call("edit", id, "--set", "status=not kept", "--seen", seen)
    assert (code, out) == (6, "")
    assert "[kept;" in err
    assert "yours: " in err
    assert "[not kept;" in err
    again = err.split("--seen ")[1].split()[0]
    assert call("edit", id, "--set", "status=not kept", "--seen", again)[0] == 0


def test_merge_split_distinct_link_create_and_their_history(call: Call, path: Path) -> None:
    ruiz, vega = named(path, "Ana Ruiz")["id"], named(path, "Anna Ruiz-Vega")["id"]
    code, out, _ = call("merge", ruiz, vega, "--preview")
    assert (code, "nothing was changed" in out, "2 mentions" in out) == (0, True, True)
    assert rows(path, "decisions") == []
    assert call("merge", ruiz, vega, "--note", "in two spellings")[0] == 0
    first = rows(path, "decisions")[0]["id"]
    assert call("split", ruiz, "--take", find(path, "documents", "second.txt")["id"])[0] == 0
    code, _, err = call("undo", first)
    assert (code, f"rests on {first}; undo dec-" in err) == (6, True)
    okafor, lind = named(path, "Ben Okafor")["id"], named(path, "Carl Lind")["id"]
    assert call("distinct", okafor, lind)[0] == 0
    code, _, err = call("merge", okafor, lind)
    assert (code, "Kim decided that these are not the same" in err) == (6, True)
    assert call("link", find(path, "statements", "long")["id"], "part-of", okafor)[0] == 2
    document = find(path, "documents", "third.txt")["id"]
    code, out, _ = call("create", "commitments", "--document", document, "--words", "The talks were long", "--json")
    assert (code, json.loads(out)["after"]["row"]["what"]) == (0, "The talks were long")
    _, out, _ = call("history")
    assert [line.split()[3] for line in out.splitlines() if line.startswith("dec-")] == [
        *("merge", "split", "distinct", "create")
    ]
    _, out, _ = call("history", ruiz, "--json")
    assert [json.loads(line)["action"] for line in out.splitlines()] == ["merge", "split"]
    assert "no decisions" in call("history", "--fit")[2]


def test_several_rows_at_once_and_those_that_do_not_fit_are_named(call: Call, path: Path) -> None:
    ids = [row["id"] for row in rows(path, "statements")]
    code, out, err = call("accept", *ids, "stm-nothing")
    assert (code, out.count("review: proposed → accepted"), "'stm-nothing'" in err) == (3, 2, True)


def test_exports_and_pages_say_the_state(call: Call, path: Path, tmp_path: Path) -> None:
    statement, dinner = find(path, "statements", "reopen"), find(path, "engagements", "dine")
    call("reject", statement["id"])
    call("reject", dinner["id"])
    call("accept", find(path, "commitments", "reopen")["id"])
    with open_record(path) as record:
        export(record, tmp_path / "data")
        build_site(record, tmp_path / "site", "Test")
    exported = [json.loads(line) for line in (tmp_path / "data" / "statements.jsonl").read_text("utf-8").splitlines()]
    assert {row["id"]: row["review"] for row in exported}[statement["id"]] == "rejected"
    assert len((tmp_path / "data" / "decisions.jsonl").read_text("utf-8").splitlines()) == 3
    pages = "".join(page.read_text("utf-8") for page in (tmp_path / "site").rglob("*.html"))
    assert statement["id"] not in pages
    assert "(rejected)" in pages
