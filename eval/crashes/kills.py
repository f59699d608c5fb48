"""Kills: at chosen system calls (by strace) and at random moments, some of them in the run that repairs, too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from random import Random

from eval.crashes.jobs import Job, check_disturbed, check_repaired, copy_start
from eval.crashes.points import Found, choose, find_points
from eval.crashes.program import Outcome, run, start

CALLS = ("pwrite64", "write", "fsync", "fdatasync", "ftruncate", "unlink", "rename", "renameat2")
KILLED = -9
# So many tries of a hundred are killed again in the run that repairs, up to three times.
AGAIN = 25


def kill_at_calls(jobs: Sequence[Job], number: int, folder: Path, random: Random) -> Iterator[Found]:
    """Kills each time when a call of the job begins."""
    for point in choose(find_points(jobs, CALLS, folder), number, random):
        injection = f"{point.call}:signal=SIGKILL:when={point.number}"
        yield _try(point.job, f"killed at {point}", folder, random, disturb=(injection,))


def kill_at_times(jobs: Sequence[Job], number: int, folder: Path, random: Random) -> Iterator[Found]:
    """Kills at random moments of each job's usual time; tries in which the job had ended before do not count."""
    killed = 0
    for job in islice(cycle(jobs), 3 * number):
        after = random.uniform(0, job.seconds)
        found = _try(job, f"killed in {job.name} after {after:.3f} s", folder, random, kill_after=after)
        yield found
        killed += found.disturbed
        if killed == number:
            return


def _try(
    job: Job,
    where: str,
    folder: Path,
    random: Random,
    *,
    disturb: tuple[str, ...] = (),
    kill_after: float | None = None,
) -> Found:
    copy_start(job, folder)
    other = start(job.beside, folder, "beside") if job.beside else None
    outcomes = [run(job.arguments, folder, disturb=disturb, kill_after=kill_after)]
    if other is not None and (ended := other.wait()).code:
        return Found(where, (f"the build beside it failed: {ended.err}",))
    while random.randrange(100) < AGAIN and len(outcomes) < 4:
        outcomes.append(run(job.arguments, folder, kill_after=random.uniform(0, job.seconds)))
    told = Outcome(outcomes[0].code, "\n".join(outcome.out for outcome in outcomes), outcomes[0].err, 0)
    reasons = [*check_disturbed(job, folder, told), *check_repaired(job, folder)]
    return Found(where, tuple(reasons), outcomes[0].code == KILLED)
