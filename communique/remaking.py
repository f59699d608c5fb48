"""Texts made again from the bytes that the record keeps, and compared: is what we cite what the files say?

Each original goes through the cage as it did when it was read; every document must come out with the same text. A
difference is no damage of the record by itself: another version of a reader may read more or less of a file. The way
that the record tells of a document names the versions.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import cast

from communique.read.cage import Cage
from communique.record.reader import Record
from communique.record.rows import digest_text
from communique.record.verify import Finding


def remake(record: Record) -> Iterator[Finding | str]:
    """Makes every text again.

    Returns:
        The id of each document whose text came out the same, and a finding for each of the others.
    """
    wanted: dict[str, dict[str, list[tuple[str, str, str]]]] = defaultdict(lambda: defaultdict(list))
    rows = record.query("SELECT id, file, text_sha256, origin FROM documents WHERE origin IS NOT NULL ORDER BY id")
    for id, file, digest, origin in cast("list[tuple[str, str, str, str]]", rows):
        place = json.loads(origin)
        wanted[place["sha256"]][place["file"]].append((id, file, digest))
    with Cage() as cage:
        for original in record.originals():
            for source, documents in sorted(wanted.get(original.sha256, {}).items()):
                found = {
                    item.name: digest_text(item.document.text)
                    for item in cage.read(original.content, source)
                    if item.document is not None
                }
                for id, file, digest in documents:
                    if found.get(file) == digest:
                        yield id
                    else:
                        what = "differs from the one that is stored" if file in found else "cannot be made again"
                        yield Finding(id, f"{file}: the text made again from the bytes that are kept {what}")
