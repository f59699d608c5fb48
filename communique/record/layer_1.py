"""Layer 1 in the record: what each report says. Functions on a connection, inside the caller's transaction.

A text is stored once. Where several files hold it, the row is that of the first name in code-point order, with that
file's facts and annotations, and the others are its copies; so the record does not depend on the order of reading.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import cast

from communique.codec import Plain, from_plain, to_json
from communique.errors import EvidenceError
from communique.model import Annotations, Document, Reading
from communique.record.rows import (
    Place,
    Row,
    check_rows,
    get_document_evidence,
    make_document,
    make_document_row,
    to_cell,
)
from communique.text.segment import find_paragraphs


def check_reading(reading: Reading) -> tuple[Row, str, set[Place]]:
    """The document's row, the annotations as JSON, and the document's own evidence, all of it checked.

    Raises:
        EvidenceError: Something does not hold in the text, or the text cannot be stored as Unicode.
    """
    row, payload = make_document_row(reading.document), to_json(reading.annotations)
    document, text = reading.document.id, reading.document.text
    try:
        f"{to_json([row[name] for name in row])}{payload}".encode()
    except UnicodeEncodeError as error:
        raise EvidenceError(
            f"{document}: a lone surrogate, which is not Unicode text", "replace it when reading"
        ) from error
    texts = {document: text}
    for noun, found in cast("Mapping[str, list[Row]]", json.loads(payload)).items():
        check_rows(noun, found, texts)
    return row, payload, check_rows("documents", [get_document_evidence(row)], texts)


def is_copy(connection: sqlite3.Connection, document: Document, run: str) -> bool:
    """True when the text is held under a name that comes first, annotated by this run."""
    held = connection.execute("SELECT file, sha256, run FROM documents WHERE id = ?", (document.id,)).fetchone()
    return held is not None and held[2] == run and held[:2] < (document.file, document.sha256)


def store_document(connection: sqlite3.Connection, row: Row, payload: str, evidence: set[Place], run: str) -> bool:
    """Stores a document with its annotations over what was there. True when anything has changed.

    Raises:
        EvidenceError: Another text is stored under this id.
    """
    document = cast("str", row["id"])
    cells = {name: to_cell(value) for name, value in row.items()} | {"run": run}
    names = ", ".join(cells)
    select = f"SELECT {names}, payload FROM documents JOIN annotations ON document = id WHERE id = ?"
    held = connection.execute(select, (document,)).fetchone()
    if held == (*cells.values(), payload):
        return False
    if held and held[list(cells).index("text")] != row["text"]:
        raise EvidenceError(f"{document}: two texts with one id", "please report this as a bug")
    updates = ", ".join(f"{name} = excluded.{name}" for name in cells)
    connection.execute(
        f"INSERT INTO documents ({names}, copies) VALUES ({', '.join('?' * len(cells))}, '[]')"
        f" ON CONFLICT (id) DO UPDATE SET {updates}",
        tuple(cells.values()),
    )
    connection.execute("INSERT OR REPLACE INTO annotations VALUES (?, ?)", (document, payload))
    connection.execute("DELETE FROM evidence WHERE noun = 'documents' AND row = ?", (document,))
    connection.executemany("INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?)", sorted(evidence))
    if not held:
        _store_passages(connection, document, cast("str", row["text"]))
    return True


def _store_passages(connection: sqlite3.Connection, document: str, text: str) -> None:
    for start, end in find_paragraphs(text):
        passage = connection.execute("INSERT INTO passages VALUES (NULL, ?, ?, ?)", (document, start, end)).lastrowid
        connection.execute("INSERT INTO passage_words (rowid, words) VALUES (?, ?)", (passage, text[start:end]))


def note_file(connection: sqlite3.Connection, document: Document, facts_digest: str, run: str) -> None:
    """Notes that a file was read as a document that is stored, and lists the copies of that document anew."""
    insert_file(connection, document, facts_digest, run)
    list_copies(connection, document.id)


def insert_file(connection: sqlite3.Connection, document: Document, facts_digest: str, run: str) -> None:
    """As `note_file`, without the list of copies: who notes many copies makes that once, by `list_copies`."""
    row = make_document_row(document)
    about: Plain = {name: row[name] for name in ("title", "publisher", "author", "url", "published")}
    connection.execute("DELETE FROM files WHERE name = ? AND problem IS NOT NULL", (document.file,))
    source = (document.origin.file, document.origin.sha256) if document.origin else (document.file, document.sha256)
    connection.execute(
        "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, NULL, ?, ?, NULL)",
        (document.file, document.sha256, facts_digest, run, document.id, to_cell(about), *source),
    )


def list_copies(connection: sqlite3.Connection, document: str) -> None:
    """Lists anew the other files that hold a document's text."""
    copies = connection.execute(
        "SELECT f.name, f.sha256, about FROM files f JOIN documents d ON d.id = f.document"
        " WHERE d.id = ? AND (f.name, f.sha256) <> (d.file, d.sha256) ORDER BY f.name, f.sha256",
        (document,),
    )
    listed: Plain = [{"file": name, "sha256": sha256, **json.loads(about)} for name, sha256, about in copies]
    connection.execute("UPDATE documents SET copies = ? WHERE id = ?", (to_cell(listed), document))


def load_document(connection: sqlite3.Connection, document: str) -> Document | None:
    """A document with its text; None when there is none with this id."""
    plain = ("id", "file", "sha256", "text", "encoding", "encoding_basis", "media_type")
    nested_names = ("published", "parts", "facts", "pages", "losses", "origin")
    names = (*plain, *nested_names)
    found = connection.execute(f"SELECT {', '.join(names)} FROM documents WHERE id = ?", (document,)).fetchone()
    if found is None:
        return None
    row = dict(zip(names, found, strict=True))
    nested = {name: json.loads(row[name] or "null") for name in nested_names}
    return make_document({**row, **nested})


def load_annotations(connection: sqlite3.Connection, document: str) -> Annotations | None:
    """Layer 1 of a document; None when there is no document with this id."""
    found = connection.execute("SELECT payload FROM annotations WHERE document = ?", (document,)).fetchone()
    return None if found is None else from_plain(Annotations, json.loads(found[0]))
