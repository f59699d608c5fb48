"""What each report, and each voice in it, gives as a property of an engagement: `Said`, ready for comparing.

When, where, whether, of what kind and with whom come from the event mentions; the rest from what is asserted; topics
from the agenda, too. ``origins`` are the people and bodies that words go back to, their speaker and those who pass them
on: two papers that quote one agency are one source.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from communique.link.attendance import read_people
from communique.link.forms import Form
from communique.link.intervals import find_interval
from communique.link.places import make_spot
from communique.link.said import Layer1, Said
from communique.link.values import make_form
from communique.model import (
    Assertion,
    Engagement,
    EngagementKind,
    EventMention,
    Evidence,
    Phase,
    Property,
    Source,
    SourceKind,
    Status,
    VoiceKind,
)

_ARRIVALS = frozenset(
    {"arrive", "arrived", "arrives", "arriving", "arrival", "land", "landed", "lands", "landing", "touched"}
)
_FACTS = {Status.HAPPENED: True, Status.ONGOING: True, Status.CANCELLED: False, Status.DENIED: False}
_OF_MENTIONS = (Property.WHEN, Property.PLACE, Property.STATUS, Property.KIND, Property.PARTICIPANTS)


def collect(engagement: Engagement, layer1: Layer1) -> dict[Property, list[Said]]:
    """All that is said of an engagement, by property, in the order of documents and places."""
    said: defaultdict[Property, list[Said]] = defaultdict(list)
    for account in engagement.accounts:
        for mention in (layer1.mentions[id] for id in account.mentions):
            for name, row in _read_mention(mention, layer1):
                if name is not Property.STATUS or not layer1.is_before(account.document, engagement):
                    said[name].append(replace(row, is_joint=mention.id in layer1.joint))
        said[Property.KIND].append(_read_kinds([layer1.mentions[id] for id in account.mentions]))
        said[Property.PARTICIPANTS] += read_people(
            [layer1.mentions[id] for id in account.mentions if id not in layer1.joint], layer1
        )
        joint = [layer1.mentions[id] for id in account.mentions if id in layer1.joint]
        told_jointly = {assertion.evidence for mention in joint for assertion in mention.assertions}
        own = _find_own([layer1.mentions[id] for id in account.mentions])
        for assertion in account.assertions:
            if _is_said(assertion, own):
                row = _read_assertion(assertion, account.document, layer1)
                said[assertion.property].append(replace(row, is_joint=assertion.evidence in told_jointly))
    for row in _read_topics(engagement, layer1):
        if not any((row.document, row.form, row.voice) == (s.document, s.form, s.voice) for s in said[Property.TOPIC]):
            said[Property.TOPIC].append(row)
    return {
        name: [replace(row, writer=layer1.writers.get(row.document, "")) for row in _drop_quoted(rows)]
        for name, rows in said.items()
        if rows
    }


def _find_own(mentions: Iterable[EventMention]) -> frozenset[int]:
    """Where the dates and places of event mentions stand: their assertions say it once more."""
    told = [where for mention in mentions for where in (mention.date, mention.place) if where is not None]
    return frozenset(evidence.start for where in told for evidence in where.evidence)


def _is_said(assertion: Assertion, own: frozenset[int]) -> bool:
    """Is an assertion a value by itself? Of when, where and whether only what follows the mention in a voice."""
    if assertion.property in (Property.WHEN, Property.PLACE, Property.STATUS):
        return assertion.voice is not None and assertion.evidence.start not in own
    return assertion.property not in (*_OF_MENTIONS, Property.ORDER)


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
        # "Arrived on Tuesday" tells the first day of a visit, and not how long it was.
        is_arrival = mention.kind is EngagementKind.VISIT and mention.trigger.quote.lower() in _ARRIVALS
        yield Property.START if is_arrival else Property.WHEN, _say(mention.date.edtf, document, own, days, layer1)
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


def _read_assertion(assertion: Assertion, document: str, layer1: Layer1) -> Said:
    at = assertion.evidence
    times = [t for t in layer1.lengths.get(document, ()) if at.start <= t.start and t.end <= at.end]
    form = make_form(assertion, tuple(times))
    voice, origins = layer1.find_voice(at)
    called = layer1.link(assertion.voice)
    if called is not None and (voice is None or _name(voice) != _name(called)):
        voice, origins = called, layer1.find_origins([called])
    return Said(assertion.value, document, at, form, voice, origins)


def _name(source: Source) -> str:
    return source.entity or source.name


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
