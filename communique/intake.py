"""Files into documents to annotate, and into the record's notes of what could not be read: nothing is lost on the way.

`take_in` goes through the files. What an earlier build read is not read again; the others go through the cage
(`read.cage`), item by item; bytes of which something could be read are kept. Every item that is seen is read, read in
part, refused, a copy, or unchanged, and `Intake.count` says how many of each; that these add up is checked.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from communique.codec import to_plain
from communique.errors import CommuniqueError, ReadError
from communique.model import Basis, Document, Fact, Problem, problem
from communique.read import Manifest, SourceFile
from communique.read.cage import Cage
from communique.read.files import read_content
from communique.read.items import MAX_BYTES, Item
from communique.read.manifest import digest_facts
from communique.read.reader import set_facts
from communique.record.files import FileRead, Noted
from communique.record.notes import Notes
from communique.record.writer import RecordWriter
from communique.text.language import find_language

# Called with (stage, done, total, file); stage is "reading", "annotating" or "linking".
Progress = Callable[[str, int, int, str], None]
# A document that is to be annotated, with the digest of what a manifest says of it.
Todo = tuple[Document, str]


class Counts(NamedTuple):
    """How many items were seen, and what came of them."""

    seen: int
    read: int
    partial: int
    refused: int
    copies: int
    unchanged: int


class Container(NamedTuple):
    """A file that holds items, to be noted when all of them are stored. ``item`` tells what of it was lost."""

    item: Item
    sha256: str
    facts_digest: str
    n_items: int


@dataclass(slots=True)
class Intake:
    """What came of the files: documents to annotate, containers to note after them, and what could not be read."""

    todo: list[Todo] = field(default_factory=list)
    containers: list[Container] = field(default_factory=list)
    failed: list[Problem] = field(default_factory=list)
    seen: int = 0
    copies: int = 0
    unchanged: int = 0
    refused: int = 0
    damaged: int = 0  # containers of which something was lost

    def count(self) -> Counts:
        """The outcome of every item.

        Raises:
            CommuniqueError: They do not add up, which is a bug: one was lost or counted twice.
        """
        partial = sum(bool(document.losses) for document, _ in self.todo)
        counts = Counts(
            self.seen,
            len(self.todo) - partial,
            partial + self.damaged,
            self.refused,
            self.copies,
            self.unchanged,
        )
        if counts.seen != sum(counts[1:]):
            raise CommuniqueError(f"the inputs do not add up: {counts}", "please report this as a bug")
        return counts


class _Source(NamedTuple):
    """A file while it is read, with what a manifest says of it."""

    file: SourceFile
    sha256: str
    facts: Mapping[str, str]
    facts_digest: str


def take_in(writer: RecordWriter, files: Sequence[SourceFile], told: Manifest | None, tell: Progress) -> Intake:
    """Reads what is new among the files.

    Args:
        writer: Of the record, which gets the notes of what cannot be read, and the bytes of what can.
        files: In any order.
        told: What a manifest says of files and of their items.
        tell: Called before each file.
    """
    known = writer.files_read()
    held: dict[tuple[str, str], list[str]] = {}
    for (name, _), row in known.items():
        if row.source != name:
            held.setdefault((row.source, row.original), []).append(name)
    intake, notes = Intake(), Notes(writer)
    with Cage() as cage:
        for number, file in enumerate(files):
            tell("reading", number, len(files), file.name)
            try:
                content = read_content(file, MAX_BYTES)
            except ReadError as error:
                _refuse(
                    intake,
                    notes,
                    Item(file.name, "", None, error.reason, error.next_step),
                    _find_source(file, "", told),
                )
                continue
            source = _find_source(file, hashlib.sha256(content).hexdigest(), told)
            if not _is_settled(intake, source, (known, held), (told is not None, writer.run.id)):
                _read(intake, notes, source, content, (cage, known, told))
        notes.store()
    return intake


def _find_source(file: SourceFile, sha256: str, told: Manifest | None) -> _Source:
    """A file with the digest of all that a manifest says of it and of items in it."""
    facts = told.facts(file.name) if told is not None else {}
    below = {
        name: dict(row.facts) for name, row in (told.rows.items() if told else ()) if name.startswith(f"{file.name}/")
    }
    return _Source(
        file, sha256, facts, digest_facts({**facts, **({"/": json.dumps(below, sort_keys=True)} if below else {})})
    )


# --- what is known --------------------------------------------------------------------------------

_Known = Mapping[tuple[str, str], FileRead]


def _is_settled(
    intake: Intake,
    source: _Source,
    record: tuple[_Known, Mapping[tuple[str, str], list[str]]],
    now: tuple[bool, str],
) -> bool:
    """True when these bytes under this name need not be read again; counts what is known of them."""
    known, held = record
    before = known.get((source.file.name, source.sha256))
    if before is None or not is_current(before, source.facts_digest, *now):
        return False
    if not before.is_container:
        _count_known(intake, before)
        return True
    for name in held.get((source.file.name, source.sha256), ()):
        for (other, _), row in ((key, known[key]) for key in known if key[0] == name):
            if row.original == source.sha256 and other == name:
                _count_known(intake, row)
    if before.problem is not None:
        intake.seen += 1
        intake.damaged += 1
        intake.failed.append(before.problem)
    return True


def _count_known(intake: Intake, row: FileRead) -> None:
    intake.seen += 1
    if row.problem is not None:
        intake.refused += 1
        intake.failed.append(row.problem)
    else:
        intake.unchanged += 1


def is_current(before: FileRead, facts_digest: str, is_told: bool, run: str) -> bool:
    """True when what was read before still holds.

    Args:
        before: As the record has it.
        facts_digest: Of what a manifest says now.
        is_told: Whether there is a manifest: what a person set outlasts the manifest, and another version of the
            program then takes the document as it is stored.
        run: By what rows are made now.
    """
    is_kept = not is_told and bool(before.facts_digest) and (before.is_container or before.document is not None)
    return is_kept or (before.run == run and before.facts_digest == facts_digest)


# --- what is new ----------------------------------------------------------------------------------


def _read(
    intake: Intake, notes: Notes, source: _Source, content: bytes, means: tuple[Cage, _Known, Manifest | None]
) -> None:
    """Reads a file through the cage and files away each item."""
    cage, known, told = means
    name, n_items, n_documents = source.file.name, 0, 0
    for item in cage.read(content, name):
        if item.is_container:
            intake.containers.append(Container(item, source.sha256, source.facts_digest, n_items))
            _count_container(intake, item, n_documents)
            continue
        n_items += 1
        if item.document is None:
            _refuse(intake, notes, replace(item, sha256=item.sha256 or source.sha256), source)
            continue
        n_documents += 1
        if n_documents == 1:
            notes.add(lambda: notes.writer.add_original(content), len(content))
        own = told.facts(item.name) if told is not None and item.name != name else {}
        facts = {**source.facts, **own}
        facts_digest = digest_facts(facts) if item.name != name else source.facts_digest
        before = known.get((item.name, item.sha256))
        if (
            before
            and before.original == source.sha256
            and before.document
            and is_current(before, facts_digest, told is not None, notes.writer.run.id)
            and before.run == notes.writer.run.id
        ):
            _count_known(intake, before)
            continue
        _add(intake, notes.writer, add_language(set_facts(item.document, facts)), facts_digest)


def _add(intake: Intake, writer: RecordWriter, document: Document, facts_digest: str) -> None:
    intake.seen += 1
    if writer.add_copy(document, facts_digest):
        intake.copies += 1
    else:
        intake.todo.append((document, facts_digest))


def add_language(document: Document) -> Document:
    """The document with the language that it is found to be in, where it names none and its words tell."""
    if document.language is not None or (found := find_language(document.text)) is None:
        return document
    return replace(document, language=Fact(found, Basis.INFERRED))


def _refuse(intake: Intake, notes: Notes, item: Item, source: _Source) -> None:
    found = problem(item.name, "read", item.reason, item.next_step)
    noted = Noted(item.name, item.sha256, source.facts_digest, source.file.name, source.sha256)
    notes.add(lambda: notes.writer.add_problem(found, noted))
    intake.seen += 1
    intake.refused += 1
    intake.failed.append(found)


def _count_container(intake: Intake, item: Item, n_documents: int) -> None:
    """A container is counted only where something of it was lost."""
    if item.reason:
        intake.seen += 1
        intake.refused += not n_documents
        intake.damaged += bool(n_documents)
        intake.failed.append(problem(item.name, "read", item.reason, item.next_step))


def note_containers(intake: Intake, writer: RecordWriter) -> None:
    """Notes the files that hold items. To be called when all of their documents are stored."""
    with writer.batch():
        for item, sha256, facts_digest, n_items in intake.containers:
            found = problem(item.name, "read", item.reason, item.next_step) if item.reason else None
            contents = {"items": n_items, "passed_over": to_plain(item.passed_over)}
            writer.add_container(Noted(item.name, sha256, facts_digest), contents, found)


def set_copies_aside(intake: Intake) -> list[Todo]:
    """Leaves one document of each text to annotate, that of the first name, and gives the others."""
    first: dict[str, Todo] = {}
    for todo in sorted(intake.todo, key=lambda todo: (todo[0].file, todo[0].sha256)):
        first.setdefault(todo[0].id, todo)
    copies = [todo for todo in intake.todo if first[todo[0].id] is not todo]
    intake.todo, intake.copies = list(first.values()), intake.copies + len(copies)
    return copies
