"""A disk that is full at some point of a job: what is told, what is left, and that the job ends well once it has room.

The disk is a small one in memory, mounted in a name space of this process's own, so the module is run as a program:
``unshare --mount --map-root-user python -m eval.crashes.full_disk``.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from eval.crashes.faults import check_told
from eval.crashes.jobs import COPY, EXPORT, RECORD, SITE, Job, check_disturbed, check_repaired, copy_start, make_jobs
from eval.crashes.points import Found, show
from eval.crashes.program import run

PAGE = 4096
ROOM = 256 * 1024 * 1024


def is_possible() -> bool:
    """True when this system lets us mount."""
    command = ["unshare", "--mount", "--map-root-user", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.crashes.full_disk")
    parser.add_argument("--sizes", type=int, default=20, help="sizes of the disk for each job (default: %(default)s)")
    sizes = parser.parse_args(arguments).sizes
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        disk = Path(folder) / "disk"
        disk.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(disk)], check=True)
        for job in make_jobs(Path(folder)):
            if not job.beside:
                failed += show(f"full disk, {job.name}", fill(job, sizes, disk))
        subprocess.run(["umount", str(disk)], check=True)
    return 1 if failed else 0


def fill(job: Job, sizes: int, disk: Path) -> Iterator[Found]:
    """Runs a job on a disk that is full from the start, and on larger and larger ones."""
    folder = disk / "case"
    _set_size(disk, ROOM)
    copy_start(job, folder)
    start = _used(disk)
    peak = max(_run_and_watch(job, folder, disk), start + sizes * PAGE)
    for i in range(sizes):
        _set_size(disk, ROOM)
        copy_start(job, folder)
        size = start + (peak - start) * i // sizes // PAGE * PAGE
        _set_size(disk, size)
        outcome = run(job.arguments, folder)
        reasons = [*check_told(job, folder, outcome)]
        if outcome.code and not any(name in outcome.err for name in (RECORD, COPY, EXPORT, SITE)):
            reasons.append(f"does not say where: {outcome.err.strip()}")
        _set_size(disk, ROOM)
        reasons += check_disturbed(job, folder, outcome)
        reasons += check_repaired(job, folder)
        yield Found(f"{size} bytes for {job.name}", tuple(reasons), outcome.code != 0)


def _set_size(disk: Path, size: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", str(disk)], check=True)


def _used(disk: Path) -> int:
    found = os.statvfs(disk)
    return (found.f_blocks - found.f_bfree) * found.f_frsize


def _run_and_watch(job: Job, folder: Path, disk: Path) -> int:
    """The most that was used while the job ran."""
    most, is_done = [0], threading.Event()

    def watch() -> None:
        while not is_done.is_set():
            most[0] = max(most[0], _used(disk))
            time.sleep(0.0005)

    # The job is forked before the thread begins.
    process = job.start_in(folder)
    watcher = threading.Thread(target=watch)
    watcher.start()
    process.wait()
    is_done.set()
    watcher.join()
    return most[0]


if __name__ == "__main__":
    sys.exit(main())
