"""Paths that a person gives into the list of files to read, in an order that depends on their names only."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from communique.errors import ReadError
from communique.model import Problem, problem
from communique.read.kinds import SUFFIXES, find_suffix

_READABLE = f"save it as one of the kinds that are read ({', '.join(SUFFIXES)})"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read. ``name`` is its path below the folder that was given, with forward slashes, else its own name.

    ``content`` where the bytes are at hand already, as those of a web address are.
    """

    path: Path
    name: str
    content: bytes | None = None


def find_files(paths: Sequence[Path], besides: Collection[Path] = ()) -> tuple[list[SourceFile], list[Problem]]:
    """The reports in files and folders, folders walked through in the order of names.

    Hidden files in folders are passed over; so is a file that was found before. Links to files inside the folder are
    followed; links to folders and out of the folder are not, so that a walk ends and stays where it was sent.

    Args:
        paths: Files and folders.
        besides: Files that are no reports though they lie among them: the record, the manifest.

    Returns:
        The files, and a problem for everything that was named or found and is not read.
    """
    files: list[SourceFile] = []
    problems: list[Problem] = []
    seen = {path.resolve() for path in besides}
    for path in paths:
        if path.is_dir():
            found = list(_walk(path, path, problems))
            if not found:
                problems.append(
                    _refuse(
                        path, path, "no reports in this folder", "give a folder with files of the kinds that are read"
                    )
                )
        else:
            found = [SourceFile(path, make_name(path, path.parent))]
        for source in found:
            real = _resolve(source.path)
            if real in seen:
                continue
            reason = _find_obstacle(source.path)
            if reason:
                problems.append(problem(source.name, "read", *reason))
            else:
                seen.add(real)
                files.append(source)
    return files, problems


def make_name(path: Path, base: Path) -> str:
    """A path below a base with forward slashes; bytes that are no UTF-8 become U+FFFD, so that it can be stored."""
    name = path.relative_to(base).as_posix() if path != base else path.as_posix()
    return os.fsencode(name).decode("utf-8", "replace")


def read_content(source: SourceFile, most: int) -> bytes:
    """The bytes of a file.

    Raises:
        ReadError: It cannot be opened, or is larger than ``most`` bytes.
    """
    try:
        if (content := source.content) is None:
            with source.path.open("rb") as opened:
                content = opened.read(most + 1)
    except OSError as error:
        raise ReadError(f"{source.name} cannot be opened ({error.strerror})", "check its permissions") from error
    if len(content) > most:
        raise ReadError(f"{source.name} is larger than {most // 1_000_000} MB", "split it into single reports")
    return content


def _refuse(path: Path, base: Path, reason: str, next_step: str) -> Problem:
    return problem(make_name(path, base), "read", reason, next_step)


def _resolve(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # a link to itself
        return path.absolute()


def _walk(folder: Path, base: Path, problems: list[Problem]) -> Iterator[SourceFile]:
    waiting = [folder]
    inside = base.resolve()
    while waiting:
        opened = waiting.pop()
        try:
            entries = sorted(opened.iterdir(), key=lambda entry: entry.name)
        except OSError as error:
            problems.append(
                _refuse(opened, base, f"folder cannot be opened ({error.strerror})", "check its permissions")
            )
            continue
        folders = []
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_symlink() and (entry.is_dir() or not _resolve(entry).is_relative_to(inside)):
                problems.append(
                    _refuse(entry, base, "a link out of the folder or to a folder is not followed", "give its target")
                )
            elif entry.is_dir():
                folders.append(entry)
            else:
                yield SourceFile(entry, make_name(entry, base))
        waiting.extend(reversed(folders))


def _find_obstacle(path: Path) -> tuple[str, str] | None:
    """Why a file is not read, and what to do."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return f"cannot be found ({error.strerror})", "check the path"
    if not stat.S_ISREG(mode):
        return "is no ordinary file", "give a file or a folder"
    if find_suffix(path.name) not in SUFFIXES:
        return f"{path.suffix or 'files without a suffix'}: this kind of file is not read", _READABLE
    return None
