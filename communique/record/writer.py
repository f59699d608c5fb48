"""The writing side of the record. Only the pipeline uses it.

`RecordWriter.add` stores layer 1 of one document, `RecordWriter.replace_linked` the whole of layer 2. What a call has
returned from is on the disk (write-ahead log, ``synchronous = FULL``); `RecordWriter.batch` makes several calls one
transaction, since each waits for the disk. Every evidence is compared with its text before anything is written.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from communique.codec import Plain
from communique.link import link
from communique.link.decisions import changes_links, find_in_force
from communique.model import Decision, Document, Linked, Problem, Reading, Register, content_id
from communique.record import decisions, files, layer_1, layer_2, registers
from communique.record.connect import PATIENCE_S, execute_patiently, explain_errors
from communique.record.files import FileRead, Noted
from communique.record.opening import close, open_for_writing
from communique.record.originals import store_original


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


class RecordWriter:
    """A record, open for writing by this process alone. Use it in a ``with`` statement.

    Args:
        path: Made if there is nothing, or an empty file.
        run: By what the rows to come are made.
        wait_s: For how many seconds to wait for another process that is writing.

    Raises:
        RecordLocked: Another process is writing it.
        RecordError: It is not ours, damaged, of a newer version, or cannot be written; nothing was touched.
    """

    def __init__(self, path: Path, run: Run, wait_s: float = 0.0) -> None:
        self.path = path.resolve() if path.is_symlink() else path
        self.run = run
        self._connection, self._lock = open_for_writing(self.path, wait_s)

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
            execute_patiently(self._connection, "BEGIN IMMEDIATE", PATIENCE_S)
            try:
                yield
                self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    # --- what is there --------------------------------------------------------------------------------

    def files_read(self) -> dict[tuple[str, str], FileRead]:
        """Every item that was ever read, by name and SHA-256 of its bytes."""
        with explain_errors(self.path):
            return files.load_files(self._connection)

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

    def add_problem(self, problem: Problem, noted: Noted) -> bool:
        """Notes why an item could not be read. A later reading under this name takes the note away.

        Returns:
            True when this was not known.
        """
        with self.batch():
            self._note_run()
            return self._note_change(files.note_problem(self._connection, problem, noted, self.run.id))

    def add_container(self, noted: Noted, contents: Plain, problem: Problem | None = None) -> bool:
        """Notes that all items of a file are in the record. To be called when they are: it is not opened again then.

        Args:
            noted: The file, with the digest of all that a manifest says of it and of its items.
            contents: How many items it has, and what was passed over.
            problem: What of the container itself was lost.

        Returns:
            True when this was not known.
        """
        with self.batch():
            self._note_run()
            return self._note_change(files.note_container(self._connection, noted, contents, problem, self.run.id))

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

    def decisions(self) -> list[Decision]:
        """The log of what people settled, by number."""
        with explain_errors(self.path):
            return decisions.load_decisions(self._connection)

    def relink(self) -> None:
        """Links all that was read, with registers and decisions, and replaces layer 2.

        People may decide while this goes on: what changes linking is taken up by linking once more.
        """
        while True:
            log = self.decisions()
            linked = link(list(self.readings()), self.registers(), log)
            with self.batch():
                if _find_links(self.decisions()) == _find_links(log):
                    self.replace_linked(linked)
                    return

    def decide(self, work_out: Callable[[sqlite3.Connection], Decision]) -> Decision:
        """Stores a decision that changes what is linked, with the layer 2 that follows from it.

        Args:
            work_out: Gives the decision, from the record as it is, or raises what stands against it.
        """
        while True:
            log = self.decisions()
            with self.batch():
                drafted = work_out(self._connection)
            linked = link(list(self.readings()), self.registers(), [*log, drafted])
            with self.batch():
                # Others may have decided meanwhile; what is stored is what was linked.
                if work_out(self._connection) == drafted and _find_links(self.decisions()) == _find_links(log):
                    stored = decisions.append(self._connection, drafted)
                    layer_2.replace_linked(self._connection, linked, self.run.id)
                    return stored

    def replace_linked(self, linked: Linked) -> None:
        """Replaces the whole of layer 2, in one transaction, decisions about rows applied to it.

        See `layer_2.replace_linked`.

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


def _find_links(log: list[Decision]) -> list[str]:
    """The decisions in force that linking follows."""
    return [decision.id for decision in find_in_force(log) if changes_links(decision)]
