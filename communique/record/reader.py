"""The reading side of the record: rows as plain values, in the shape in which they are exported.

`open_record` gives a `Record`, which can change nothing. A table is a list of dicts (``record.statements``), so
``pandas.DataFrame(record.statements)`` works. A record may be read while it is being built; what belongs together is
read inside `Record.snapshot`. A record is used by the thread that opened it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import cast

from communique.codec import Plain
from communique.errors import RecordError
from communique.model import Annotations, Document
from communique.record import layer_1, search, settled, settling
from communique.record.anchors import REVIEWED
from communique.record.cells import decode_row, select_columns
from communique.record.connect import SCHEMA_VERSION, connect, explain_errors, find_version, read_pragma
from communique.record.copying import copy_database
from communique.record.originals import Original, iter_originals
from communique.record.rows import COPIED, NOUNS, Row

# Tables that are read as the nouns are, but are not exported: how the record was made, and what people settled.
OTHER_TABLES = {"runs": "id", "files": "name, sha256", "registers": "id", "decisions": "number"}
# Columns that are not part of a row: the text of a document is had by `Record.document`.
_HIDDEN: dict[str, tuple[str, ...]] = {
    "documents": ("run", "text", "dated"),
    **{noun: tuple(columns) for noun, columns in COPIED.items()},
}

# What SQLite says where it cannot make the file by which readers and writers coordinate.
_NO_PLACE = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL)


def open_record(path: Path) -> Record:
    """Opens a record for reading.

    Raises:
        RecordError: There is none at this path, or it is not ours, damaged, or of another version.
    """
    if find_version(path) == 0:
        reason = "it is empty" if path.exists() else "there is no record here"
        raise RecordError(f"{path}: {reason}", "communique build makes one")
    with explain_errors(path):
        connection = _connect(path)
        # Of a record that is being brought up to date, or was until a kill, the version may stand in the log alone.
        version = read_pragma(connection, "user_version")
        if version == SCHEMA_VERSION:
            return Record(path, connection)
        connection.close()
    if version > SCHEMA_VERSION:
        raise RecordError(f"{path}: made by a newer version", "update communique")
    raise RecordError(f"{path}: made by an older version", "communique build brings it up to date")


def _connect(path: Path) -> sqlite3.Connection:
    connection = connect(path, "ro")
    try:
        connection.execute("SELECT 1 FROM meta").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        if error.sqlite_errorcode & 0xFF not in _NO_PLACE:
            raise
        if _holds(path, "-journal"):
            # A writer was killed as it began or ended: what it left half done is taken back by who may write.
            with closing(connect(path, "rw")) as mender:
                mender.execute("SELECT 1 FROM meta").fetchone()
            return connect(path, "ro")
        if _holds(path, "-wal"):
            raise
        # In a folder that cannot be written, or on a full disk, SQLite cannot coordinate with a writer. There is none.
        connection = connect(path, "ro&immutable=1")
    return connection


def _holds(path: Path, suffix: str) -> bool:
    beside = path.with_name(f"{path.name}{suffix}")
    return beside.exists() and beside.stat().st_size > 0


class Record:
    """A record, for reading. Made by `open_record`; use it in a ``with`` statement or `close` it.

    Each noun table, and ``runs``, ``files``, ``registers`` and ``decisions``, is an attribute: a list of rows. Rows on
    which people can decide have ``review``, the state in which they left it; rejected rows are among them.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._columns: dict[str, list[tuple[str, str]]] = {}

    def __enter__(self) -> Record:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __getattr__(self, name: str) -> list[Row]:
        if name in NOUNS or name in OTHER_TABLES:
            return self.rows(name)
        raise AttributeError(f"a record has no table {name!r}")

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Makes all that is read inside the state of one moment, whatever a build does meanwhile."""
        with explain_errors(self.path):
            if self._connection.in_transaction:
                yield
                return
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                self._connection.execute("ROLLBACK")

    def query(self, statement: str, values: tuple[object, ...] = ()) -> list[tuple[Plain, ...]]:
        """Runs SQL that reads; the tables are in schema.sql. Values go in by ``?``, nested ones come out as JSON."""
        with explain_errors(self.path):
            return self._connection.execute(statement, values).fetchall()

    def originals(self) -> Iterator[Original]:
        """The bytes of every file that a document was made of, by digest."""
        with explain_errors(self.path):
            yield from iter_originals(self._connection)

    def rows(self, noun: str) -> list[Row]:
        """All rows of a noun (``documents``, ``statements`` …), sorted by id, keys in declared order.

        Raises:
            RecordError: There is no such noun.
        """
        return list(self.iter_rows(noun))

    def columns(self, noun: str) -> list[str]:
        """The keys of a noun's rows, in declared order.

        Raises:
            RecordError: There is no such noun.
        """
        return [name for name, _ in self._get_columns(noun)]

    def iter_rows(self, noun: str) -> Iterator[Row]:
        """As `rows`, one at a time."""
        columns = self._get_columns(noun)
        names = select_columns(noun, columns)
        with explain_errors(self.path):
            found = self._connection.execute(f"SELECT {names} FROM {noun} ORDER BY {OTHER_TABLES.get(noun, 'id')}")
            for cells in found:
                yield decode_row(columns, cells)

    def select(self, noun: str, rest: str, values: tuple[object, ...] = (), without: tuple[str, ...] = ()) -> list[Row]:
        """Rows of a noun that SQL picks.

        Args:
            noun: As in `rows`.
            rest: What follows ``SELECT … FROM noun``: joins, conditions, order, limit. Never a person's words; these
                are ``values``.
            values: Of the question marks in ``rest``.
            without: Columns that are not wanted, as long ones on pages of many rows.
        """
        columns = [column for column in self._get_columns(noun) if column[0] not in without]
        found = self.query(f"SELECT {select_columns(noun, columns)} FROM {noun} {rest}", values)
        return [decode_row(columns, cells) for cells in found]

    def resolve(self, name: str) -> tuple[str, str]:
        """The noun and the full id of a row, by its id or by the beginning of it, if that is unique.

        Raises:
            RecordError: There is no such row, or there are several.
        """
        for noun in NOUNS:
            if self.query(f"SELECT 1 FROM {noun} WHERE id = ?", (name,)):
                return noun, name
        found = [
            (noun, cast("str", key))
            for noun in NOUNS
            for (key,) in self.query(f"SELECT id FROM {noun} WHERE substr(id, 1, length(?1)) = ?1 LIMIT 2", (name,))
        ]
        if not name or not found:
            raise RecordError(f"{self.path}: no row has the id {name!r}", "communique list NOUN shows the ids")
        if len(found) > 1:
            raise RecordError(f"{self.path}: several ids begin with {name!r}", "give more of it")
        return found[0]

    def row(self, name: str) -> Row:
        """A row of any noun, by its id or a unique beginning of it.

        Raises:
            RecordError: There is no such row, or there are several.
        """
        noun, key = self.resolve(name)
        columns = self._get_columns(noun)
        names = select_columns(noun, columns)
        return decode_row(columns, self.query(f"SELECT {names} FROM {noun} WHERE id = ?", (key,))[0])

    def revision(self, name: str) -> str:
        """What a row is now, as a word: it changes when the row, its state or the last decision on it does.

        Raises:
            RecordError: There is no such row.
        """
        noun, id = self.resolve(name)
        with explain_errors(self.path):
            return settling.make_revision(self._connection, noun, id)

    def find_unsettled(self) -> list[tuple[str, str]]:
        """Rows that are not what the decisions on them make of them, by id, with the reason; see `settled`."""
        with explain_errors(self.path):
            return list(settled.find_unsettled(self._connection))

    def document(self, name: str) -> Document:
        """A document with its text.

        Raises:
            RecordError: There is none with this id.
        """
        with explain_errors(self.path):
            document = layer_1.load_document(self._connection, name)
        if document is None:
            raise RecordError(f"{self.path}: no document has the id {name!r}", "communique list documents shows them")
        return document

    def annotations(self, document: str) -> Annotations:
        """Layer 1 of a document, as its annotators left it; empty where the document is not in the record."""
        with explain_errors(self.path):
            return layer_1.load_annotations(self._connection, document) or Annotations()

    def evidence_in(self, document: str) -> list[Row]:
        """What stands on a document's words: noun, row, start, end, role; in text order, the longest first."""
        found = self.query(
            'SELECT noun, "row", start, "end", role FROM evidence WHERE document = ?'
            ' ORDER BY start, "end" DESC, noun, "row", role',
            (document,),
        )
        return [dict(zip(("noun", "row", "start", "end", "role"), cells, strict=True)) for cells in found]

    def search(self, words: str, limit: int = 20) -> list[Row]:
        """Passages and statements in which all the words occur, the best first.

        Args:
            words: As typed; ``"several words"`` in quotation marks are a phrase, ``sanction*`` a beginning.
            limit: At most so many.

        Returns:
            noun (``documents`` for a passage, or ``statements``), id, document, start, end, quote, title, file.
        """
        with explain_errors(self.path):
            return search.search(self._connection, words, limit)

    def copy_to(self, path: Path, check: Callable[[Path], None]) -> None:
        """Copies the whole file, in the state of one moment. See `copying.copy_database`."""
        with explain_errors(self.path):
            copy_database(self._connection, path, check)

    def counts(self) -> dict[str, int]:
        """How many rows each noun has."""
        return {noun: cast("int", self.query(f"SELECT count(*) FROM {noun}")[0][0]) for noun in NOUNS}

    def is_linked(self) -> bool:
        """False when a build was interrupted before it linked: layer 2 does not stand on all that was read."""
        return bool(self.query("SELECT 1 FROM meta WHERE name = 'linked'"))

    def _get_columns(self, noun: str) -> list[tuple[str, str]]:
        if noun not in NOUNS and noun not in OTHER_TABLES:
            raise RecordError(f"there is no noun {noun!r}", f"the nouns are {', '.join(NOUNS)}")
        if noun not in self._columns:
            found = [(cast("str", info[1]), cast("str", info[2])) for info in self.query(f"PRAGMA table_info({noun})")]
            shown = [(name, kind) for name, kind in found if name not in _HIDDEN.get(noun, ())]
            self._columns[noun] = [*shown, ("review", "TEXT")] if noun in REVIEWED else shown
        return self._columns[noun]
