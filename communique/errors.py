"""The errors that this package raises.

CommuniqueError
├── SettingsError     a setting is unknown or out of range: exit 2, before any work
├── ReadError         one file cannot be read: becomes a Problem, the run goes on
├── ModelError        the language model is missing or not the pinned one: exit 1, before any work
├── EvidenceError     a span does not hold in its text: a bug, the run stops
├── DecisionError     what a person wants to settle cannot be, as it stands: exit 2, nothing was written
├── RecordError       the record is missing, locked, damaged or of another version: exit 1 (6 when locked)
│   └── RecordLocked
└── Refused           another decision stands against it: exit 6, nothing was written
    └── Conflict
"""


class CommuniqueError(Exception):
    """Base of all. The message names the thing, the reason and, as ``next_step``, what to do.

    Args:
        message: What is wrong, naming the file or row.
        next_step: What the person can do about it; shown after the message.
    """

    def __init__(self, message: str, next_step: str = "") -> None:
        super().__init__(f"{message}; {next_step}" if next_step else message)
        self.reason = message
        self.next_step = next_step


class SettingsError(CommuniqueError):
    """A setting is unknown or out of range."""


class ReadError(CommuniqueError):
    """One file cannot be read; the others can."""


class ModelError(CommuniqueError):
    """The language model is not installed, or its files are not the pinned ones."""


class EvidenceError(CommuniqueError):
    """A span does not hold in its text. This is a bug in the program or a damaged record."""


class DecisionError(CommuniqueError):
    """What a person wants to settle does not fit the row: no such field, no date, words that are not in the text."""


class RecordError(CommuniqueError):
    """The record is missing, damaged or of another version."""


class RecordLocked(RecordError):
    """Another process is writing the record."""


class Refused(CommuniqueError):
    """A decision stands against it. ``decision`` is its id, which the message names, too."""

    def __init__(self, message: str, next_step: str, decision: str) -> None:
        super().__init__(message, next_step)
        self.decision = decision


class Conflict(Refused):
    """The row is not the one that the person looked at: somebody decided on it, or a build changed it.

    ``theirs`` is the row as it is now, ``mine`` as it would have become; ``decision`` is the last one on the row,
    ``""`` where a build changed it. To decide all the same, look at ``theirs`` and decide again with ``revision``.
    """

    def __init__(
        self, message: str, decision: str, theirs: dict[str, object], mine: dict[str, object], revision: str
    ) -> None:
        super().__init__(message, "look at the row as it is now, and decide again", decision)
        self.theirs = theirs
        self.mine = mine
        self.revision = revision
