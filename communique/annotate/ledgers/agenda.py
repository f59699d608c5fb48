"""A document's clauses into agenda items: which issue was to be, was, or was not talked about, and who says so.

1. Cues in every clause (`agenda_cues`), and the topics that engagements name themselves ("talks on X").
2. The issues at the cue, coordination taken apart; an issue is a noun phrase of the text without its determiner.
3. The engagement that it is said of: in the same sentence, else the last one before with the same people.
4. The voice (`voices`): the speaker of the statement that holds the words, the author, else the publisher.

Which issues are the same in other words is not decided here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice

from spacy.tokens import Token

from communique.annotate.clauses import (
    MAX_DEPTH,
    MAX_TOKENS,
    find_clause,
    find_governor,
    find_subject,
    get_children,
    get_lemma,
    is_verb,
    shorten,
    to_span,
)
from communique.annotate.events.people import find_people
from communique.annotate.ledgers.agenda_cues import find_cues
from communique.annotate.ledgers.agenda_events import find_cue_actors, find_cue_event, find_joined
from communique.annotate.ledgers.cue import Cue, Need
from communique.annotate.ledgers.issues import get_issue_words, iter_issues
from communique.annotate.parse import Block, Parsed, is_reported
from communique.annotate.voices import find_voice
from communique.annotate.who.actors import Actors
from communique.model import (
    AHEAD,
    AgendaItem,
    EventMention,
    Evidence,
    Phase,
    Property,
    SourceKind,
    Span,
    Statement,
    Status,
    Voice,
    VoiceKind,
    content_id,
)
from communique.text.holding import SpanIndex
from communique.text.segment import fold

# So many characters before "denied it" what is denied may end.
_NEXT = 40
Key = tuple[str, Phase, str | None, Voice]


@dataclass(frozen=True, slots=True)
class Told:
    """How an issue is told: phase, engagement, words."""

    phase: Phase
    event: EventMention | None
    evidence: Evidence
    acts: frozenset[int] = frozenset()  # where the verbs stand that tell it, up to the top of their clause


@dataclass(frozen=True, slots=True)
class Ledger:
    """What is known of a document, and the items found so far."""

    actors: Actors
    events: tuple[EventMention, ...]
    joined: frozenset[Evidence]  # the triggers of several engagements
    statements: SpanIndex[Statement]  # by their contents
    found: dict[Key, AgendaItem]


def find_agenda(
    parsed: Parsed, actors: Actors, events: tuple[EventMention, ...], statements: tuple[Statement, ...]
) -> tuple[AgendaItem, ...]:
    """Finds the agenda items of a document, in text order.

    Args:
        parsed: The document through the language model.
        actors: Who is who in it.
        events: Its event mentions; ``engagement`` of an item is the id of the first mention of one of them, or None.
        statements: Its statements, for the voice.
    """
    contents = SpanIndex((content.start, content.end, row.id, row) for row in statements for content in row.content)
    ledger = Ledger(actors, events, find_joined(events), contents, {})
    for block in parsed.blocks:
        if not is_reported(block):
            continue
        for cue in find_cues(block):
            _add_cue(ledger, block, cue)
        for event in events:
            if block.start <= event.trigger.start < block.end:
                _add_topics(ledger, block, event)
    return tuple(sorted(ledger.found.values(), key=lambda item: (item.evidence[0].start, item.issue, item.id)))


def _add_cue(ledger: Ledger, block: Block, cue: Cue) -> None:
    event = find_cue_event(cue, block, ledger.actors, ledger.events, ledger.joined)
    if event is None and not _stands_alone(ledger, block, cue):
        return
    start, end = _find_words(cue)
    span = to_span(block.tokens, block.start, *shorten(block.tokens, start, end, cue.verb.i))
    evidence = ledger.actors.parsed.document.evidence(*span)
    phase = cue.phase
    if cue.follows_event and phase is Phase.ADDRESSED and event is not None and event.status in AHEAD:
        phase = Phase.EXPECTED
    told = Told(phase, event, evidence, _find_acts(block, cue))
    issues = [*cue.listed, *(issue for head in cue.heads for issue in iter_issues(head))]
    for issue in dict.fromkeys(issues):
        _add(ledger, block, issue, told)
    if not issues and any(_points_back(head) for head in cue.heads):
        _add_pointed(ledger, block, next(head for head in cue.heads if _points_back(head)), told)


def _add_pointed(ledger: Ledger, block: Block, words: Token, told: Told) -> None:
    """ "denied that the subject was raised": the issue told last at that engagement, by somebody else."""
    if told.event is None or told.phase is not Phase.AVOIDED:
        return
    engagement = told.event.same_as or told.event.id
    before = [item for item in ledger.found.values() if item.engagement == engagement and item.wording is not None]
    before = [item for item in before if item.evidence[0].start < told.evidence.start]
    last = max(before, key=lambda item: (item.evidence[0].start, item.id), default=None)
    if last is None:
        return
    span = to_span(block.tokens, block.start, words.left_edge.i, words.i + 1)
    voice = find_voice(ledger.actors, _find_holding(ledger, span), span)
    if words.pos_ == "PRON" and words.dep_ == "dobj":
        is_next = last.phase is Phase.ADDRESSED and told.evidence.start - last.evidence[0].end <= _NEXT
        subject = find_subject(words.head)
        denier = next(iter(find_people(ledger.actors, block, subject)), None) if subject is not None else None
        if denier is None or not is_next:
            return
        voice = Voice(VoiceKind.SPEAKER, denier.entity, denier.name)
    if voice != last.voice:
        _keep(ledger, last.issue, span, told, voice)


def _points_back(head: Token) -> bool:
    """ "the subject", "that issue", "it"."""
    is_definite = any(child.lower_ in ("the", "that", "this") for child in head.children)
    return head.lower_ in ("it", "this", "that") or (
        is_definite and get_lemma(head) in get_issue_words("issue", "wrappers")
    )


def _stands_alone(ledger: Ledger, block: Block, cue: Cue) -> bool:
    """Do the words mean talk at a table where no engagement can be told?"""
    if cue.needs is Need.PEOPLE:
        return bool(find_cue_actors(cue.verb, block, ledger.actors))
    return cue.needs is Need.NOTHING


def _find_words(cue: Cue) -> tuple[int, int]:
    """The clause that a cue stands in, as token indices; of a headline, all of it."""
    if not is_verb(cue.verb) or cue.listed:
        return cue.verb.sent.start, cue.verb.sent.end
    top = cue.verb
    while top.dep_ in ("xcomp", "pcomp", "acl") or (top.dep_ == "advcl" and top.tag_ in ("VB", "VBG")):
        governor = find_governor(top)
        if governor is None:
            break
        top = governor
    kept = (*islice(cue.verb.subtree, MAX_TOKENS), *islice(cue.verb.ancestors, MAX_DEPTH))
    start, end = find_clause(top, frozenset(token.i for token in kept))
    return min(start, cue.verb.i), max(end, cue.verb.i + 1)


def _add_topics(ledger: Ledger, block: Block, event: EventMention) -> None:
    """The topics that an engagement names itself: "talks on grain"."""
    if event.status in (Status.CANCELLED, Status.DENIED):
        return
    phase = Phase.EXPECTED if event.status in AHEAD else Phase.ADDRESSED
    if phase is Phase.EXPECTED and _is_under_way(block, event):
        return
    for assertion in event.assertions:
        if assertion.property is not Property.TOPIC:
            continue
        start = assertion.evidence.start - block.start
        span = block.tokens.char_span(start, assertion.evidence.end - block.start, alignment_mode="expand")
        for issue in iter_issues(span.root) if span is not None else ():
            _add(ledger, block, issue, Told(phase, event, event.evidence))


def _is_under_way(block: Block, event: EventMention) -> bool:
    """ "momentum for the peace talks on X", with nobody and no day: whether they are still to come is not told."""
    span = block.tokens.char_span(
        event.trigger.start - block.start, event.trigger.end - block.start, alignment_mode="expand"
    )
    if span is None or event.participants or event.date is not None or event.trigger.quote.lower() != "talks":
        return False
    noun = span.root
    is_definite = any(child.lower_ in ("the", "these", "those") for child in get_children(noun, "det"))
    return is_definite and noun.dep_ == "pobj"


def _add(ledger: Ledger, block: Block, issue: tuple[int, int], told: Told) -> None:
    """Adds an item, or the evidence to the item that says the same."""
    document = ledger.actors.parsed.document
    span = to_span(block.tokens, block.start, *issue)
    # An issue is a label, not a quotation: typography must not tell two of them apart.
    words = " ".join(fold(document.text[span.start : span.end]).replace("\u201c", '"').replace('"', " ").split())
    statements = tuple(row for row in _find_holding(ledger, span) if not _is_act(row, told.acts))
    if told.phase is Phase.AVOIDED:
        # "According to the summary, not a word was said": no text tells what it leaves out; its reader does.
        statements = tuple(
            row for row in statements if row.source is None or row.source.kind is not SourceKind.DOCUMENT
        )
    _keep(ledger, words, span, told, find_voice(ledger.actors, statements, span))


def _find_holding(ledger: Ledger, span: Span) -> tuple[Statement, ...]:
    return tuple(ledger.statements.find_all(span.start, span.end))


def _find_acts(block: Block, cue: Cue) -> frozenset[int]:
    """The verbs of a cue's clause: "thanked her for dealing with the ships"."""
    verb, found = cue.verb, [cue.verb]
    while verb.dep_ not in ("ROOT", "ccomp", "relcl", "conj", "parataxis") and len(found) < MAX_DEPTH:
        governor = find_governor(verb)
        if governor is None:
            break
        verb = governor
        found.append(verb)
    return frozenset(block.start + one.idx for one in found)


def _is_act(statement: Statement, acts: frozenset[int]) -> bool:
    """ "He thanked her for the ships": the report tells what he spoke of; the words are not his."""
    words = statement.cue
    if words is None or any(content.quote.startswith(("that ", "\u201c", '"', "if ")) for content in statement.content):
        return False
    return any(words.start <= act < words.end for act in acts)


def _keep(ledger: Ledger, words: str, span: Span, told: Told, voice: Voice) -> None:
    document = ledger.actors.parsed.document
    wording = document.evidence(*span)
    engagement = (told.event.same_as or told.event.id) if told.event is not None else None
    key = (words.lower(), told.phase, engagement, voice)
    known = ledger.found.get(key)
    if known is None:
        id = content_id("agd", document.id, span.start, span.end, told.phase, engagement or "")
        evidence = (told.evidence,)
        ledger.found[key] = AgendaItem(id, document.id, engagement, words, told.phase, voice, evidence, wording)
    elif told.evidence not in known.evidence:
        ledger.found[key] = replace(known, evidence=(*known.evidence, told.evidence))
