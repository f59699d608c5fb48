"""The same reports under other circumstances: every build must give the same export, byte for byte.

These builds are the real ones, with the language model.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from eval.crashes.points import Found


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is different about a build."""

    name: str
    environment: Mapping[str, str] = field(default_factory=dict)
    command: tuple[str, ...] = ()  # put before the program
    needs: str = ""  # a program without which this is left out
    arguments: Callable[[Path], list[str]] = lambda reports: [str(reports)]
    umask: int = 0o022
    kill_after: tuple[float, ...] = ()


def _list_backwards(reports: Path) -> list[str]:
    return [str(path) for path in sorted(reports.rglob("*"), reverse=True) if path.is_file()]


def _move(reports: Path) -> list[str]:
    elsewhere = reports.with_name("an other plaçe") / "with a rather long name" / reports.name
    shutil.copytree(reports, elsewhere)
    for number, path in enumerate(sorted(elsewhere.rglob("*"))):
        os.utime(path, (number, number))
    return [str(elsewhere)]


ALL = (
    Circumstances("as it is"),
    Circumstances("hash seed 0", {"PYTHONHASHSEED": "0"}),
    Circumstances("hash seed 1", {"PYTHONHASHSEED": "1"}),
    Circumstances("a random hash seed", {"PYTHONHASHSEED": "random"}),
    Circumstances("the year 2031", command=("faketime", "2031-01-01 00:00:00"), needs="faketime"),
    Circumstances("the year 1999", command=("faketime", "1999-12-31 23:59:50"), needs="faketime"),
    Circumstances("another locale", {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONUTF8": "0"}),
    Circumstances("no locale, a zone ahead", {"LC_ALL": "C", "TZ": "Pacific/Kiritimati", "PYTHONCOERCECLOCALE": "0"}),
    Circumstances("umask 077, a zone behind", {"TZ": "America/Adak"}, umask=0o077),
    Circumstances("another path, other ages", arguments=_move),
    Circumstances("file by file, backwards", arguments=_list_backwards),
    Circumstances("two workers", {"COMMUNIQUE_WORKERS": "2", "PYTHONHASHSEED": "99"}),
    Circumstances("a folder in random order", command=("disorderfs",), needs="disorderfs"),
    Circumstances("killed three times", kill_after=(3.0, 4.0, 5.0)),
)


def build_under_all(reports: Path, work: Path) -> Iterator[Found]:
    """Builds a folder of reports under all circumstances, and compares the exports with the first."""
    first = ""
    for number, circumstances in enumerate(ALL):
        if circumstances.needs and not shutil.which(circumstances.needs):
            print(f"  left out: {circumstances.name} (there is no {circumstances.needs})")
            continue
        folder = work / str(number)
        folder.mkdir(parents=True)
        shutil.copytree(reports, folder / "reports")
        digest = _build(circumstances, folder)
        first = first or digest
        yield Found(circumstances.name, () if digest == first else ("another export",))
        shutil.rmtree(folder)


def _build(circumstances: Circumstances, folder: Path) -> str:
    environment = {**os.environ, **circumstances.environment}
    program = [sys.executable, "-m", "communique"]
    record, dest = str(folder / "r.db"), folder / "export"
    shuffles = circumstances.command == ("disorderfs",)
    before = () if shuffles else circumstances.command
    with _shuffled(folder / "reports") if shuffles else _plain(folder / "reports") as reports:
        build = [*before, *program, "build", *circumstances.arguments(reports), "--record", record, "--quiet"]
        for seconds in circumstances.kill_after:
            process = subprocess.Popen(build, env=environment)
            time.sleep(seconds)
            process.send_signal(signal.SIGKILL)
            process.wait()
        subprocess.run(build, env=environment, umask=circumstances.umask, check=True)
    command = [*program, "export", record, "--dest", str(dest)]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    digest = hashlib.sha256()
    for path in sorted(dest.iterdir()):
        digest.update(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


@contextmanager
def _plain(reports: Path) -> Iterator[Path]:
    yield reports


@contextmanager
def _shuffled(reports: Path) -> Iterator[Path]:
    """The same folder through a file system that gives its files in random order."""
    mounted = reports.with_name("shuffled")
    mounted.mkdir()
    command = ["disorderfs", "--shuffle-dirents=yes", "--reverse-dirents=no", str(reports), str(mounted)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    try:
        yield mounted
    finally:
        subprocess.run(["fusermount", "-u", str(mounted)], check=True)
