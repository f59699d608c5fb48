"""System calls that fail, once or from then on: what is told, what is left, and that the next run mends it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from eval.crashes.jobs import Job, check_disturbed, check_repaired, copy_start, find_leftovers, look
from eval.crashes.points import Found, choose, find_points
from eval.crashes.program import Outcome, run

_PROGRESS = re.compile(r"(?:reading|annotating) \d+ of \d+|linking \d+ documents")
# The calls that fail together, and how.
FAULTS = {
    "fsync": (("fsync", "fdatasync"), "EIO"),
    "pwrite64": (("pwrite64",), "ENOSPC"),
    "rename": (("rename", "renameat2"), "EIO"),
}


def fail_calls(
    jobs: Sequence[Job], fault: str, number: int, folder: Path, random: Random, *, for_ever: bool
) -> Iterator[Found]:
    """Lets one call of a job fail, or that and all that follow."""
    calls, error = FAULTS[fault]
    jobs = [job for job in jobs if not job.beside]
    for point in choose(find_points(jobs, calls, folder), number, random):
        copy_start(point.job, folder)
        then = "+" if for_ever else ""
        outcome = run(point.job.arguments, folder, disturb=(f"{point.call}:error={error}:when={point.number}{then}",))
        reasons = [*check_told(point.job, folder, outcome), *check_disturbed(point.job, folder, outcome)]
        reasons += check_repaired(point.job, folder)
        yield Found(f"{error} at {point}{' and for ever' if for_ever else ''}", tuple(reasons), outcome.code != 0)


def check_told(job: Job, folder: Path, outcome: Outcome) -> Iterator[str]:
    """A failure is one line that names a file or folder; a success is whole; nothing is left aside."""
    if outcome.code == 0:
        if look(folder) != job.after:
            yield "it said that all was done, and it was not"
        return
    # On a slow machine, lines that tell how far it is come before.
    lines = [line for line in outcome.err.strip().splitlines() if not _PROGRESS.match(line)]
    if outcome.code < 0 or len(lines) != 1 or "Traceback" in outcome.err:
        yield f"ended with {outcome.code}, and said: {' | '.join(lines) or 'nothing'}"
    yield from (f"left behind: {name}" for name in find_leftovers(folder) if ".new" in name)
