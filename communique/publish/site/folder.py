"""Files of a site into a folder, all or nothing.

The files are written into a new folder beside the wanted one and brought to the disk; the two are exchanged, so that a
reader never meets half a site, and there is a whole one after a kill or a loss of power. A folder that holds anything
but a site written here is left alone: which files are ours is listed in `MARKER`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from communique.errors import SettingsError
from communique.record import disk
from communique.record.disk import make_folder, sync_tree, write_aside

MARKER = "communique-site.txt"
HEADER = "Written by communique: the files below are replaced when the site is built again. Keep nothing of yours here."
STRAY = {".DS_Store", "Thumbs.db", "desktop.ini"}  # put anywhere by file managers, missed by nobody


def replace_folder(dest: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Writes files (path with forward slashes, content) as the whole content of a folder.

    Raises:
        SettingsError: The folder is a file, or holds what this function did not write; nothing is changed then.
        OSError: A file cannot be written; the old folder stays as it was.
    """
    dest = Path(os.path.abspath(dest))
    check_folder(dest)
    make_folder(dest.parent)
    with write_aside(dest, folder=True) as new:
        names = [_write(new, path, content) for path, content in files]
        _write(new, MARKER, "\n".join([HEADER, *sorted(names), ""]).encode())
        sync_tree(new)
        disk.replace_folder(new, dest)


def check_folder(dest: Path) -> None:
    """Refuses a folder that a site must not replace; see `replace_folder`."""
    if dest.is_symlink() or (dest.exists() and not dest.is_dir()):
        raise SettingsError(f"{dest} is not a folder", "name a folder that does not exist yet")
    if not dest.exists():
        return
    found = {path.relative_to(dest).as_posix() for path in dest.rglob("*") if path.is_symlink() or not path.is_dir()}
    strange = sorted(name for name in found - _ours(dest) if PurePosixPath(name).name not in STRAY)
    if strange:
        more = f" and {len(strange) - 1} more" if len(strange) > 1 else ""
        raise SettingsError(
            f"{dest} holds files that are not of a site built here ({strange[0]}{more})",
            "name another folder, or move these files away",
        )


def _ours(dest: Path) -> set[str]:
    marker = dest / MARKER
    if not marker.is_file():
        return set()
    lines = marker.read_text(encoding="utf-8", errors="replace").splitlines()
    return {MARKER, *lines[1:]} if lines[:1] == [HEADER] else set()


def _write(folder: Path, path: str, content: bytes) -> str:
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return path
