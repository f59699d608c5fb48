"""The members of a ZIP archive, and of a WACZ, which is one. Nothing is written to a disk and no link followed.

A member is read in memory, by our own loop, which stops where it inflates beyond measure.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
from itertools import islice

from communique.errors import ReadError
from communique.read.formats import salvage
from communique.read.items import MAX_MEMBERS, MB, Budget, Loss, Member, Members, PassedOver, Refusal, check_ratio

_CUT = "get the archive again, or unpack what is left of it by hand"
_BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError)


def open_zip(content: bytes, budget: Budget) -> Members:
    """The members of an archive in its own order; folders and hidden files are passed over.

    An archive that was cut has lost its list of members: those before the cut are found by their own heads.

    Raises:
        ReadError: It has neither a readable list of members nor a whole member.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _BROKEN as error:
        if not content.startswith(salvage.HEAD):
            raise ReadError(f"the archive is damaged ({error})", _CUT) from error
        yield from _open_cut(content, budget)
        return
    with archive:
        members = archive.infolist()
        is_wacz = "datapackage.json" in archive.namelist() and any(m.filename.startswith("archive/") for m in members)
        if len(members) > MAX_MEMBERS:
            yield Loss(f"only {MAX_MEMBERS:,} of {len(members):,} members are read")
        for member in members[:MAX_MEMBERS]:
            name = clean_name(member.filename)
            if _is_no_report(member.filename):
                continue
            if is_wacz and not name.startswith("archive/"):
                yield PassedOver("index of a web archive", 1)
                continue
            yield _read(archive, member, name, budget)


def _is_no_report(name: str) -> bool:
    """Folders, and what systems hide."""
    return name.endswith("/") or any(part.startswith((".", "__MACOSX")) for part in clean_name(name).split("/"))


def _open_cut(content: bytes, budget: Budget) -> Members:
    whole = 0
    for found in islice(salvage.iter_salvaged(content, budget), MAX_MEMBERS):
        name = clean_name(found.name)
        if _is_no_report(found.name):
            continue
        if found.content is None:
            yield Refusal(name, b"", f"{found.reason}, as the archive is cut", _CUT)
            continue
        whole += 1
        yield Member(name, found.content, f"zip, cut: {name}")
    if not whole:
        raise ReadError("the archive is cut or damaged, and no member of it is whole", _CUT)
    yield Loss(
        f"the archive is cut: its list of members is missing; members that stand whole before the cut: {whole:,}"
    )


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, budget: Budget) -> Member | Refusal:
    if stat.S_ISLNK(member.external_attr >> 16):
        return Refusal(name, b"", "is a link, which is not followed", "put the file itself into the archive")
    if member.flag_bits & 0x1:
        return Refusal(name, b"", "is encrypted: password needed", "unpack the archive with its password")
    try:
        return Member(name, read_member(archive, member, budget), f"zip: {name}")
    except ReadError as error:
        return Refusal(name, b"", error.reason, error.next_step)
    except _BROKEN as error:
        return Refusal(name, b"", f"is damaged in the archive ({error})", _CUT)


def read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: Budget) -> bytes:
    """The bytes of a member.

    Raises:
        ReadError: It inflates beyond measure.
        BadZipFile, OSError, NotImplementedError, RuntimeError: It is damaged, or packed in a way that is not known.
    """
    pieces: list[bytes] = []
    length = 0
    with archive.open(member) as opened:
        while piece := opened.read(MB):
            length += len(piece)
            check_ratio(length, member.compress_size)
            budget.spend(len(piece))
            pieces.append(piece)
    if length != member.file_size:
        raise zipfile.BadZipFile(f"{length:,} bytes where {member.file_size:,} are declared")
    return b"".join(pieces)


def clean_name(name: str) -> str:
    """A member's name as a path that leads nowhere else: no root, no way up, no control characters."""
    plain = re.sub(r"[\x00-\x1f\x7f]", "\ufffd", name.encode("utf-8", "replace").decode("utf-8").replace("\\", "/"))
    parts = [part for part in plain.split("/") if part not in ("", ".", "..")]
    return "/".join(parts)[-240:] or "member"
