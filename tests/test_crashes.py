"""Some of the disturbances of ``python -m eval.crashes``; with ``--slow`` only.

And the measure itself: it must see what a program that does not wait for the disk would lose.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from random import Random

import pytest

from communique.record import deciding
from communique.record.connect import execute_patiently
from eval.crashes.faults import FAULTS, fail_calls
from eval.crashes.full_disk import is_possible
from eval.crashes.jobs import Job, make_jobs
from eval.crashes.kills import kill_at_calls, kill_at_times
from eval.crashes.points import Found, has_strace
from eval.crashes.power import lose_power

pytestmark = pytest.mark.slow
needs_strace = pytest.mark.skipif(not has_strace(), reason="there is no strace")
NUMBER = 60


@pytest.fixture(scope="module")
def jobs(tmp_path_factory: pytest.TempPathFactory) -> list[Job]:
    return make_jobs(tmp_path_factory.mktemp("jobs"))


def failures(tries: Iterable[Found]) -> list[Found]:
    found = list(tries)
    assert any(one.disturbed for one in found), "nothing was disturbed"
    return [one for one in found if one.reasons]


@needs_strace
def test_killed_at_chosen_calls(jobs: list[Job], tmp_path: Path) -> None:
    assert failures(kill_at_calls(jobs, NUMBER, tmp_path / "case", Random(1))) == []


def test_killed_at_random(jobs: list[Job], tmp_path: Path) -> None:
    assert failures(kill_at_times(jobs, NUMBER, tmp_path / "case", Random(2))) == []


@needs_strace
@pytest.mark.parametrize("fault", FAULTS)
def test_calls_that_fail(jobs: list[Job], tmp_path: Path, fault: str) -> None:
    for for_ever in (False, True):
        tries = fail_calls(jobs, fault, NUMBER // 2, tmp_path / "case", Random(3), for_ever=for_ever)
        assert failures(tries) == []


@needs_strace
def test_power_is_lost(jobs: list[Job], tmp_path: Path) -> None:
    assert failures(lose_power(jobs, NUMBER, tmp_path / "case", Random(4))) == []


@needs_strace
def test_the_measure_sees_a_program_that_does_not_wait_for_the_disk(
    tmp_path: Path, jobs: list[Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    def begin_carelessly(connection: sqlite3.Connection, statement: str, wait_s: float) -> None:
        if statement == "BEGIN IMMEDIATE":
            connection.execute("PRAGMA synchronous = FULL")  # which does not wait for the removal of a journal
        execute_patiently(connection, statement, wait_s)

    monkeypatch.setattr(deciding, "execute_patiently", begin_carelessly)
    decide = [job for job in jobs if job.name == "decide"]
    found = failures(lose_power(decide, 20, tmp_path / "case", Random(5)))
    assert any("lost: dec-" in reason for one in found for reason in one.reasons)


@pytest.mark.skipif(not is_possible(), reason="nothing can be mounted here")
def test_full_disks() -> None:
    command = ["unshare", "--mount", "--map-root-user", sys.executable, "-m", "eval.crashes.full_disk", "--sizes", "4"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[1])
    assert done.returncode == 0, done.stdout + done.stderr
