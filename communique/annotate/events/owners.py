"""Whose engagement a noun names: "Haas's visit", "his talks", "the NATO summit", "Haas said after talks"."""

from __future__ import annotations

from itertools import islice

from spacy.tokens import Token

from communique.annotate.clauses import (
    MAX_TOKENS,
    find_first_conjunct,
    find_governor,
    find_subject,
    get_children,
    get_lemma,
    iter_objects,
)
from communique.annotate.events.officials import is_of_office
from communique.annotate.events.people import Party, as_parties, find_named, find_people
from communique.annotate.events.triggers import Trigger, climb_bridges
from communique.annotate.who.actors import Actors
from communique.model import EngagementKind, Role, Source, SourceKind

SHARED = (
    EngagementKind.MEETING, EngagementKind.TALKS, EngagementKind.CALL, EngagementKind.DINNER,
    EngagementKind.PRESS_CONFERENCE, EngagementKind.CONFERENCE,
)  # fmt: skip
_OCCASION = frozenset(
    {
        "at",
        "in",
        "during",
        "after",
        "before",
        "following",
        "for",
        "on",
        "by",
        "ahead",
        "from",
        "over",
        "since",
        "prior",
        "via",
    }
)


def find_owners(trigger: Trigger, actors: Actors, main: Role) -> list[Party]:
    """ "Haas's visit", "his talks", "Haas-Moreau talks", "the NATO summit"."""
    token, block = trigger.token, trigger.block
    found: list[Source] = []
    for owner in get_children(token, "poss"):
        if owner.ent_type_ in ("DATE", "TIME"):
            continue
        if token.dep_ == "conj" and token.head.pos_ == "PROPN" and token.head.i < owner.i:
            found += [s for s in find_people(actors, block, token.head) if s.entity][:1]  # "Haas and Moreau's meeting"
        found += _find_parallel(trigger, actors, owner) or [
            s for head in _own_conjuncts(owner) for s in find_people(actors, block, head)[:2]
        ]
    lefts = [c for c in token.lefts if c.dep_ in ("compound", "nmod")]
    below = (child for left in lefts for child in islice(left.subtree, MAX_TOKENS))
    # "the G-8 meeting" is tagged as a common noun.
    named = (child for child in below if child.pos_ == "PROPN" or child.text[0].isupper())
    names = [child for child in named if child.dep_ in ("compound", "nmod", "conj")]
    own = actors.referent_of(block, token)  # "the G7 Summit" is no guest of its own
    names = [name for name in names if own is None or actors.referent_of(block, name) != own]
    is_pair = len(names) > 1 and any(t.text in "-–/" for t in trigger.block.tokens[names[0].i : token.i])
    for name in names:
        for source in find_named(actors, block, name):
            if (
                source.kind is SourceKind.PERSON
                or source.kind is SourceKind.ORGANIZATION
                or (is_pair and trigger.kind is not EngagementKind.VISIT)
            ):
                found.append(source)
    parties = as_parties(main, found)
    for verb in get_children(token, "relcl"):
        # "the dinner that the minister gave", "the talks she held with him"
        subject = next(iter(get_children(verb, "nsubj")), None)
        is_carried = get_lemma(verb) in ("give", "host", "hold", "have") and subject is not None
        if is_carried and subject is not None and subject.tag_ not in ("WDT", "WP"):
            role = Role.HOST if get_lemma(verb) in ("give", "host") else main
            parties += as_parties(role, find_people(actors, block, subject))
    if get_lemma(token.head) == "be" and token.dep_ == "nsubj":  # "The visit is his first"
        for attribute in get_children(token.head, "attr"):
            parties += [
                p
                for owner in get_children(attribute, "poss")
                for p in as_parties(main, find_people(actors, block, owner)[:1])
            ]
    return parties


def _find_parallel(trigger: Trigger, actors: Actors, owner: Token) -> list[Source]:
    """ "Haas's meeting with Moreau was long, his meeting with Sato was not": whose the first one was."""
    if owner.lower_ not in ("his", "her"):
        return []
    tokens = trigger.block.tokens
    for other in tokens[trigger.token.sent.start : trigger.token.i]:
        if other.lower_ != trigger.token.lower_:
            continue
        for name in get_children(other, "poss"):
            sources = [s for s in find_people(actors, trigger.block, name) if s.kind is SourceKind.PERSON]
            if len(sources) == 1 and sources[0].entity:
                span = trigger.block.span(owner)
                return [Source(sources[0].name, sources[0].kind, sources[0].entity, span.start, span.end, owner.text)]
    return []


def _own_conjuncts(owner: Token) -> list[Token]:
    """A possessor; "Haas and Moreau's" is one possessor whose conjuncts `Actors.sources` follows."""
    return [find_first_conjunct(owner)] if owner.dep_ == "conj" else [owner]


def find_of_sentence(
    trigger: Trigger, actors: Actors, main: Role, known: list[Party], others: list[Party]
) -> list[Party]:
    """Where a noun names only the other side, the subject of the sentence: "said after talks with his counterpart"."""
    token = climb_bridges(find_first_conjunct(trigger.token))
    is_letter = trigger.kind is EngagementKind.LETTER and token.dep_ == "pobj" and token.head.lower_ == "in"
    is_theirs = is_letter or trigger.kind in (*SHARED, EngagementKind.VISIT)
    if known or not is_theirs or token.dep_ not in ("pobj", "dobj", "pcomp"):
        return []
    if token.dep_ == "pobj" and token.head.lower_ not in _OCCASION:
        return []
    is_bare = not get_children(trigger.token, "det") or any(
        c.lower_ in ("a", "an", "another") for c in get_children(trigger.token, "det")
    )
    if any(iter_objects(trigger.token, "between", "by", "of")):
        return []
    governor = find_governor(token)
    subject = find_subject(governor) if governor is not None else None
    if subject is None:
        return []
    people = [
        s
        for s in find_people(actors, trigger.block, subject)
        if s.kind in (SourceKind.PERSON, SourceKind.GOVERNMENT) or not s.entity
    ]
    is_press = trigger.kind is EngagementKind.PRESS_CONFERENCE
    is_meal = trigger.kind is EngagementKind.DINNER and token.head.lower_ == "over"
    if is_meal and governor is not None:  # "told the envoy over lunch"
        told = [s for noun in get_children(governor, "dobj") for s in find_people(actors, trigger.block, noun)]
        people += [s for s in told if s.kind is SourceKind.PERSON and s.entity]
    # "A and B announced after talks", "officials of both agreed at a meeting": theirs.
    is_several = len(people) > 1 or (subject.tag_ == "NNS" and any(is_of_office(s) for s in people if not s.entity))
    is_joint = is_bare and token.head.lower_ in ("after", "following", "at", "during", "in") and is_several
    if not (is_press or is_meal or is_joint or (is_bare and (others or main is Role.VISITOR))):
        return []
    names = {party.source.entity or party.source.name for party in others}
    return as_parties(main, [s for s in people if (s.entity or s.name) not in names])
