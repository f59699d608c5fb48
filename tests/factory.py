"""Documents, readings and a small linked world, made by hand and without the language model.

Words are given as they stand in the text, and `cite` finds them, so that a test can be read without counting
characters. `make_world` has at least one row of every noun.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from communique.model import (
    Account,
    AgendaItem,
    Annotations,
    Assertion,
    Basis,
    Code,
    Commitment,
    ComparedValue,
    Comparison,
    Document,
    Engagement,
    EngagementEvidence,
    EngagementKind,
    Entity,
    EntityKind,
    EventMention,
    Evidence,
    Fact,
    Forecast,
    Linked,
    Measure,
    MeasureKind,
    Mention,
    MentionForm,
    Office,
    Part,
    Participant,
    PartKind,
    Phase,
    Place,
    Precision,
    Property,
    Reading,
    Referent,
    Relation,
    Role,
    Source,
    SourceKind,
    Statement,
    StatementForm,
    Status,
    TimeExpression,
    TimeType,
    Voice,
    VoiceKind,
    When,
    content_id,
    problem,
)

T = TypeVar("T", Entity, Statement, Measure)


def make_document(text: str, file: str = "report.txt", *, publisher: str | None = None) -> Document:
    """A document whose first line is its title, if there is an empty line below it; the rest is body."""
    title_end = text.find("\n\n")
    parts = [Part(PartKind.TITLE, 0, title_end)] if title_end > 0 else []
    body = title_end + 2 if title_end > 0 else 0
    document = Document(
        content_id("doc", text),
        file,
        hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        text,
        publisher=Fact(publisher, Basis.SET) if publisher else None,
        language=Fact("en", Basis.SET),
        parts=(*parts, *([Part(PartKind.BODY, body, len(text))] if body < len(text) else [])),
    )
    if not parts:
        return document
    return replace(document, title=Fact(text[:title_end], Basis.PRINTED, document.evidence(0, title_end)))


def cite(document: Document, words: str, nth: int = 0) -> Evidence:
    """The nth place (from 0) where words stand in a document."""
    start = -1
    for _ in range(nth + 1):
        start = document.text.index(words, start + 1)
    return document.evidence(start, start + len(words))


def make_day(day: str, basis: Basis = Basis.STATED, *evidence: Evidence) -> When:
    """A day that is known: ``2024-03-03``."""
    return When(day, date.fromisoformat(day), date.fromisoformat(day), Precision.DAY, basis, evidence)


def make_mention(evidence: Evidence, entity: str, kind: EntityKind = EntityKind.PERSON) -> Mention:
    """A name that stands there."""
    return Mention(evidence.document, evidence.start, evidence.end, evidence.quote, kind, MentionForm.NAME, entity)


def make_source(evidence: Evidence, name: str, entity: str | None, kind: SourceKind = SourceKind.PERSON) -> Source:
    """An actor that is named there."""
    return Source(name, kind, entity, evidence.start, evidence.end, evidence.quote)


def make_statement(content: Evidence, cue: Evidence | None = None, source: Source | None = None) -> Statement:
    """A direct quotation in the body."""
    name = content_id("stm", content.document, content.start)
    form = StatementForm.DIRECT
    return Statement(name, content.document, PartKind.BODY, form, (content,), cue, source)


def make_event(clause: Evidence, trigger: Evidence, kind: EngagementKind = EngagementKind.MEETING) -> EventMention:
    """An event mention without anything else known of it."""
    name = content_id("evm", clause.document, trigger.start)
    return EventMention(name, clause.document, kind, clause.quote, Status.HAPPENED, trigger, clause)


# --- a small world --------------------------------------------------------------------------------

COURIER = """Okafor hosts Ruiz in Lisbon

Foreign Minister Ana Ruiz met Ben Okafor in Lisbon on 3 March 2024. “We will reopen the embassy by June,” she said, \
according to her ministry. Analysts expect that Norland will probably answer the ban on grain.
"""
GAZETTE = """Late talks in Lisbon

Ben Okafor received Ana Ruiz on 4 March 2024. They talked about grain. Norland has banned imports of grain since 2023, \
and Sudland answered with a list of firms.
"""


@dataclass(frozen=True, slots=True)
class World:
    """Layer 1 and layer 2 of two reports on one meeting."""

    readings: tuple[Reading, ...]
    linked: Linked


def make_world() -> World:
    """Two reports that agree on who met where, and differ on the day. Ids come from content, as in real ones."""
    courier = make_document(COURIER, "courier.txt", publisher="The Courier")
    gazette = make_document(GAZETTE, "gazette.txt", publisher="Gazette")
    first, second = _read_courier(courier), _read_gazette(gazette)
    return World((first, second), _link(first, second))


def _referents(document: Document) -> tuple[Referent, ...]:
    return tuple(
        Referent(content_id("ref", document.id, name), document.id, EntityKind.PERSON, name, (name,))
        for name in ("Ana Ruiz", "Ben Okafor")
    )


def _read_courier(document: Document) -> Reading:
    ruiz, okafor = _referents(document)
    clause = cite(document, "Foreign Minister Ana Ruiz met Ben Okafor in Lisbon on 3 March 2024")
    day = cite(document, "3 March 2024")
    promise = cite(document, "We will reopen the embassy by June")
    speaker = make_source(cite(document, "she"), "Ana Ruiz", ruiz.id)
    event = replace(
        make_event(clause, cite(document, "met")),
        participants=(
            Participant("Ana Ruiz", Role.VISITOR, ruiz.id, "Foreign Minister", True, (cite(document, "Ana Ruiz"),)),
            Participant("Ben Okafor", Role.HOST, okafor.id, None, True, (cite(document, "Ben Okafor"),)),
        ),
        date=make_day("2024-03-03", Basis.STATED, day),
        place=Place("Lisbon", None, "PT", (cite(document, "Lisbon", 1),)),
        assertions=(Assertion(Property.WHEN, "2024-03-03", day),),
    )
    statement = replace(
        make_statement(promise, cite(document, "said"), speaker),
        via=(make_source(cite(document, "her ministry"), "her ministry", None, SourceKind.ORGANIZATION),),
        engagement=event.id,
        confidence=0.9,
    )
    expectation = cite(document, "Norland will probably answer the ban on grain")
    return Reading(
        document,
        Annotations(
            referents=(ruiz, okafor),
            mentions=(
                make_mention(cite(document, "Ana Ruiz"), ruiz.id),
                make_mention(cite(document, "Ben Okafor"), okafor.id),
            ),
            times=(
                TimeExpression(
                    document.id, *day.span, day.quote, TimeType.DATE, "2024-03-03", "2024-03-03", make_day("2024-03-03")
                ),
            ),
            statements=(statement,),
            events=(event,),
            commitments=(
                Commitment(
                    content_id("com", document.id, promise.start),
                    document.id,
                    (speaker,),
                    (),
                    "reopen the embassy",
                    None,
                    When("2024-06", date(2024, 6, 1), date(2024, 6, 30), Precision.MONTH, Basis.INFERRED),
                    (promise,),
                ),
            ),
            forecasts=(
                Forecast(
                    content_id("fct", document.id, expectation.start),
                    document.id,
                    make_source(cite(document, "Analysts"), "Analysts", None, SourceKind.COLLECTIVE),
                    "Norland answers the ban on grain",
                    "probably",
                    None,
                    event.id,
                    (expectation,),
                ),
            ),
            problems=(problem(document.id, "annotate", "“she” has two possible speakers"),),
        ),
    )


def _read_gazette(document: Document) -> Reading:
    ruiz, okafor = _referents(document)
    day = cite(document, "4 March 2024")
    event = replace(
        make_event(cite(document, "Ben Okafor received Ana Ruiz on 4 March 2024"), cite(document, "received")),
        participants=(Participant("Ana Ruiz", Role.VISITOR, ruiz.id),),
        date=make_day("2024-03-04", Basis.STATED, day),
        assertions=(Assertion(Property.WHEN, "2024-03-04", day),),
    )
    ban, answer = cite(document, "banned imports of grain"), cite(document, "answered with a list of firms")
    norland = make_source(cite(document, "Norland"), "Norland", None, SourceKind.GOVERNMENT)
    sudland = make_source(cite(document, "Sudland"), "Sudland", None, SourceKind.GOVERNMENT)
    ban_id, list_id = content_id("msr", document.id, ban.start), content_id("msr", document.id, answer.start)
    happened = Status.HAPPENED
    return Reading(
        document,
        Annotations(
            referents=(ruiz, okafor),
            mentions=(
                make_mention(cite(document, "Ben Okafor"), okafor.id),
                make_mention(cite(document, "Ana Ruiz"), ruiz.id),
            ),
            events=(event,),
            agenda=(
                AgendaItem(
                    content_id("agd", document.id, "grain"),
                    document.id,
                    event.id,
                    "grain",
                    Phase.ADDRESSED,
                    Voice(VoiceKind.PUBLISHER),
                    (cite(document, "talked about grain"),),
                ),
            ),
            measures=(
                Measure(ban_id, document.id, MeasureKind.BAN, "ban", norland, (), None, happened, (ban,)),
                Measure(
                    list_id,
                    document.id,
                    MeasureKind.LIST,
                    "list",
                    sudland,
                    (norland,),
                    None,
                    happened,
                    (answer,),
                    ban_id,
                ),
            ),
        ),
    )


def _link(*readings: Reading) -> Linked:
    """What a linker would make of the two: names that are the same are the same, and so are the meetings."""
    found = sum((reading.annotations for reading in readings), Annotations())
    entity_of = {referent.id: content_id("ent", referent.name) for referent in found.referents}
    events = found.events
    engagement_id = content_id("eng", *sorted(event.id for event in events))
    values = [event.assertions[0] for event in events]
    return Linked(
        entities=_sorted(_merge(found, entity_of)),
        mentions=tuple(replace(mention, entity=entity_of[mention.entity]) for mention in found.mentions),
        statements=_sorted(
            replace(statement, engagement=engagement_id, source=_point(statement.source, entity_of))
            for statement in found.statements
        ),
        engagements=(
            Engagement(
                engagement_id,
                EngagementKind.MEETING,
                "Ruiz and Okafor in Lisbon",
                Status.HAPPENED,
                None,
                events[0].date,
                events[0].place,
                tuple(replace(p, entity=entity_of[p.entity or ""]) for p in events[0].participants),
                Code("CONSULT", "visit"),
                tuple(EngagementEvidence(e.document, *e.evidence.span, e.evidence.quote, e.status) for e in events),
                tuple(Account(event.document, (event.id,), event.assertions) for event in events),
                ("same two people, one day apart",),
            ),
        ),
        agenda=tuple(replace(agenda, engagement=engagement_id) for agenda in found.agenda),
        commitments=tuple(
            replace(owed, debtors=tuple(s for d in owed.debtors if (s := _point(d, entity_of))))
            for owed in found.commitments
        ),
        forecasts=tuple(replace(forecast, engagement=engagement_id) for forecast in found.forecasts),
        measures=_sorted(found.measures),
        comparisons=(
            Comparison(
                content_id("cmp", engagement_id, "when"),
                engagement_id,
                "when",
                Relation.CONTRADICTS,
                tuple(ComparedValue(a.value, a.evidence.document, a.evidence) for a in values),
            ),
        ),
        problems=(problem(engagement_id, "link", "two days for one meeting"),),
    )


def _merge(found: Annotations, entity_of: dict[str, str]) -> list[Entity]:
    names = sorted({referent.name for referent in found.referents})
    return [
        Entity(
            content_id("ent", name),
            EntityKind.PERSON,
            name,
            (name,),
            (Office("Foreign Minister", None, evidence=places[:1]),) if name == "Ana Ruiz" else (),
            places,
            reasons=("same name",),
        )
        for name in names
        for places in [
            tuple(
                Evidence(mention.document, mention.start, mention.end, mention.quote)
                for mention in found.mentions
                if entity_of[mention.entity] == content_id("ent", name)
            )
        ]
    ]


def _point(source: Source | None, entity_of: dict[str, str]) -> Source | None:
    return replace(source, entity=entity_of.get(source.entity or "")) if source else None


def _sorted(rows: Iterable[T]) -> tuple[T, ...]:
    return tuple(sorted(rows, key=lambda row: row.id))
