"""The writing side of the record. Only the pipeline uses it.

`RecordWriter.add` stores layer 1 of one document, `RecordWriter.replace_linked` the whole of layer 2. What a call has
returned from is on the disk (write-ahead log, ``synchronous = FULL``); `RecordWriter.batch` makes several calls one
transaction, since each waits for the disk. Every evidence is compared with its text before anything is written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from communique.codec import Plain, from_plain, to_json
from communique.model import Document, Linked, Problem, Reading, Register, content_id
from communique.record import layer_1, layer_2, registers
from communique.record.connect import explain_errors
from communique.record.opening import close, open_for_writing
from communique.record.originals import store_original
from communique.record.rows import make_storable, to_cell


@dataclass(frozen=True, slots=True)
class Run:
    """By what rows are made. The same parts are the same run, on any machine and at any time."""

    version: str
    model: str  # name, version and digest of the language model
    tables: str  # digest of the tables
    settings: str = ""

    @property
    def id(self) -> str:
        return content_id("run", self.version, self.model, self.tables, self.settings)


@dataclass(frozen=True, slots=True)
class FileRead:
    """What an item was read as, and by which run: a document (its id), a problem, or a container of other items.

    ``source`` and ``original``: the file that was given, and the digest of its bytes.
    """

    facts_digest: str
    run: str
    document: str | None
    problem: Problem | None
    source: str = ""
    original: str = ""
    is_container: bool = False


@dataclass(frozen=True, slots=True)
class Origins:
    """Where an item without a document was found: the file that was given, and the digest of its bytes."""

    source: str
    original: str


class RecordWriter:
    """A record, open for writing by this process alone. Use it in a ``with`` statement.

    Args:
        path: Made if there is nothing, or an empty file.
        run: By what the rows to come are made.

    Raises:
        RecordLocked: Another process is writing it.
        RecordError: It is not ours, damaged, of a newer version, or cannot be written; nothing was touched.
    """

    def __init__(self, path: Path, run: Run) -> None:
        self.path = path.resolve() if path.is_symlink() else path
        self.run = run
        self._connection, self._lock = open_for_writing(self.path)

    def __enter__(self) -> RecordWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the record. What was not in a finished `batch` or call is not stored."""
        close(self._connection, self._lock)

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Makes the calls inside one transaction: all of them are stored when it ends, or none."""
        with explain_errors(self.path):
            if self._connection.in_transaction:
                yield
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    # --- what is there --------------------------------------------------------------------------------

    def files_read(self) -> dict[tuple[str, str], FileRead]:
        """Every item that was ever read, by name and SHA-256 of its bytes."""
        found = {}
        names = "name, sha256, facts, run, document, problem, source, original, contents IS NOT NULL"
        with explain_errors(self.path):
            for name, sha256, facts, run, document, reason, *rest in self._connection.execute(
                f"SELECT {names} FROM files"
            ):
                problem = from_plain(Problem, json.loads(reason)) if reason else None
                found[name, sha256] = FileRead(facts, run, document, problem, rest[0], rest[1], bool(rest[2]))
        return found

    def readings(self) -> Iterator[Reading]:
        """Layer 1 of every document, sorted by document id."""
        with explain_errors(self.path):
            for (name,) in self._connection.execute("SELECT id FROM documents ORDER BY id").fetchall():
                document = layer_1.load_document(self._connection, name)
                annotations = layer_1.load_annotations(self._connection, name)
                if document is not None and annotations is not None:
                    yield Reading(document, annotations)

    def needs_linking(self) -> bool:
        """True when layer 2 does not stand on all of layer 1, or was made by another run."""
        with explain_errors(self.path):
            linked = self._connection.execute("SELECT value FROM meta WHERE name = 'linked'").fetchone()
        return bool(linked != (self.run.id,))

    # --- layer 1 --------------------------------------------------------------------------------------

    def add_copy(self, document: Document, facts_digest: str = "") -> bool:
        """Notes a file that holds a text already in the record, where nothing else is to be done for it.

        Returns:
            False when the document must be annotated and given to `add`: its text is new, was annotated by another
            run, or this file's name comes first, so that the row becomes this file's.
        """
        with self.batch():
            if not layer_1.is_copy(self._connection, document, self.run.id):
                return False
            layer_1.note_file(self._connection, document, facts_digest, self.run.id)
            return True

    def add_copies(self, copies: Iterable[tuple[Document, str]]) -> None:
        """As `add_copy` for many, each with its digest of facts, in one transaction."""
        with self.batch():
            listed = set()
            for document, facts_digest in copies:
                if layer_1.is_copy(self._connection, document, self.run.id):
                    layer_1.insert_file(self._connection, document, facts_digest, self.run.id)
                    listed.add(document.id)
            for id in sorted(listed):
                layer_1.list_copies(self._connection, id)

    def add(self, reading: Reading, facts_digest: str = "") -> bool:
        """Stores layer 1 of one document.

        Args:
            reading: The document with its annotations.
            facts_digest: Of what a manifest says of the file; a file is current while this stays the same.

        Returns:
            True when the record has changed in more than the note that the file was read.

        Raises:
            EvidenceError: Something in it does not hold in the text; nothing of it was stored.
        """
        row, payload, evidence = layer_1.check_reading(reading)
        with self.batch():
            if self.add_copy(reading.document, facts_digest):
                return False
            self._note_run()
            changed = layer_1.store_document(self._connection, row, payload, evidence, self.run.id)
            layer_1.note_file(self._connection, reading.document, facts_digest, self.run.id)
            return self._note_change(changed)

    def add_problem(
        self, problem: Problem, name: str, sha256: str = "", facts_digest: str = "", origins: Origins | None = None
    ) -> bool:
        """Notes why an item could not be read. A later reading under this name takes the note away.

        Args:
            problem: The reason.
            name: Of the item, as it would be in ``Document.file``.
            sha256: Of its bytes, empty when not even these could be had.
            facts_digest: As in `add`.
            origins: The file that holds the item; the item itself if None.

        Returns:
            True when this was not known.
        """
        name, reason = make_storable(name), _store_words(problem)
        source = make_storable(origins.source if origins else name)
        original = origins.original if origins else sha256
        with self.batch():
            self._note_run()
            known = self._connection.execute(
                "SELECT problem FROM files WHERE name = ? AND sha256 = ?", (name, sha256)
            ).fetchone()
            self._connection.execute("DELETE FROM files WHERE name = ? AND problem IS NOT NULL", (name,))
            self._connection.execute(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, NULL, NULL, ?, ?, ?, NULL)",
                (name, sha256, facts_digest, self.run.id, reason, source, original),
            )
            return self._note_change(bool(known != (reason,)))

    def add_container(
        self, name: str, sha256: str, facts_digest: str, contents: Plain, problem: Problem | None = None
    ) -> bool:
        """Notes that all items of a file are in the record. To be called when they are: it is not opened again then.

        What could not be read of an earlier content under this name is forgotten.

        Args:
            name: Of the file.
            sha256: Of its bytes.
            facts_digest: Of all that a manifest says of it and of its items.
            contents: How many items it has, and what was passed over.
            problem: What of the container itself was lost.

        Returns:
            True when this was not known.
        """
        name, reason = make_storable(name), _store_words(problem) if problem else None
        with self.batch():
            self._note_run()
            known = self._connection.execute(
                "SELECT problem, contents FROM files WHERE name = ? AND sha256 = ?", (name, sha256)
            ).fetchone()
            gone = self._connection.execute(
                "DELETE FROM files WHERE source = ? AND name <> ? AND document IS NULL AND (original <> ? OR run <> ?)",
                (name, name, sha256, self.run.id),
            ).rowcount
            gone += self._connection.execute(
                "DELETE FROM files WHERE name = ? AND sha256 <> ? AND problem IS NOT NULL", (name, sha256)
            ).rowcount
            self._connection.execute(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, NULL, NULL, ?, ?, ?, ?)",
                (name, sha256, facts_digest, self.run.id, reason, name, sha256, to_cell(contents)),
            )
            return self._note_change(bool(gone) or bool(known != (reason, to_cell(contents))))

    def add_original(self, content: bytes) -> None:
        """Keeps the bytes of a file, once for all files that hold the same."""
        with self.batch():
            store_original(self._connection, content)

    # --- registers ------------------------------------------------------------------------------------

    def registers(self) -> list[Register]:
        """The registers that narrow dates, by id."""
        with explain_errors(self.path):
            return registers.load_registers(self._connection)

    def add_register(self, register: Register) -> bool:
        """Keeps a register, over one that says the same. True when the record has changed."""
        with self.batch():
            return self._note_change(registers.store_register(self._connection, register))

    def remove_register(self, id: str) -> bool:
        """Takes a register out. True when it was there."""
        with self.batch():
            return self._note_change(registers.remove_register(self._connection, id))

    # --- layer 2 --------------------------------------------------------------------------------------

    def replace_linked(self, linked: Linked) -> None:
        """Replaces the whole of layer 2, in one transaction. See `layer_2.replace_linked`.

        Raises:
            EvidenceError: A row does not hold in the texts, or two rows have one id; layer 2 stays as it was.
        """
        with self.batch():
            self._note_run()
            layer_2.replace_linked(self._connection, linked, self.run.id)

    def _note_run(self) -> None:
        self._connection.execute(
            "INSERT INTO runs VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (self.run.id, self.run.version, self.run.model, self.run.tables, self.run.settings),
        )

    def _note_change(self, changed: bool) -> bool:
        if changed:
            self._connection.execute("DELETE FROM meta WHERE name = 'linked'")
        return changed


def _store_words(problem: Problem) -> str:
    words = (problem.subject, problem.stage, problem.reason, problem.next_step)
    return to_json(Problem(problem.id, *map(make_storable, words)))
