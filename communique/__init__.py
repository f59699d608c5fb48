"""Communique turns a folder of reports about diplomacy into a sourced record.

    >>> import communique
    >>> reading = communique.read("Lavrov said on Friday that talks would resume.")  # doctest: +SKIP
    >>> communique.build(["reports"], "communique.db")  # doctest: +SKIP
    >>> record = communique.open("communique.db")  # doctest: +SKIP
    >>> record.statements[0]["source"]["name"]  # doctest: +SKIP

`read` gives what one text says, `build` makes or extends a record, `open` reads one: its tables (``documents``,
``entities``, ``statements``, ``engagements``, ``issues``, ``agenda``, ``silences``, ``commitments``, ``forecasts``,
``measures``, ``comparisons``, ``problems``, ``mentions``, ``times``, ``event_mentions``) come out as lists of plain
rows, which pandas and polars take as they are. The language model is loaded when a text is annotated, not before.
"""

from __future__ import annotations

from pathlib import Path

from communique.errors import (
    CommuniqueError,
    Conflict,
    DecisionError,
    EvidenceError,
    ModelError,
    ReadError,
    RecordError,
    RecordLocked,
    Refused,
    SettingsError,
)
from communique.pipeline import Report, build, read
from communique.record.reader import Record, open_record
from communique.settings import Settings
from communique.version import VERSION as __version__

__all__ = [
    "CommuniqueError",
    "Conflict",
    "DecisionError",
    "EvidenceError",
    "ModelError",
    "ReadError",
    "Record",
    "RecordError",
    "RecordLocked",
    "Refused",
    "Report",
    "Settings",
    "SettingsError",
    "__version__",
    "build",
    "open",
    "read",
]


def open(record: str | Path = "communique.db") -> Record:
    """Opens a record for reading.

    Raises:
        RecordError: There is none at this path, or it is not ours, damaged, or of another version.
    """
    return open_record(Path(record))
