"""Reports for linking, written by hand: a text, who is in it, what it tells of. No language model.

`Report` collects the rows of layer 1; words are given as they stand in the text. Ids come from content.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from communique.link.intervals import find_interval
from communique.model import (
    Annotations,
    Assertion,
    Basis,
    Document,
    EngagementKind,
    EntityKind,
    EventMention,
    Linked,
    Mention,
    MentionForm,
    Office,
    Part,
    Participant,
    PartKind,
    Place,
    Precision,
    Property,
    Reading,
    Referent,
    Role,
    Status,
    When,
    content_id,
)
from communique.text.dates import parse_edtf

TERRITORIES = {"Vienna": "AT", "Lisbon": "PT", "Oslo": "NO", "Norway": "NO", "Portugal": "PT", "Bergen": "NO"}


def when(edtf: str, basis: Basis = Basis.STATED) -> When:
    """A date as an annotator gives it; one without a year has no days."""
    if edtf.startswith("XXXX"):
        return When(edtf, None, None, Precision.UNKNOWN, basis)
    read = parse_edtf(edtf, basis)
    assert read is not None
    return read


@dataclass
class Report:
    """One document being written down."""

    text: str
    published: str | None = None
    file: str = "report.txt"
    referents: dict[str, Referent] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    events: list[EventMention] = field(default_factory=list)
    rows: Annotations = field(default_factory=Annotations)

    @property
    def document(self) -> Document:
        printed = when(self.published, Basis.PRINTED) if self.published else None
        parts = (Part(PartKind.BODY, 0, len(self.text)),)
        return Document(content_id("doc", self.text), self.file, "0" * 64, self.text, published=printed, parts=parts)

    def knows(
        self,
        name: str,
        *names: str,
        kind: EntityKind = EntityKind.PERSON,
        office: tuple[str, str | None] | None = None,
        territory: str | None = None,
        key: str | None = None,
    ) -> Report:
        """The report speaks of somebody, by these names; those that stand in the text become mentions."""
        id = content_id("ref", self.document.id, name, kind)
        offices = (Office(*office),) if office else ()
        self.referents[name] = Referent(id, self.document.id, kind, name, (name, *names), offices, territory, key)
        for words in (name, *names):
            start = self.text.find(words)
            if start >= 0:
                form = MentionForm.NAME
                self.mentions.append(Mention(self.document.id, start, start + len(words), words, kind, form, id))
        return self

    def tells(
        self,
        clause: str,
        kind: EngagementKind,
        *who: str,
        day: str | None = None,
        place: str | None = None,
        status: Status = Status.HAPPENED,
        visitor: str | None = None,
        host: str | None = None,
        absent: str | None = None,
        parent: EventMention | None = None,
        same_as: EventMention | None = None,
        **said: str,
    ) -> EventMention:
        """The report tells of an engagement; ``said`` are further assertions (``end="shortly before midnight"``)."""
        document = self.document
        start = self.text.index(clause)
        evidence = document.evidence(start, start + len(clause))
        roles = [(visitor, Role.VISITOR), (host, Role.HOST), *((name, Role.PARTICIPANT) for name in who)]
        participants = [self._participant(name, role) for name, role in roles if name]
        if absent:
            participants.append(self._participant(absent, Role.ABSENT))
        event = EventMention(
            content_id("evm", document.id, evidence.start, kind, len(self.events)),
            document.id,
            kind,
            clause,
            status,
            evidence,
            evidence,
            tuple(participants),
            when(day) if day else None,
            Place(place, None, TERRITORIES.get(place)) if place else None,
            parent.id if parent else None,
            same_as.id if same_as else None,
            tuple(Assertion(Property(name), value, evidence) for name, value in said.items()),
        )
        self.events.append(event)
        return event

    def _participant(self, name: str, role: Role) -> Participant:
        referent = self.referents.get(name)
        return Participant(name, role, referent.id if referent else None, present=role is not Role.ABSENT)

    def read(self) -> Reading:
        found = Annotations(tuple(self.referents.values()), tuple(self.mentions), events=tuple(self.events))
        return Reading(self.document, found + self.rows)


def days_of(linked: Linked, kind: EngagementKind) -> list[tuple[date, date] | None]:
    """First and last days of all engagements of a kind, in order."""
    found = [find_interval(row.date) for row in linked.engagements if row.kind is kind]
    return sorted((tuple(days) if days else None for days in found), key=str)  # type: ignore[misc]
