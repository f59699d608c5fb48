"""What the sentences after a mention say came of the engagement, and in which mood it was.

"The two agreed to …", "they reached a deal on …", "the occasion was marked by a festive mood" name no engagement
themselves; they are held to be said of the one told last before them in the same paragraph, or in the paragraph before
when the subjects took part in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from communique.annotate.clauses import (
    find_clause,
    find_phrase,
    find_quoted,
    find_subject,
    get_children,
    get_lemma,
    is_negated,
    is_verb,
    iter_objects,
    shorten,
    to_span,
)
from communique.annotate.events.drafts import Draft
from communique.annotate.events.people import find_people
from communique.annotate.events.status import read_verb_status
from communique.annotate.events.triggers import get_words
from communique.annotate.parse import Block
from communique.annotate.who.actors import Actors
from communique.model import Assertion, EngagementKind, Property, Status

_KINDS = (
    EngagementKind.MEETING,
    EngagementKind.TALKS,
    EngagementKind.VISIT,
    EngagementKind.CALL,
    EngagementKind.CONFERENCE,
)
_REACHING = ("reach", "strike", "clinch", "come", "achieve", "make", "secure")
_MARKING = ("mark", "characterize", "dominate")
_EVENT_WORDS = ("event", "occasion", "encounter")


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
            if not is_verb(verb) or verb.i in quoted:
                continue
            for kind, start, end in _find_told(verb):
                chosen = _choose(near, block, verb, actors)
                if chosen is not None:
                    _add(chosen, block, kind, *shorten(block.tokens, start, end, verb.i), actors)


def _find_told(verb: Token) -> Iterator[tuple[Property, int, int]]:
    lemma = get_lemma(verb)
    if lemma == "agree":
        has_matter = get_children(verb, "xcomp", "ccomp") or any(iter_objects(verb, "on", "to", "upon"))
        if (
            has_matter
            and verb.dep_ not in ("relcl", "acl")
            and read_verb_status(verb) is Status.HAPPENED
            and verb.tag_ in ("VBD", "VBN", "VBG")
        ):
            yield Property.RESULT, *find_clause(verb)
    elif lemma in get_words("results", "reach"):
        things = [*get_children(verb, "dobj", "nsubjpass"), *(noun for _, noun in iter_objects(verb, "to", "on"))]
        is_reached = any(get_lemma(thing) in get_words("results", "reached") for thing in things)
        if is_reached and lemma in _REACHING and read_verb_status(verb) in (Status.HAPPENED, Status.DENIED):
            yield Property.RESULT, *find_clause(verb)
    elif lemma in _MARKING and any(get_lemma(s) in _EVENT_WORDS for s in get_children(verb, "nsubjpass")):
        for _, noun in iter_objects(verb, "by"):
            if get_lemma(noun) in get_words("mood", "nouns"):
                yield Property.MOOD, *find_phrase(noun)
    elif lemma == "be":
        for subject in get_children(verb, "nsubj"):
            is_mood = get_lemma(subject) in ("mood", "atmosphere", "spirit") and not get_children(subject, "prep")
            if is_mood and get_children(verb, "acomp") and not is_negated(verb):
                yield Property.MOOD, *find_clause(verb)


def _choose(near: list[Draft], block: Block, verb: Token, actors: Actors) -> Draft | None:
    """The engagement told last, of those that the subject took part in where it names somebody."""
    before = [d for d in near if d.trigger.block is not block or d.trigger.token.i < verb.i]
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
    same = [d for d in real if d.trigger.block is block]
    return same[-1] if same else None


def _add(draft: Draft, block: Block, kind: Property, start: int, end: int, actors: Actors) -> None:
    evidence = actors.parsed.document.evidence(*to_span(block.tokens, block.start, start, end))
    assertion = Assertion(kind, " ".join(evidence.quote.split()), evidence)
    if assertion not in draft.assertions:
        draft.assertions = tuple(
            sorted((*draft.assertions, assertion), key=lambda a: (a.evidence.start, a.evidence.end, a.property))
        )
