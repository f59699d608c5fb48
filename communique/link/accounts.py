"""What each report, and each voice in it, gives as a property of an engagement: `Said`, ready for comparing.

When, where, whether, of what kind and with whom come from the event mentions; the rest from what is asserted; topics
from the agenda, too. ``origins`` are the people and bodies that words go back to, their speaker and those who pass them
on: two papers that quote one agency are one source.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from communique.link.entities import Known
from communique.link.intervals import Interval, find_interval
from communique.link.places import make_spot
from communique.link.values import Form, People, make_form
from communique.model import (
    AgendaItem,
    Assertion,
    Engagement,
    EventMention,
    Evidence,
    Participant,
    Phase,
    Property,
    Reading,
    Role,
    Source,
    SourceKind,
    Statement,
    Status,
    TimeExpression,
    TimeType,
    VoiceKind,
)
from communique.text.holding import SpanIndex

_FACTS = {Status.HAPPENED: True, Status.ONGOING: True, Status.CANCELLED: False, Status.DENIED: False}
_OF_MENTIONS = (Property.WHEN, Property.PLACE, Property.STATUS, Property.KIND, Property.PARTICIPANTS)
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
    return Layer1(mentions, lengths, statements, by_engagement, joint, known, published)


def collect(engagement: Engagement, layer1: Layer1) -> dict[Property, list[Said]]:
    """All that is said of an engagement, by property, in the order of documents and places."""
    said: defaultdict[Property, list[Said]] = defaultdict(list)
    for account in engagement.accounts:
        for mention in (layer1.mentions[id] for id in account.mentions):
            for name, row in _read_mention(mention, layer1):
                if name is not Property.STATUS or not layer1.is_before(account.document, engagement):
                    said[name].append(replace(row, is_joint=mention.id in layer1.joint))
        said[Property.KIND].append(_read_kinds([layer1.mentions[id] for id in account.mentions]))
        who = _read_people([layer1.mentions[id] for id in account.mentions if id not in layer1.joint], layer1)
        if who is not None:
            said[Property.PARTICIPANTS].append(who)
        joint = [layer1.mentions[id] for id in account.mentions if id in layer1.joint]
        told_jointly = {assertion.evidence for mention in joint for assertion in mention.assertions}
        for assertion in account.assertions:
            if assertion.property not in (*_OF_MENTIONS, Property.ORDER):
                row = _read_assertion(assertion, account.document, layer1)
                said[assertion.property].append(replace(row, is_joint=assertion.evidence in told_jointly))
    for row in _read_topics(engagement, layer1):
        if not any((row.document, row.form, row.voice) == (s.document, s.form, s.voice) for s in said[Property.TOPIC]):
            said[Property.TOPIC].append(row)
    return {name: _drop_quoted(rows) for name, rows in said.items() if rows}


def complete_accounts(engagements: Iterable[Engagement], layer1: Layer1) -> tuple[Engagement, ...]:
    """Engagements whose accounts hold what event mentions and agenda say, too: status, kind, people, topics."""
    return tuple(_complete(engagement, layer1) for engagement in engagements)


def _complete(engagement: Engagement, layer1: Layer1) -> Engagement:
    said = collect(engagement, layer1)
    derived: defaultdict[str, list[Assertion]] = defaultdict(list)
    for name in (Property.KIND, Property.PARTICIPANTS, Property.TOPIC):
        for row in said.get(name, ()):
            derived[row.document].append(Assertion(name, row.value, row.evidence, row.voice))
    accounts = []
    for account in engagement.accounts:
        known = {(a.property, a.value) for a in account.assertions}
        added = [a for a in derived[account.document] if (a.property, a.value) not in known]
        for mention in (layer1.mentions[id] for id in account.mentions):
            told = mention.status
            if told in _FACTS and layer1.is_before(account.document, engagement):
                told = Status.EXPECTED
            status = Assertion(Property.STATUS, told.value, mention.evidence)
            added += [] if any(a.property is Property.STATUS and a.value == status.value for a in added) else [status]
        accounts.append(replace(account, assertions=(*account.assertions, *added)))
    return replace(engagement, accounts=tuple(accounts))


def _drop_quoted(rows: list[Said]) -> list[Said]:
    """Leaves out the voices that give what their report gives as its own."""
    own = {(row.document, row.form) for row in rows if row.voice is None}
    return [row for row in rows if row.voice is None or (row.document, row.form) not in own]


def _read_mention(mention: EventMention, layer1: Layer1) -> Iterator[tuple[Property, Said]]:
    document = mention.document
    if (days := find_interval(mention.date)) and mention.date and mention.date.edtf:
        evidence = (*mention.date.evidence, mention.evidence)[0]
        own = evidence if evidence.document == document else mention.evidence
        yield Property.WHEN, _say(mention.date.edtf, document, own, days, layer1)
    if mention.place:
        evidence = (*mention.place.evidence, mention.evidence)[0]
        yield Property.PLACE, _say(mention.place.name, document, evidence, make_spot(mention.place), layer1)
    if mention.status in _FACTS:
        yield Property.STATUS, _say(mention.status.value, document, mention.trigger, _FACTS[mention.status], layer1)


def _say(value: str, document: str, evidence: Evidence, form: Form, layer1: Layer1) -> Said:
    voice, origins = layer1.find_voice(evidence)
    return Said(value, document, evidence, form, voice, origins)


def _read_kinds(mentions: list[EventMention]) -> Said:
    """The kinds by which a report calls an engagement, with the words of the first."""
    kinds = sorted({mention.kind.value.replace("_", " ") for mention in mentions})
    first = min(mentions, key=lambda mention: mention.trigger.start)
    return Said(", ".join(kinds), first.document, first.trigger, ", ".join(kinds))


def _read_people(mentions: list[EventMention], layer1: Layer1) -> Said | None:
    """Everybody whom a report puts at an engagement by name, and whom it says to have been absent."""
    there, absent, names = set[str](), set[str](), dict[str, str]()
    for mention in mentions:
        for party in mention.participants:
            entity = layer1.known.get(party.entity)
            if entity is None or layer1.known.entities[entity].kind.value != "person":
                continue
            names[entity] = layer1.known.entities[entity].name
            (absent if _is_absent(party) else there).add(entity)
    if not there | absent:
        return None
    words = [names[id] for id in sorted(there, key=lambda id: names[id])]
    words += [f"not {names[id]}" for id in sorted(absent - there, key=lambda id: names[id])]
    first = min(mentions, key=lambda mention: (-len(mention.participants), mention.evidence.start))
    return Said(", ".join(words), first.document, first.evidence, People(frozenset(there), frozenset(absent - there)))


def _is_absent(party: Participant) -> bool:
    return party.role is Role.ABSENT or party.present is False


def _read_assertion(assertion: Assertion, document: str, layer1: Layer1) -> Said:
    at = assertion.evidence
    times = [t for t in layer1.lengths.get(document, ()) if at.start <= t.start and t.end <= at.end]
    form = make_form(assertion, tuple(times))
    voice, origins = layer1.find_voice(at)
    if voice is None and assertion.voice is not None:
        voice, origins = assertion.voice, layer1.find_origins([assertion.voice])
    return Said(assertion.value, document, at, form, voice, origins)


def _read_topics(engagement: Engagement, layer1: Layer1) -> Iterator[Said]:
    for item in layer1.agenda.get(engagement.id, ()):
        if item.phase not in (Phase.ADDRESSED, Phase.AVOIDED):
            continue
        value = item.issue if item.phase is Phase.ADDRESSED else f"{item.issue}: not discussed"
        assertion = Assertion(Property.TOPIC, item.issue, item.evidence[0])
        form = make_form(assertion, (), is_denied=item.phase is Phase.AVOIDED)
        voice, origins = layer1.find_voice(item.evidence[0])
        if item.voice.kind is VoiceKind.SPEAKER and item.voice.name:
            voice = Source(item.voice.name, SourceKind.PERSON, item.voice.entity)
            origins |= layer1.find_origins([voice])
        yield Said(value, item.document, item.evidence[0], form, voice, origins)
