"""``python -m eval.crashes``: disturbs the program in every way that it should bear, and counts what it does not bear.

Needs strace for chosen calls, and the right to mount a small disk for the full ones; what it cannot do it skips, with a
line.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random

from eval.crashes import full_disk
from eval.crashes.faults import FAULTS, fail_calls
from eval.crashes.jobs import Job, make_jobs
from eval.crashes.kills import kill_at_calls, kill_at_times
from eval.crashes.points import Found, has_strace, show
from eval.crashes.power import lose_power
from eval.crashes.same import build_under_all

SEED = 20260407
SECTIONS = ("kills", "faults", "disk", "power", "same")


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parse_options(arguments)
    wanted, failed = options.only or SECTIONS, 0
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        jobs = make_jobs(work)
        print(f"{len(jobs)} jobs: {', '.join(job.name for job in jobs)}")
        for name, tries in _measures(jobs, options, work / "case"):
            failed += show(name, tries)
    if "disk" in wanted:
        failed += _fill_disks(options.sizes)
    return 1 if failed else 0


def _parse_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval.crashes", description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--only", choices=SECTIONS, action="append", help="these measures (default: all)")
    parser.add_argument("--kills", type=int, default=300, help="half at chosen calls, half at random (default: 300)")
    parser.add_argument("--faults", type=int, default=100, help="points of each kind (default: 100)")
    parser.add_argument("--sizes", type=int, default=20, help="sizes of full disks for each job (default: 20)")
    parser.add_argument("--reports", type=Path, default=Path("examples/reports"), help="for the builds of one folder")
    parser.add_argument("--power", type=int, default=2000, help="losses of power (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=SEED, help="of the choice (default: %(default)s)")
    return parser.parse_args(arguments)


def _measures(jobs: Sequence[Job], options: argparse.Namespace, case: Path) -> Iterator[tuple[str, Iterable[Found]]]:
    wanted, random = options.only or SECTIONS, Random(options.seed)
    chosen = options.kills // 2 if has_strace() else 0
    if not has_strace():
        print("skipped: chosen calls (there is no strace)")
    if "kills" in wanted:
        if chosen:
            yield "kills at chosen calls", kill_at_calls(jobs, chosen, case, random)
        yield "kills at random moments", kill_at_times(jobs, options.kills - chosen, case, random)
    if "faults" in wanted and has_strace():
        for fault in FAULTS:
            for for_ever in (False, True):
                name = f"{fault} fails {'for ever' if for_ever else 'once'}"
                yield name, fail_calls(jobs, fault, options.faults, case, random, for_ever=for_ever)
    if "same" in wanted:
        yield "builds of one folder", build_under_all(options.reports, case.with_name("same"))
    if "power" in wanted and has_strace():
        yield "losses of power", lose_power(jobs, options.power, case, random)


def _fill_disks(sizes: int) -> bool:
    if not full_disk.is_possible():
        print("skipped: full disks (nothing can be mounted here)")
        return False
    command = ["unshare", "--mount", "--map-root-user", sys.executable, "-m", "eval.crashes.full_disk"]
    return subprocess.run([*command, "--sizes", str(sizes)], check=False).returncode != 0


if __name__ == "__main__":
    sys.exit(main())
