"""Verdicts on many proposals at once: one decision each, taken back together or singly."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from communique.decisions import Draft, decide, decide_all, history, undo, undo_all
from communique.errors import DecisionError
from communique.model import Action
from communique.record import settling
from communique.record.reader import open_record
from communique.record.verify import verify
from tests.decisions.conftest import dump, relinked, rows
from tests.publish.web.conftest import write_story

NOON = datetime(2024, 6, 1, 12, tzinfo=UTC)


def proposals(path: Path) -> list[str]:
    return [row["id"] for noun in ("statements", "engagements", "commitments") for row in rows(path, noun)]


def states(path: Path, ids: list[str]) -> list[str]:
    with open_record(path) as record:
        return [record.row(id)["review"] for id in ids]


def test_all_proposals_get_a_decision_each_and_one_undo_takes_all_back(path: Path) -> None:
    before, ids = dump(path), proposals(path)
    taken = decide_all(path, Action.ACCEPT, ids, "Kim", why="read through", when=NOON)
    assert [decision.subject for decision in taken] == ids
    assert set(states(path, ids)) == {"accepted"}
    assert relinked(path) == dump(path)
    undos, left = undo_all(path, [decision.id for decision in taken], "Kim", when=NOON)
    assert (len(undos), left) == (len(ids), [])
    assert dump(path) == before
    with open_record(path) as record:
        assert len(history(record)) == 2 * len(ids)
        assert verify(record).is_whole


def test_what_is_decided_together_has_an_instant_of_its_own(path: Path) -> None:
    first, *others = [row["id"] for row in rows(path, "engagements")] + [row["id"] for row in rows(path, "measures")]
    alone = decide(path, Draft(Action.ACCEPT, first), "Kim", when=NOON)
    one = decide_all(path, Action.ACCEPT, others[:2], "Kim", when=NOON)
    two = decide_all(path, Action.ACCEPT, others[2:], "Kim", when=NOON)
    times = [{decision.decided_at for decision in taken} for taken in ([alone], one, two)]
    assert times == [{"2024-06-01T12:00:00Z"}, {"2024-06-01T12:00:00.000000Z"}, {"2024-06-01T12:00:00.000001Z"}]


def test_measures_are_checked_once_and_come_to_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    together, singly = (write_story(tmp_path / name) for name in ("together.db", "singly.db"))
    ids, calls = [row["id"] for row in rows(together, "measures")], 0
    for id in ids:
        decide(singly, Draft(Action.ACCEPT, id), "Kim", when=NOON)
    check = settling._check_measures

    def count(connection: sqlite3.Connection) -> None:
        nonlocal calls
        calls += 1
        check(connection)

    monkeypatch.setattr(settling, "_check_measures", count)
    taken = decide_all(together, Action.ACCEPT, ids, "Kim", when=NOON)
    assert (len(ids), calls) == (2, 1)
    assert rows(together, "measures") == rows(singly, "measures")
    undo_all(together, [decision.id for decision in taken], "Kim", when=NOON)
    assert calls == 2


def test_what_somebody_decided_on_is_left_as_it_is(path: Path) -> None:
    first, *others = proposals(path)
    decide(path, Draft(Action.REJECT, first), "Ola")
    taken = decide_all(path, Action.ACCEPT, [first, *others], "Kim")
    assert [decision.subject for decision in taken] == others
    assert states(path, [first]) == ["rejected"]
    assert decide_all(path, Action.ACCEPT, [first, *others], "Kim") == []


def test_one_of_them_is_taken_back_alone_and_what_others_rest_on_stands(path: Path) -> None:
    ids = [row["id"] for row in rows(path, "engagements")]
    taken = decide_all(path, Action.ACCEPT, ids, "Kim")
    undo(path, taken[0].id, "Kim")
    decide(path, Draft(Action.UNSURE, ids[1]), "Ola")  # rests on the verdict before it
    undos, left = undo_all(path, [decision.id for decision in taken], "Kim")
    assert left == [taken[1].id, taken[0].id]
    assert {undone.subject for undone in undos} == set(ids[2:])
    assert states(path, ids[:2]) == ["proposed", "unsure"]


def test_together_are_verdicts_only_and_all_or_none_is_stored(path: Path) -> None:
    ids = proposals(path)
    with pytest.raises(DecisionError, match="one by one"):
        decide_all(path, Action.MERGE, ids, "Kim")
    with pytest.raises(DecisionError, match="no row"):
        decide_all(path, Action.ACCEPT, [*ids, "stm-none"], "Kim")
    with open_record(path) as record:
        assert history(record) == []
    edited = decide(path, Draft(Action.EDIT, rows(path, "engagements")[0]["id"], {"title": "Talks"}), "Kim")
    with pytest.raises(DecisionError, match="no verdict"):
        undo_all(path, [edited.id], "Kim")
