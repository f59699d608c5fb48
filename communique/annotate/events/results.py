"""What the sentences after a mention say came of the engagement, and in which mood it was.

"The two agreed to …", "they reached a deal on …", "the occasion was marked by a festive mood" name no engagement
themselves; they are held to be said of the one told last before them in the same paragraph, or in the paragraph before
when the subjects took part in it.
"""

from __future__ import annotations

from spacy.tokens import Token

from communique.annotate.clauses import (
    find_quoted,
    find_subject,
    get_lemma,
    is_verb,
    shorten,
    to_span,
)
from communique.annotate.events.drafts import Draft
from communique.annotate.events.outcomes import find_told, is_of_talks
from communique.annotate.events.people import find_people
from communique.annotate.events.triggers import get_words
from communique.annotate.parse import Block
from communique.annotate.who.actors import Actors
from communique.model import Assertion, EngagementKind, Property, Source, Status

_KINDS = (
    EngagementKind.MEETING,
    EngagementKind.TALKS,
    EngagementKind.VISIT,
    EngagementKind.CALL,
    EngagementKind.CONFERENCE,
)


def add_results(drafts: list[Draft], blocks: tuple[Block, ...], actors: Actors) -> None:
    """Adds results and moods told in sentences of their own to the drafts that they are said of."""
    by_block: dict[int, list[Draft]] = {}
    for draft in drafts:
        if draft.trigger.kind in _KINDS:
            by_block.setdefault(draft.trigger.block.start, []).append(draft)
    before: list[Draft] = []
    for block in blocks:
        here = by_block.get(block.start, [])
        near, before = before + here, here
        if not near:
            continue
        quoted = find_quoted(block.tokens)
        for verb in block.tokens:
            if not is_verb(verb):
                continue
            for kind, start, end in find_told(verb):
                # Of what is quoted, only what "we" and the talks themselves are said to have done.
                if verb.i in quoted and not (kind is Property.MOOD or _is_first_person(verb)):
                    continue
                chosen = _choose(near, block, verb, actors)
                if chosen is not None:
                    span = shorten(block.tokens, start, end, start)
                    words = actors.parsed.document.evidence(*to_span(block.tokens, block.start, *span))
                    _add(
                        chosen, Assertion(kind, " ".join(words.quote.split()), words, _find_caller(verb, block, actors))
                    )


def _find_caller(verb: Token, block: Block, actors: Actors) -> Source | None:
    """Who calls the talks something: the subject of "described", where it is somebody."""
    subject = find_subject(verb) if get_lemma(verb) in get_words("mood", "calling") else None
    return next(iter(find_people(actors, block, subject)), None) if subject is not None else None


def _is_first_person(verb: Token) -> bool:
    subject = find_subject(verb)
    return subject is not None and subject.lower_ == "we"


def _choose(near: list[Draft], block: Block, verb: Token, actors: Actors) -> Draft | None:
    """The engagement told last, of those that the subject took part in where it names somebody."""
    before = [
        d
        for d in near
        if d.trigger.block is not block or d.trigger.token.i < verb.i or d.trigger.token.head.i == verb.i
    ]
    real = [d for d in before if d.status in (None, Status.HAPPENED, Status.ONGOING)]
    subject = find_subject(verb)
    names = (
        {s.entity for s in find_people(actors, block, subject) if s.entity}
        if subject is not None and not is_verb(subject)
        else set()
    )
    for draft in reversed(real):
        if names & draft.names:
            return draft
    if names and len(names) < 2:
        return None  # somebody who was not there
    same = [d for d in real if d.trigger.block is block]
    return same[-1] if same and is_of_talks(verb, subject) else None


def _add(draft: Draft, assertion: Assertion) -> None:
    if assertion not in draft.assertions:
        draft.assertions = tuple(
            sorted((*draft.assertions, assertion), key=lambda a: (a.evidence.start, a.evidence.end, a.property))
        )
