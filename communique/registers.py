"""An official register beside a record: `check` looks, `apply_register` keeps it, `withdraw_register` takes it out.

A register that is kept is stored whole, since which of its rows is meant depends on the others; layer 2 rests on it as
on the reports, so that what it narrowed survives a rebuild and new reports are narrowed too.
"""

from __future__ import annotations

from pathlib import Path

from communique.codec import from_plain
from communique.errors import RecordError
from communique.link.abroad import Corpus
from communique.link.beside import set_beside
from communique.link.findings import Beside
from communique.link.hints import TimeWords, find_hints
from communique.model import Engagement, Entity, Register, When
from communique.record.connect import find_version
from communique.record.reader import Record
from communique.record.writer import RecordWriter, Run
from communique.settings import Settings
from communique.tables import get_tables_digest
from communique.version import VERSION

_DEFAULTS = Settings()


def check(record: Record, register: Register) -> Beside:
    """Sets a record beside a register, and changes nothing. Narrowed dates count as the reports tell them."""
    engagements = [from_plain(Engagement, row) for row in record.iter_rows("engagements")]
    entities = [from_plain(Entity, row) for row in record.iter_rows("entities")]
    published = {
        row["id"]: from_plain(When, row["published"]) if row["published"] else None
        for row in record.iter_rows("documents")
    }
    times: dict[str, list[TimeWords]] = {}
    for row in record.iter_rows("times"):
        times.setdefault(row["document"], []).append(TimeWords(row["start"], row["end"], row["value"]))
    return set_beside(Corpus(engagements, entities, published, find_hints(engagements, times)), register)


def apply_register(record: Path, register: Register, settings: Settings = _DEFAULTS) -> bool:
    """Keeps a register in a record, and links anew: dates that reports leave open take what it says for certain.

    It takes the place of one with the same file name: a newer edition.

    Returns:
        False when the record held it already.

    Raises:
        RecordError: There is no record, or it is locked, damaged, or of a newer version; nothing was written.
    """
    with _open_existing(record, settings) as writer, writer.batch():
        changed = writer.add_register(register)
        for kept in writer.registers():
            if kept.name == register.name and kept.id != register.id:
                changed = writer.remove_register(kept.id)
        _relink(writer)
    return changed


def withdraw_register(record: Path, name: str, settings: Settings = _DEFAULTS) -> None:
    """Takes a register out of a record, by the name of its file, with all that rests on it.

    Raises:
        RecordError: The record does not hold it, or as in `apply_register`.
    """
    with _open_existing(record, settings) as writer, writer.batch():
        kept = [register.id for register in writer.registers() if register.name == name]
        if not kept:
            held = ", ".join(sorted(register.name for register in writer.registers())) or "no register"
            raise RecordError(f"{record}: does not hold a register {name}", f"it holds {held}")
        for id in kept:
            writer.remove_register(id)
        _relink(writer)


def _open_existing(record: Path, settings: Settings) -> RecordWriter:
    if find_version(record) == 0:
        raise RecordError(f"{record}: there is no record here", "communique build makes one")
    return RecordWriter(record, Run(VERSION, _find_model_identity(settings.model), get_tables_digest()))


def _find_model_identity(model: str) -> str:
    # Late, for it brings spaCy (a second): who only looks shall not wait for it.
    from communique.annotate.language_model import find_language_model

    return find_language_model(model).identity


def _relink(writer: RecordWriter) -> None:
    if writer.needs_linking():
        writer.relink()
