"""Killed while a decision goes to the disk: it is there as a whole or not at all, and the record can be read."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

from communique.decisions import history
from communique.model import Action
from communique.record.connect import connect
from communique.record.reader import open_record
from communique.record.verify import verify
from tests.decisions.conftest import act, dump, find


def test_a_half_written_decision_is_taken_back_by_the_next_reader(path: Path) -> None:
    act(path, Action.ACCEPT, find(path, "statements", "reopen")["id"])
    before, killed = dump(path), path.with_name("killed.db")
    with closing(connect(path, "rw")) as connection:
        connection.execute("PRAGMA cache_size = 1")  # so that pages go to the file before the end
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE engagements SET title = 'half'")
        connection.execute("UPDATE evidence SET role = role || '!'")
        # What the disk holds at this moment is what a kill would leave.
        shutil.copy(path, killed)
        shutil.copy(path.with_name("story.db-journal"), killed.with_name("killed.db-journal"))
        connection.execute("ROLLBACK")
    assert killed.read_bytes() != path.read_bytes()
    assert dump(killed) == before
    with open_record(killed) as record:
        assert len(history(record)) == 1
        assert verify(record).is_whole
