"""What a report says was not said, and who it says was not there, each once.

1. What other rows tell already: agenda items that were avoided, statements declined or not made, participants absent.
2. What only its own words tell (`silence_cues`): no comment on request, no details, no joint statement, staying away.

A report's own silence is none: that it does not mention something is seen beside other reports only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from communique.annotate.clauses import MAX_EVIDENCE, close_quotation, find_clause, get_lemma, shorten, to_span
from communique.annotate.events.people import find_people
from communique.annotate.ledgers import silence_cues
from communique.annotate.ledgers.agenda_events import find_cue_event, find_joined
from communique.annotate.ledgers.cue import Cue
from communique.annotate.ledgers.silence_words import Cue as SilenceCue
from communique.annotate.ledgers.silence_words import get_silence_words
from communique.annotate.parse import Block, Parsed, is_reported
from communique.annotate.voices import find_voice
from communique.annotate.who.actors import Actors
from communique.annotate.who.noun_kinds import get_source_kind
from communique.model import (
    AgendaItem,
    EventMention,
    Evidence,
    Participant,
    Phase,
    Polarity,
    Role,
    Silence,
    SilenceKind,
    Source,
    SourceKind,
    Span,
    Statement,
    Voice,
    content_id,
)

# Characters at most between a speaker's sentence and the next, where "he" is that speaker.
NEAR = 60
_OF_POLARITY = {Polarity.DECLINED: SilenceKind.REFUSED, Polarity.NOT_SAID: SilenceKind.WORDS}


def find_silences(
    parsed: Parsed,
    actors: Actors,
    events: tuple[EventMention, ...],
    statements: tuple[Statement, ...],
    agenda: tuple[AgendaItem, ...],
) -> tuple[Silence, ...]:
    """The silences of a document, in text order.

    Args:
        parsed: The document through the language model.
        actors: Who is who in it.
        events: Its event mentions, for who was absent.
        statements: Its statements, for what was declined and not said, and for the voice.
        agenda: Its agenda items, for what was avoided.
    """
    found = [
        *_of_agenda(agenda),
        *_of_statements(parsed, actors, statements),
        *_of_events(actors, events, statements),
    ]
    known = {(row.kind, place.start, place.end) for row in found for place in row.evidence}
    joined = find_joined(events)
    for block in parsed.blocks:
        if is_reported(block):
            for cue in silence_cues.find_silence_cues(block):
                row = _of_cue(cue, block, actors, events, joined, statements)
                if not any(row.kind == kind and _overlap(row, start, end) for kind, start, end in known):
                    found.append(row)
                    known.add((row.kind, row.evidence[0].start, row.evidence[0].end))
    found = [_name_speaker(row, statements) for row in found]
    return tuple(sorted(found, key=lambda row: (row.evidence[0].start, row.kind, row.id)))


def _name_speaker(row: Silence, statements: tuple[Statement, ...]) -> Silence:
    """ "…, a senior official said. He declined to say": whoever is named before, the official is meant."""
    if row.who is None or (row.who.quote or "").lower() not in ("he", "she"):
        return row
    at = row.evidence[0].start
    before = [s for s in statements if s.content and s.content[-1].end <= at and s.id != row.of]
    last = max(before, key=lambda s: _find_end(s), default=None)
    source = last.source if last is not None else None
    is_near = last is not None and at - _find_end(last) <= NEAR
    is_one = source is not None and source.entity is None and source.kind is SourceKind.ANONYMOUS
    return replace(row, who=source) if is_one and is_near else row


def _find_end(row: Statement) -> int:
    places = [piece.end for piece in (*row.content, *([row.cue] if row.cue else []))]
    return max([*places, row.source.end or 0] if row.source is not None else places)


def _overlap(row: Silence, start: int, end: int) -> bool:
    return row.evidence[0].start < end and start < row.evidence[0].end


def _make(kind: SilenceKind, what: str, voice: Voice, evidence: tuple[Evidence, ...], **more: object) -> Silence:
    first, who = evidence[0], more.get("who")
    name = who.name if isinstance(who, Source) else ""
    id = content_id("sil", first.document, kind, first.start, first.end, what, name)
    words = " ".join(what.split())
    fields = {"who": None, "engagement": None, "of": None, **more}
    return Silence(id, first.document, kind, words, voice=voice, evidence=evidence, **fields)  # type: ignore[arg-type]


def _of_agenda(agenda: tuple[AgendaItem, ...]) -> Iterator[Silence]:
    for item in agenda:
        if item.phase is Phase.AVOIDED:
            more = {"engagement": item.engagement, "of": item.id}
            yield _make(SilenceKind.TOPIC, item.issue, item.voice, item.evidence, **more)


def _of_statements(parsed: Parsed, actors: Actors, statements: tuple[Statement, ...]) -> Iterator[Silence]:
    for row in statements:
        kind = SilenceKind.REFUSED if _is_no_comment(row) else _OF_POLARITY.get(row.polarity)
        if kind is None or not row.content or (kind is SilenceKind.WORDS and not _is_of_speech(parsed, row)):
            continue
        what = " ".join(piece.quote for piece in row.content)
        evidence = _around(parsed, row)
        voice = find_voice(actors, tuple(other for other in statements if other.id != row.id), evidence[0].span)
        yield _make(kind, what, voice, evidence, who=row.source, engagement=row.engagement, of=row.id)


def _is_of_speech(parsed: Parsed, row: Statement) -> bool:
    """ "did not say", not "has not endorsed": is it told that somebody kept silent?"""
    if row.cue is None:
        return True
    cue = row.cue
    block = next((b for b in parsed.blocks if b.start <= cue.start < b.end), None)
    if block is None:
        return True
    words = block.tokens.char_span(cue.start - block.start, cue.end - block.start, alignment_mode="expand")
    return words is None or any(get_lemma(token) in get_silence_words("withheld", "statements") for token in words)


def _is_no_comment(row: Statement) -> bool:
    return " ".join(piece.quote for piece in row.content).strip(" ,.!\"“”'").lower() == "no comment"


def _around(parsed: Parsed, row: Statement) -> tuple[Evidence, ...]:
    """Speaker, cue and content in one piece where they stand together; else one by one."""
    places = [(piece.start, piece.end) for piece in (*row.content, *([row.cue] if row.cue else []))]
    source = row.source
    if source is not None and source.start is not None and source.end is not None:
        places.append((source.start, source.end))
    start, end = min(a for a, _ in places), max(b for _, b in places)
    if end - start <= MAX_EVIDENCE and "\n" not in parsed.document.text[start:end]:
        return (parsed.document.evidence(start, end),)
    return row.content


def _of_events(
    actors: Actors, events: tuple[EventMention, ...], statements: tuple[Statement, ...]
) -> Iterator[Silence]:
    for event in events:
        for participant in event.participants:
            if participant.role is Role.ABSENT:
                voice = find_voice(actors, statements, event.trigger.span)
                who = _to_source(actors, participant)
                more = {"who": who, "engagement": event.same_as or event.id, "of": event.id}
                yield _make(SilenceKind.ABSENT, event.trigger.quote, voice, (event.evidence,), **more)


def _to_source(actors: Actors, participant: Participant) -> Source:
    place = participant.evidence[0] if participant.evidence else None
    kind = SourceKind.COLLECTIVE
    if participant.entity is not None:
        kind = get_source_kind(actors.referent(participant.entity).kind)
    where = (place.start, place.end, place.quote) if place is not None else (None, None, None)
    return Source(participant.name, kind, participant.entity, *where)


def _of_cue(
    cue: SilenceCue,
    block: Block,
    actors: Actors,
    events: tuple[EventMention, ...],
    joined: frozenset[Evidence],
    statements: tuple[Statement, ...],
) -> Silence:
    document = actors.parsed.document
    start, end = find_clause(cue.verb, frozenset(range(*cue.what)))
    if cue.what[0] < start:  # "Asked about the treaty, she changed the subject"
        asides = (child for child in cue.verb.children if child.left_edge.i <= cue.what[0] <= child.right_edge.i)
        start = min([cue.what[0], *(child.left_edge.i for child in asides)])
    start, end = close_quotation(block.tokens, start, max(end, cue.what[1]))
    span = to_span(block.tokens, block.start, *shorten(block.tokens, start, end, cue.verb.i))
    what = to_span(block.tokens, block.start, *cue.what)
    people = find_people(actors, block, cue.who) if cue.who is not None else []
    event = find_cue_event(
        Cue(cue.verb, (), Phase.AVOIDED, is_impersonal=cue.who is None), block, actors, events, joined
    )
    more = {
        "who": people[0] if people else _name(cue, block, actors),
        "engagement": (event.same_as or event.id) if event is not None else None,
    }
    voice = find_voice(actors, statements, Span(what.start, what.end))
    return _make(cue.kind, document.text[what.start : what.end], voice, (document.evidence(*span),), **more)


def _name(cue: SilenceCue, block: Block, actors: Actors) -> Source | None:
    """Who is silent, in the words of the text, where nobody known is meant."""
    if cue.who is None or cue.who.pos_ == "PRON":
        return None
    sources = actors.sources(block, cue.who)
    return sources[0] if sources else None
