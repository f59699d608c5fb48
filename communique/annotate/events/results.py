"""What the sentences after a mention say came of the engagement, and in which mood it was.

"The two agreed to …", "they reached a deal on …", "the occasion was marked by a festive mood" name no engagement
themselves; they are held to be said of the one told last before them in the same paragraph, or in the paragraph before
when the subjects took part in it.
"""

from __future__ import annotations

from collections import Counter

from spacy.tokens import Token

from communique.annotate.clauses import (
    find_quoted,
    find_subject,
    get_children,
    get_lemma,
    is_verb,
    shorten,
    to_span,
)
from communique.annotate.events.drafts import Draft
from communique.annotate.events.outcomes import EVENT_WORDS, find_told, is_of_talks, is_of_those_there, is_reach
from communique.annotate.events.people import find_people
from communique.annotate.events.triggers import get_words
from communique.annotate.parse import Block
from communique.annotate.who.actors import Actors
from communique.model import Assertion, EngagementKind, Property, Source, Status

# So many paragraphs back a result may belong to, where its subject took part.
REACH = 12
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
    told: list[list[Draft]] = []
    for block in blocks:
        told = [*told[-REACH:], by_block.get(block.start, [])]
        if not any(told):
            continue
        quoted = find_quoted(block.tokens)
        for verb in block.tokens:
            if not is_verb(verb):
                continue
            for kind, start, end in find_told(verb):
                # Of what is quoted, only what "we" and the talks themselves are said to have done.
                if verb.i in quoted and not (kind is Property.MOOD or _is_of_us(verb)):
                    continue
                chosen = _choose(told, block, verb, actors)
                if chosen is not None:
                    span = shorten(block.tokens, start, end, start)
                    words = actors.parsed.document.evidence(*to_span(block.tokens, block.start, *span))
                    _add(
                        chosen, Assertion(kind, " ".join(words.quote.split()), words, _find_caller(verb, block, actors))
                    )


def _find_caller(verb: Token, block: Block, actors: Actors) -> Source | None:
    """Who calls the talks something: the subject of "described", where it is somebody."""
    is_told_by = get_lemma(verb) in get_words("mood", "calling") or get_lemma(verb) == "put"
    subject = find_subject(verb) if is_told_by else None
    if subject is None:
        return None
    return next(iter((*find_people(actors, block, subject), *actors.sources(block, subject))), None)


def _is_of_us(verb: Token) -> bool:
    subject = find_subject(verb)
    return bool(get_children(verb, "expl")) or (subject is not None and subject.lower_ == "we")


def _choose(told: list[list[Draft]], block: Block, verb: Token, actors: Actors) -> Draft | None:
    """The engagement told last, of those that the subject took part in where it names somebody.

    Args:
        told: Drafts by paragraph, this one's last.
        block: This paragraph.
        verb: The verb of the clause that tells a result or a mood.
        actors: Who is who.
    """
    real = [[d for d in drafts if d.status in (None, Status.HAPPENED, Status.ONGOING)] for drafts in told]
    here = [d for d in real[-1] if d.trigger.token.i < verb.i or d.trigger.token.head.i == verb.i]
    before = [d for drafts in real[:-1] for d in drafts]
    subject = find_subject(verb)
    names = (
        {s.entity for s in find_people(actors, block, subject) if s.entity}
        if subject is not None and not is_verb(subject)
        else set()
    )
    for draft in reversed([*before, *here]):
        if names & draft.names and (draft in here or is_reach(verb) or draft in (real[-2] if len(real) > 1 else ())):
            return draft
    if names and len(names) < 2:
        return None  # somebody who was not there
    if here:
        return here[-1] if is_of_talks(verb, subject) else None
    # "The event was marked by ...", "there was a more conciliatory tone": what is most spoken of just before.
    is_of_all = get_children(verb, "expl") or (subject is not None and get_lemma(subject) in EVENT_WORDS)
    near = [d for drafts in real[-3:-1] for d in drafts]
    if is_of_all and near:
        return _find_most_told(near, before)
    # "The ministers agreed to ..." in the paragraph behind that of the meeting.
    is_theirs = subject is not None and not names and is_of_those_there(verb, subject)
    return real[-2][-1] if is_theirs and len(real) > 1 and real[-2] else None


def _find_most_told(near: list[Draft], before: list[Draft]) -> Draft:
    often = Counter(id(d.same or d) for d in before)
    return max(near, key=lambda d: (often[id(d.same or d)], -d.trigger.token.i))


def _add(draft: Draft, assertion: Assertion) -> None:
    """Adds what is told to a draft, in place of the part of it that the draft's own sentence has told."""
    at = assertion.evidence
    same = [a for a in draft.assertions if a.property is assertion.property]
    if any(a.evidence.start <= at.start and at.end <= a.evidence.end for a in same):
        return
    parts = [a for a in same if at.start <= a.evidence.start and a.evidence.end <= at.end]
    kept = [a for a in draft.assertions if a not in parts]
    draft.assertions = tuple(sorted((*kept, assertion), key=lambda a: (a.evidence.start, a.evidence.end, a.property)))
