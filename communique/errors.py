"""The errors that this package raises.

CommuniqueError
├── SettingsError     a setting is unknown or out of range: exit 2, before any work
├── ReadError         one file cannot be read: becomes a Problem, the run goes on
├── ModelError        the language model is missing or not the pinned one: exit 1, before any work
├── EvidenceError     a span does not hold in its text: a bug, the run stops
└── RecordError       the record is missing, locked, damaged or of another version: exit 1 (6 when locked)
    └── RecordLocked
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


class RecordError(CommuniqueError):
    """The record is missing, damaged or of another version."""


class RecordLocked(RecordError):
    """Another process is writing the record."""
