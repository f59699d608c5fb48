"""Losses of power: what a job does to its folder is followed, and for any moment of it a folder as the disk might be.

strace tells every call with its bytes; `filesystem.Disk` keeps what was safe by then. Each such folder is read, and the
job is run there again.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from eval.crashes.filesystem import Disk, File, add, exchange, move, remove
from eval.crashes.jobs import Job, check_disturbed, check_repaired, copy_start, look
from eval.crashes.points import Found
from eval.crashes.program import Outcome, run

CALLS = (
    "openat,close,pwrite64,write,fsync,fdatasync,ftruncate,truncate,unlink,unlinkat,rmdir,rename,renameat2,mkdir,dup2"
)
_LINE = re.compile(r"\d+ +(?P<call>\w+)\((?P<arguments>.*)\) += (?P<result>-?\d+)")
_CWD = "AT_FDCWD"


class Follower:
    """Does to a disk what the lines of a log tell. ``said`` is what the job has written to its standard output."""

    def __init__(self, folder: Path) -> None:
        self.disk = Disk(folder)
        self.said = ""
        self._folder = folder
        self._open: dict[str, tuple[str, File | None]] = {}  # by handle
        self._at: dict[str, int] = {}

    def follow(self, line: str) -> None:
        """Follows one line; calls that failed and files elsewhere change nothing."""
        match = _LINE.match(line)
        if match is None or int(match["result"]) < 0:
            return
        arguments = [_decode(word) for word in match["arguments"].split(", ")]
        if match["call"] == "write" and arguments[0] == "1":
            self.said += _to_bytes(match["arguments"]).decode()
        elif work := getattr(self, f"_{match['call']}", None):
            work(arguments, match)

    def _path(self, name: str, handle: str = _CWD) -> str:
        base = self._folder if handle == _CWD else Path(self._open.get(handle, ("/", None))[0])
        return str(base / name)

    def _is_ours(self, path: str) -> bool:
        return path == str(self._folder) or path.startswith(f"{self._folder}/")

    def _openat(self, arguments: list[str], match: re.Match[str]) -> None:
        path = self._path(arguments[1], arguments[0])
        if not self._is_ours(path):
            return
        if path not in self.disk.names:
            self.disk.change(add(path, File()))
        file = self.disk.names[path]
        if "O_TRUNC" in arguments[2] and file is not None:
            file.pending.append((0, None))
        self._open[match["result"]] = (path, file)
        self._at[match["result"]] = 0

    def _close(self, arguments: list[str], match: re.Match[str]) -> None:
        self._open.pop(arguments[0], None)

    def _dup2(self, arguments: list[str], match: re.Match[str]) -> None:
        self._open.pop(arguments[1], None)

    def _file(self, handle: str) -> File | None:
        return self._open.get(handle, ("", None))[1]

    def _pwrite64(self, arguments: list[str], match: re.Match[str]) -> None:
        if file := self._file(arguments[0]):
            written = _to_bytes(match["arguments"])[: int(match["result"])]
            file.pending.append((int(arguments[-1]), written))

    def _write(self, arguments: list[str], match: re.Match[str]) -> None:
        if file := self._file(arguments[0]):
            written = _to_bytes(match["arguments"])[: int(match["result"])]
            file.pending.append((self._at[arguments[0]], written))
            self._at[arguments[0]] += len(written)

    def _ftruncate(self, arguments: list[str], match: re.Match[str]) -> None:
        if file := self._file(arguments[0]):
            file.pending.append((int(arguments[1]), None))

    def _truncate(self, arguments: list[str], match: re.Match[str]) -> None:
        if file := self.disk.names.get(self._path(arguments[0])):
            file.pending.append((int(arguments[1]), None))

    def _fsync(self, arguments: list[str], match: re.Match[str]) -> None:
        if arguments[0] in self._open:
            self.disk.sync(self._file(arguments[0]))

    _fdatasync = _fsync

    def _mkdir(self, arguments: list[str], match: re.Match[str]) -> None:
        self.disk.change(add(self._path(arguments[0]), None))

    def _unlink(self, arguments: list[str], match: re.Match[str]) -> None:
        self.disk.change(remove(self._path(arguments[0])))

    _rmdir = _unlink

    def _unlinkat(self, arguments: list[str], match: re.Match[str]) -> None:
        self.disk.change(remove(self._path(arguments[1], arguments[0])))

    def _rename(self, arguments: list[str], match: re.Match[str]) -> None:
        self.disk.change(move(self._path(arguments[0]), self._path(arguments[1])))

    def _renameat2(self, arguments: list[str], match: re.Match[str]) -> None:
        self.disk.change(exchange(self._path(arguments[1]), self._path(arguments[3])))


def _decode(word: str) -> str:
    return bytes.fromhex(word.strip('"').replace("\\x", "")).decode("utf-8", "replace") if "\\x" in word else word


def _to_bytes(arguments: str) -> bytes:
    return bytes.fromhex(arguments.split('"')[1].replace("\\x", ""))


def lose_power(jobs: Sequence[Job], number: int, folder: Path, random: Random) -> Iterator[Found]:
    """Loses power so many times, in each job at random moments, and once in ten at its very end."""
    jobs = [job for job in jobs if not job.beside]
    for i, job in enumerate(jobs):
        copy_start(job, folder)
        log = folder.with_suffix(".log")
        copy = folder.with_name("before")
        copy_start(job, copy)
        run(job.arguments, folder, log=log, watch=CALLS)
        lines = log.read_text().splitlines()
        for _ in range(len(range(i, number, len(jobs)))):
            end = len(lines) if random.randrange(10) == 0 else random.randrange(len(lines))
            yield _lose_once(job, lines[:end], end == len(lines), (copy, folder), random)


def _lose_once(job: Job, lines: Sequence[str], is_done: bool, folders: tuple[Path, Path], random: Random) -> Found:
    before, folder = folders
    # The log tells the paths of the folder that the job was run in, which is filled anew.
    shutil.rmtree(folder)
    shutil.copytree(before, folder)
    follower = Follower(folder)
    for line in lines:
        follower.follow(line)
    shutil.rmtree(folder)
    folder.mkdir()
    follower.disk.leave(folder, random)
    where = f"power lost in {job.name}, after call {len(lines)}"
    reasons = list(check_disturbed(job, folder, Outcome(-1, follower.said, "", 0)))
    if is_done and not reasons and look(folder) != job.after:
        reasons.append("the job was done, and is not any more")
    return Found(where, (*reasons, *check_repaired(job, folder)))
