"""Many people at once: every decision that was answered is stored, in one unbroken chain, and nobody is sent away."""

from __future__ import annotations

import multiprocessing
import time
from pathlib import Path
from queue import Queue

import pytest

from communique.decisions import Draft, decide, history, revision
from communique.errors import Conflict, RecordLocked
from communique.model import Action
from communique.record import deciding
from communique.record.reader import open_record
from communique.record.verify import verify
from communique.record.writer import RecordWriter
from tests.decisions.conftest import RUN, dump, relinked, rows


def settle(path: Path, who: str, ids: list[str], count: int, answers: Queue[tuple[str, str]]) -> None:
    """Decides ``count`` times, in its own process; tells what came of each."""
    for number in range(count):
        draft = Draft(Action.EDIT, ids[number % len(ids)], {"title": f"{who} {number}"})
        try:
            answers.put(("stored", decide(path, draft, who).id))
        except Exception as error:
            answers.put((type(error).__name__, str(error)))


def run(path: Path, n_processes: int, count: int, *, building: bool = False) -> list[tuple[str, str]]:
    """Processes that decide at once, while somebody reads and, if asked, a build links; gives their answers."""
    ids = [row["id"] for row in rows(path, "engagements")]
    spawned = multiprocessing.get_context("spawn")
    answers: Queue[tuple[str, str]] = spawned.Queue()  # type: ignore[assignment]
    people = [spawned.Process(target=settle, args=(path, f"P{n}", ids, count, answers)) for n in range(n_processes)]
    for person in people:
        person.start()
    found: list[tuple[str, str]] = []
    while len(found) < n_processes * count:
        if building:
            with RecordWriter(path, RUN, wait_s=60) as writer:
                writer.relink()
        with open_record(path) as record:
            assert len(record.rows("engagements")) == len(ids)
        while not answers.empty():
            found.append(answers.get())
        time.sleep(0.05)
    for person in people:
        person.join()
    return found


def check(path: Path, found: list[tuple[str, str]]) -> None:
    assert {kind for kind, _ in found} == {"stored"}, [words for kind, words in found if kind != "stored"][:3]
    with open_record(path) as record:
        entries = history(record)
        assert [entry.decision.number for entry in entries] == list(range(1, len(found) + 1))
        assert {entry.decision.id for entry in entries} == {id for _, id in found}
        proof = verify(record)
        assert proof.is_whole, proof.findings[:3]
    assert relinked(path) == dump(path)


def test_three_processes_decide_on_the_same_rows_while_a_build_links(path: Path) -> None:
    check(path, run(path, 3, 12, building=True))


@pytest.mark.slow
def test_eight_processes_store_two_thousand_decisions(path: Path) -> None:
    check(path, run(path, 8, 250))


@pytest.mark.slow
def test_eight_processes_and_a_build(path: Path) -> None:
    check(path, run(path, 8, 40, building=True))


def test_decisions_queue_for_so_long_and_no_longer(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = Draft(Action.EDIT, rows(path, "engagements")[0]["id"], {"title": "Talks"})
    with deciding._queue(path, 0.0), monkeypatch.context() as patched:
        patched.setattr(deciding, "WAIT_S", 0.05)
        with pytest.raises(RecordLocked, match="other decisions"):
            decide(path, draft, "Kim")
        with RecordWriter(path, RUN, wait_s=0):  # the lock of a build is another one
            pass
    assert decide(path, draft, "Kim").number == 1


def contend(path: Path, id: str, seen: str, who: str, answers: Queue[tuple[str, str]]) -> None:
    """One of several who looked at the same row."""
    try:
        decide(path, Draft(Action.EDIT, id, {"title": who}), who, seen=seen)
        answers.put(("stored", who))
    except Conflict as conflict:
        answers.put(("conflict", str(conflict.theirs["title"])))


def test_of_many_who_saw_the_same_row_one_decides_and_the_others_see_what(path: Path) -> None:
    id = rows(path, "engagements")[0]["id"]
    with open_record(path) as record:
        seen = revision(record, id)
    spawned = multiprocessing.get_context("spawn")
    answers: Queue[tuple[str, str]] = spawned.Queue()  # type: ignore[assignment]
    people = [spawned.Process(target=contend, args=(path, id, seen, f"P{n}", answers)) for n in range(4)]
    for person in people:
        person.start()
    found = [answers.get(timeout=60) for _ in people]
    for person in people:
        person.join()
    [winner] = [who for kind, who in found if kind == "stored"]
    assert [words for kind, words in found if kind == "conflict"] == [winner] * 3
