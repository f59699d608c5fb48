"""Where a job can be disturbed: its system calls, counted once, and a choice of them that leaves no kind out."""

from __future__ import annotations

import re
import shutil
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random

from eval.crashes.jobs import Job, copy_start
from eval.crashes.program import run

_CALL = re.compile(r"\d+ +(\w+)\(")


@dataclass(frozen=True, slots=True)
class Point:
    """The ``number``-th call of one kind in a job."""

    job: Job
    call: str
    number: int

    def __str__(self) -> str:
        return f"{self.job.name}, {self.call} {self.number}"


@dataclass(frozen=True, slots=True)
class Found:
    """What a try showed: the reasons why it failed, none when all held."""

    where: str
    reasons: tuple[str, ...]
    disturbed: bool = True  # False when the job had ended before


def has_strace() -> bool:
    """True when strace is here."""
    return shutil.which("strace") is not None


def find_points(jobs: Sequence[Job], calls: Sequence[str], folder: Path) -> list[list[Point]]:
    """Every point of the jobs, a list for each job and call."""
    groups = []
    for job in jobs:
        copy_start(job, folder)
        log = folder.with_suffix(".log")
        run(job.arguments, folder, log=log)
        counts = Counter(match[1] for line in log.read_text().splitlines() if (match := _CALL.match(line)))
        groups += [[Point(job, call, n) for n in range(1, counts[call] + 1)] for call in calls if counts[call]]
    return groups


def choose(groups: Sequence[Sequence[Point]], number: int, random: Random) -> list[Point]:
    """So many points, from each group in turn, those of a group in random order; all when there are fewer."""
    shuffled = [random.sample(group, len(group)) for group in groups]
    return list(islice(_take_in_turn(shuffled), number))


def _take_in_turn(groups: Sequence[Sequence[Point]]) -> Iterator[Point]:
    for place in range(max(map(len, groups), default=0)):
        yield from (group[place] for group in groups if place < len(group))


def show(name: str, tries: Iterable[Found]) -> int:
    """Prints one line for a measure, and one for each try that failed. Gives how many failed."""
    began, number, disturbed, failed = time.monotonic(), 0, 0, 0
    for found in tries:
        number += 1
        disturbed += found.disturbed
        if found.reasons:
            failed += 1
            print(f"  {found.where}: {'; '.join(found.reasons[:4])}", flush=True)
    seconds = time.monotonic() - began
    print(f"{name}: {number} tries, {disturbed} disturbed, {failed} failed ({seconds:.0f} s)", flush=True)
    return failed
