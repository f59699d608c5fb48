"""What one report, or a voice in it, says as a property of an engagement: `Said`; and what is looked up of reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from communique.link.entities import Known
from communique.link.forms import Form
from communique.link.intervals import Interval, find_interval
from communique.model import (
    AgendaItem,
    Engagement,
    EventMention,
    Evidence,
    Reading,
    Source,
    SourceKind,
    Statement,
    TimeExpression,
    TimeType,
)
from communique.text.holding import SpanIndex

# Voices without a name of their own are nobody's common source.
_NAMED = (SourceKind.PERSON, SourceKind.ORGANIZATION, SourceKind.GOVERNMENT, SourceKind.DOCUMENT)


@dataclass(frozen=True, slots=True)
class Said:
    """One document's value for one property, in one voice; ``is_joint`` where it tells of several meetings at once."""

    value: str
    document: str
    evidence: Evidence
    form: Form
    voice: Source | None = None
    origins: frozenset[str] = frozenset()
    is_joint: bool = False
    writer: str = ""  # of the report, as far as it names him and his paper


@dataclass(frozen=True, slots=True)
class Layer1:
    """What is looked up of single documents, and the agenda by engagement."""

    mentions: Mapping[str, EventMention]
    lengths: Mapping[str, list[TimeExpression]]
    statements: Mapping[str, SpanIndex[Statement]]
    agenda: Mapping[str, list[AgendaItem]]
    joint: frozenset[str]  # ids of mentions that belong to several engagements
    known: Known
    published: Mapping[str, Interval | None]
    writers: Mapping[str, str]  # who wrote a document for whom, of those that name both

    def is_before(self, document: str, engagement: Engagement) -> bool:
        """Was a report printed before an engagement began? Then it does not tell that it took place."""
        printed, days = self.published.get(document), find_interval(engagement.date)
        return printed is not None and days is not None and printed.end < days.start

    def find_voice(self, evidence: Evidence) -> tuple[Source | None, frozenset[str]]:
        """The speaker of the shortest statement that holds the words, and whom the words go back to."""
        index = self.statements.get(evidence.document)
        statement = index.find_shortest(evidence.start, evidence.end) if index is not None else None
        if statement is None:
            return None, frozenset()
        source = self.link(statement.source)
        return source, self.find_origins([source, *map(self.link, statement.via)])

    def link(self, source: Source | None) -> Source | None:
        """A source of layer 1 with its entity of layer 2."""
        return source and replace(source, entity=self.known.get(source.entity))

    def find_origins(self, sources: Iterable[Source | None]) -> frozenset[str]:
        """Keys of those who can be a common source."""
        return frozenset(s.entity or s.name.casefold() for s in sources if s is not None and s.kind in _NAMED)


def index_layer_1(
    engagements: Iterable[Engagement], readings: Sequence[Reading], known: Known, agenda: Iterable[AgendaItem]
) -> Layer1:
    """What `collect` looks up.

    Args:
        engagements: With their accounts.
        readings: Layer 1.
        known: Entities.
        agenda: Pointing to layer 2.
    """
    mentions: dict[str, EventMention] = {}
    lengths: dict[str, list[TimeExpression]] = {}
    statements: dict[str, SpanIndex[Statement]] = {}
    for reading in readings:
        mentions |= {event.id: event for event in reading.annotations.events}
        lengths[reading.document.id] = [t for t in reading.annotations.times if t.type is not TimeType.SET]
        statements[reading.document.id] = SpanIndex(
            (content.start, content.end, s.id, s)
            for s in reading.annotations.statements
            if s.source is not None
            for content in s.content
        )
    by_engagement: defaultdict[str, list[AgendaItem]] = defaultdict(list)
    for item in sorted(agenda, key=lambda item: item.id):
        if item.engagement is not None:
            by_engagement[item.engagement].append(item)
    often: defaultdict[str, int] = defaultdict(int)
    for engagement in engagements:
        for account in engagement.accounts:
            for id in account.mentions:
                often[id] += 1
    joint = frozenset(id for id, n in often.items() if n > 1)
    published = {reading.document.id: find_interval(reading.document.published) for reading in readings}
    writers = {
        reading.document.id: f"{reading.document.author.value}, {reading.document.publisher.value}"
        for reading in readings
        if reading.document.author and reading.document.publisher
    }
    return Layer1(mentions, lengths, statements, by_engagement, joint, known, published, writers)
