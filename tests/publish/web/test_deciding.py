"""Deciding through the server: what is sent, what is stored, what is answered when it does not fit."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from communique.decisions import Action, Draft, decide, decide_all, history, undo
from communique.publish.web.desk import Desk
from communique.publish.web.fields import list_fields, move, read_fields
from communique.publish.web.parts import _part
from communique.record.reader import open_record
from communique.record.verify import verify
from tests.publish.web.conftest import Served, serving, write_story


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Served]:
    with serving(write_story(tmp_path / "story.db")) as served:
        yield served


NOWHERE = {"document": "x", "from": [0, 0], "to": [0, 1]}
LEDGERS = ("commitments", "forecasts", "measures")


def send(room: Served, path: str, **given: Any) -> tuple[int, dict[str, Any]]:
    headers = {"Content-Type": "application/json", "Origin": room.root}
    status, _, body = room.ask(path, "POST", headers, json.dumps({"who": "Kim", **given}).encode())
    return status, json.loads(body)


def get(room: Served, path: str) -> tuple[int, dict[str, Any]]:
    status, _, body = room.ask(path)
    return status, json.loads(body)


def rows(room: Served, noun: str) -> list[dict[str, Any]]:
    with open_record(room.record) as record:
        return record.rows(noun)


def log(room: Served) -> list[Any]:
    with open_record(room.record) as record:
        return history(record)


def test_a_verdict_is_stored_with_who_and_why_and_shown(room: Served) -> None:
    row = rows(room, "statements")[0]
    status, told = send(room, "/decisions", action="accept", subject=row["id"], why="read it")
    assert (status, told["review"]) == (200, "accepted")
    [entry] = log(room)
    assert (entry.decision.id, entry.decision.who, entry.decision.why) == (told["decision"], "Kim", "read it")
    assert b"accepted" in room.ask(f"/r/{row['id']}")[2]
    assert told["decision"].encode() in room.ask("/history")[2]
    assert b"Reviewed: 1 of" in room.ask("/")[2]
    status, undone = send(room, "/decisions/undo", decision=told["decision"])
    assert (status, undone["review"]) == (200, "proposed")
    status, again = send(room, "/decisions/undo", decision=undone["decision"])
    assert (status, again["review"]) == (200, "accepted")


def test_history_takes_back_together_only_what_was_decided_in_one_go(room: Served) -> None:
    noon = datetime(2024, 6, 1, 12, tzinfo=UTC)
    measures, names = ([row["id"] for row in rows(room, noun)] for noun in ("measures", "entities"))
    for id in names:
        decide(room.record, Draft(Action.ACCEPT, id), "Kim", when=noon)  # all within one second
    assert b"Undo all" not in room.ask("/history")[2]
    taken = [decision.id for decision in decide_all(room.record, Action.ACCEPT, measures, "Kim", when=noon)]
    statements = [row["id"] for noun in ("statements", "agenda") for row in rows(room, noun)]
    others = [decision.id for decision in decide_all(room.record, Action.ACCEPT, statements, "Kim", when=noon)]
    page = room.ask("/history")[2].decode()
    assert page.count("Undo all") == 2
    assert f'data-decision="{" ".join(taken)}"' in page
    assert f'data-decision="{" ".join(others)}"' in page
    assert "2024-06-01 12:00:00 UTC" in page
    undo(room.record, taken[0], "Kim")
    assert room.ask("/history")[2].count(b"Undo all") == 1


def test_what_the_record_lacks_is_left_empty(room: Served) -> None:
    with open_record(room.record) as record:
        desk = Desk(record)
        gone = {"document": "doc-none", "start": 0, "end": 4}
        assert (_part(desk, gone)["words"], _part(desk, gone)["source"]) == ("", "")
    with closing(sqlite3.connect(room.record)) as connection, connection:
        connection.execute("DELETE FROM tallies WHERE noun = 'silences'")
    with open_record(room.record) as record:
        done, total = Desk(record).count_reviewed()
        assert (done, total > 0) == (0, True)


def test_a_filled_form_sets_only_what_was_changed(room: Served) -> None:
    row = rows(room, "engagements")[0]
    _, form = get(room, f"/ask/fields/{row['id']}")
    given = {field["name"]: field["value"] for field in form["fields"]} | {"date": "1999-12"}
    status, told = send(room, "/decisions", action="edit", subject=row["id"], fields=given, seen=form["revision"])
    assert status == 200, told
    assert set(log(room)[0].decision.after) == {"date"}
    assert rows(room, "engagements")[0]["date"]["edtf"] == "1999-12"
    assert b"December 1999" in room.ask(f"/e/{row['id']}")[2]
    assert row["id"].encode() in room.ask("/chronology.json?from=1999-12&to=1999-12")[2]


def test_the_second_writer_is_shown_both_versions(room: Served) -> None:
    row = rows(room, "commitments")[0]
    _, form = get(room, f"/ask/fields/{row['id']}")
    decide(room.record, Draft(Action.EDIT, row["id"], {"status": "kept"}), "Ola")
    edit = {"action": "edit", "subject": row["id"], "fields": {"what": "something else"}}
    status, told = send(room, "/decisions", **edit, seen=form["revision"])
    assert status == 409
    assert (told["theirs"]["status"], told["mine"]["what"]) == ("kept", "something else")
    assert "Ola" in told["error"]
    status, told = send(room, "/decisions", **edit, seen=told["revision"])
    assert status == 200
    assert {rows(room, "commitments")[0][name] for name in ("status", "what")} == {"kept", "something else"}


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"action": "accept", "subject": "stm-nothing"}, 422),
        ({"action": "accept"}, 400),
        ({"action": "explode", "subject": "x"}, 400),
        ({"action": "accept", "subject": ["x"], "who": "Kim"}, 422),
        ({"action": "undo", "subject": "x"}, 422),
        ({"action": "create", "subject": "statements"}, 400),
        ({"action": "create", "subject": "statements", "selection": NOWHERE}, 422),
        ([], 400),
        ("accept", 400),
        (None, 400),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_written(room: Served, given: Any, status: int) -> None:
    headers = {"Content-Type": "application/json", "Origin": room.root}
    answer, _, body = room.ask("/decisions", "POST", headers, json.dumps(given).encode())
    assert answer == status, body
    assert json.loads(body)["error"]
    assert log(room) == []


def test_a_decision_is_signed(room: Served) -> None:
    row = rows(room, "statements")[0]
    status, told = send(room, "/decisions", action="accept", subject=row["id"], who="  ")
    assert status == 422
    assert "name that signs" in told["error"]


def test_a_name_is_only_words(room: Served) -> None:
    row = rows(room, "statements")[0]
    hostile = '"><script>alert(1)</script>'
    assert send(room, "/decisions", action="accept", subject=row["id"], who=hostile, why=hostile)[0] == 200
    page = room.ask("/history")[2].decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_selection_counts_in_units_of_the_browser(room: Served) -> None:
    document = rows(room, "documents")[0]["id"]
    with open_record(room.record) as record:
        text = record.document(document).text
    selection = {"document": document, "from": [0, 9], "to": [0, 3]}  # backwards, and with a blank at an end
    status, told = send(room, "/decisions", action="create", subject="statements", selection=selection)
    assert status == 200, told
    made = next(row for row in rows(room, "statements") if row["id"] == told["subject"])
    assert made["content"][0]["quote"] == text[3:9].strip()
    with open_record(room.record) as record:
        assert verify(record).is_whole
    assert told["subject"].encode() in room.ask(f"/d/{document}")[2]


def test_candidates_are_of_the_same_noun(room: Served) -> None:
    first, *others = rows(room, "entities")
    status, told = get(room, f"/ask/candidates/{first['id']}?q={others[0]['name'].split()[0]}")
    assert status == 200
    assert others[0]["id"] in {candidate["id"] for candidate in told["candidates"]}
    assert get(room, "/ask/candidates/ent-none")[0] == 422
    status, told = get(room, f"/ask/touched/{first['id']}?other={others[0]['id']}")
    assert set(told) == {"touched", "warnings"}


def test_what_is_kept_apart_cannot_be_merged(room: Served) -> None:
    one, other, *_ = rows(room, "entities")
    with open_record(room.record) as record:
        version = record.query("SELECT version FROM runs")[0][0]
    status, told = send(room, "/decisions", action="merge", subject=one["id"], values={"others": [other["id"]]})
    assert (status, version) == (422, "0.1")  # the story was linked by another version, which cannot link again
    assert "communique build" in told["next"]
    assert log(room) == []


def test_every_editable_field_comes_back_as_it_was(room: Served) -> None:
    for noun in ("engagements", "statements", "agenda", *LEDGERS, "entities", "documents"):
        for row in rows(room, noun):
            fields = list_fields(noun, row)
            assert fields, noun
            assert read_fields(noun, row, {field["name"]: field["value"] for field in fields}) == {}


TEXT = "The ministers  met\u00a0in Oslo 📰 on Monday."


@pytest.mark.parametrize(
    ("how", "before", "after"),
    [
        ("start-", "in Oslo", "met\u00a0in Oslo"),
        ("end+", "in Oslo", "in Oslo 📰"),
        ("start+", "met\u00a0in Oslo", "in Oslo"),
        ("end-", "in Oslo 📰", "in Oslo"),
        ("end-", "Oslo", "Oslo"),
        ("start+", "Oslo", "Oslo"),
        ("start-", "The", "The"),
        ("end+", "Monday.", "Monday."),
    ],
)
def test_words_move_one_at_a_time(how: str, before: str, after: str) -> None:
    start = TEXT.index(before)
    first, last = move(TEXT, start, start + len(before), how)
    assert TEXT[first:last] == after


def test_a_span_outside_the_text_is_refused(room: Served) -> None:
    document = rows(room, "documents")[0]["id"]
    assert get(room, f"/ask/span/{document}?start=0&end=3&move=end%2B")[0] == 200
    for asked in ("start=0&end=999999", "start=&end=3", "start=x&end=3", "start=3&end=3", "", "start=-1&end=2"):
        assert get(room, f"/ask/span/{document}?{asked}&move=end%2B")[0] == 422
