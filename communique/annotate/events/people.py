"""The people behind a noun phrase: known actors, and groups that no table knows.

`Actors.sources` says whom words denote; here it is weighed whether these can sit at a table at all, so that "met with
criticism" has no company.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from spacy.tokens import Token

from communique.annotate.clauses import (
    MAX_DEPTH,
    MAX_TOKENS,
    find_agent,
    find_first_conjunct,
    get_children,
    get_lemma,
    is_verb,
)
from communique.annotate.events.lists import find_listed_on
from communique.annotate.events.several import find_they
from communique.annotate.events.triggers import get_words
from communique.annotate.parse import Block
from communique.annotate.who.actors import Actors
from communique.annotate.who.noun_kinds import get_source_kind
from communique.model import EntityKind, Role, Source, SourceKind


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody with a role in an engagement. ``present`` is None where the words leave it open."""

    source: Source
    role: Role
    present: bool | None = True


def as_parties(role: Role, sources: Iterable[Source], present: bool | None = True) -> list[Party]:
    """Sources with one role."""
    return [Party(source, role, present) for source in sources]


def find_people(actors: Actors, block: Block, token: Token) -> list[Source]:
    """The persons, bodies and groups that a noun phrase denotes; things and places of no state are left out."""
    token = _find_bearer(actors, block, token)
    if _is_thing(actors, block, token):
        return []
    found = []
    heads = [token, *(other for other in token.conjuncts if other.i > token.i)]
    for source in actors.sources(block, token):
        if source.entity is not None:
            referent = actors.referent(source.entity)
            if referent.kind is not EntityKind.INSTRUMENT:
                found.append(source)
        elif source.start is not None and source.end is not None:
            words = [head for head in heads if source.start <= block.start + head.idx < source.end]
            if words:
                found += _find_group(actors, block, source, words[0])
    if _is_kind(token) and all(source.kind is SourceKind.PERSON for source in found):
        span = actors.phrase_span(block, token)
        quote = actors.parsed.document.text[span.start : span.end]
        named = Source(quote, SourceKind.COLLECTIVE, None, span.start, span.end, quote)
        found = _find_group(actors, block, named, token)
    found = found or find_they(actors, block, token, find_people)
    known = {source.entity for source in found}
    listed = [source for head in heads for source in _find_listed(actors, block, head)]
    found += [source for source in listed if source.entity not in known]
    return _add_listed_on(actors, block, found)


def _add_listed_on(actors: Actors, block: Block, found: list[Source]) -> list[Source]:
    found = [source for source in found if not _is_named_behind(actors, block, source, found)]
    known = {source.entity for source in found}
    last = max(found, key=lambda source: source.end or 0, default=None)
    goes_on = find_listed_on(actors, block, last) if last is not None else []
    return [*found, *(source for source in goes_on if source.entity not in known)]


def _is_named_behind(actors: Actors, block: Block, group: Source, found: list[Source]) -> bool:
    """ "The presidents of Peru and Chile, Ana Ruiz and Luis Rey": who the group is stands behind the comma."""
    if group.entity is not None or group.end is None:
        return False
    behind = [s for s in found if s.entity and s.kind is SourceKind.PERSON and s.start and s.start > group.end]
    first = min((s.start for s in behind if s.start is not None), default=None)
    between = actors.parsed.document.text[group.end : first] if first is not None else ""
    return len(behind) > 1 and between.strip() == ","


def _is_kind(token: Token) -> bool:
    """ "the Jewish leaders", "Arab ministers": of a kind, and not the two told before."""
    if token.tag_ != "NNS" or any(child.lower_ in ("two", "both") for child in token.children):
        return False
    return any(child.dep_ == "amod" and child.text[0].isupper() for child in token.lefts)


def _find_bearer(actors: Actors, block: Block, token: Token) -> Token:
    """The noun that denotes somebody: for "whom" what it stands for; the name in "met Rey Sunday", "meet Rey face to
    face", where the parser makes it a part of the next word."""
    if token.tag_ == "WP" or token.lower_ in ("which", "that"):
        clause = next((above for above in islice(token.ancestors, MAX_DEPTH) if is_verb(above)), None)
        return clause.head if clause is not None and clause.dep_ == "relcl" else token
    if token.ent_type_ in ("DATE", "TIME") or token.lower_ == "face":
        names = [c for c in get_children(token, "compound", "nmod", "poss") if actors.is_person_name(block, c)]
        return names[-1] if names else token
    return token


def _find_listed(actors: Actors, block: Block, head: Token) -> list[Source]:
    """ "President Paz, Minister Rey and Ann Ek met": the parser takes the second of a list for an apposition."""
    if not actors.is_person_name(block, head):
        return []
    others = get_children(head, "appos")
    # "President Paz and opposition leader Rey": the parser hangs Paz on the leader, and both on Rey.
    lefts = islice(head.subtree, MAX_TOKENS)
    others += [token for token in lefts if token.i < head.i and token.dep_ == "nmod" and get_children(token, "cc")]
    if head.dep_ == "nsubj":
        others += [other for other in get_children(head.head, "nsubj") if other.i < head.i]
        if head.head.dep_ == "conj":  # "Paz, Rey and Ann Ek met": the verb hangs on the names before
            others.append(find_first_conjunct(head.head))
    return [s for other in others if actors.is_person_name(block, other) for s in find_people(actors, block, other)]


def _is_thing(actors: Actors, block: Block, token: Token) -> bool:
    """A common noun alone that can denote nobody; spares `Actors.sources` most noun phrases."""
    if token.pos_ != "NOUN" or any(child.dep_ in ("conj", "appos") for child in token.rights):
        return False
    return not is_people(token) and actors.referent_of(block, token) is None


def _find_group(actors: Actors, block: Block, source: Source, head: Token) -> list[Source]:
    """People without a known name: by the name beside them ("his counterpart, …"), else in their own words."""
    for beside in get_children(head, "appos"):
        beside_it = actors.sources(block, beside)
        # "the ministers of Peru and Chile, Ana Ruiz and Luis Rey": all of them; "the minister, Ana Ruiz": the first.
        some = beside_it if head.tag_ == "NNS" else beside_it[:1]
        named = [s for s in some if s.entity is not None and s.kind is SourceKind.PERSON]
        if named:
            return named
    if not is_people(head):
        return []
    leaders = [s for noun in _find_leaders(head) for s in find_people(actors, block, noun) if s.entity is not None]
    if leaders:
        return leaders
    start = head.i
    for child in head.lefts:
        is_bare = child.dep_ in ("det", "poss", "predet", "nummod") or child.lower_ in (
            "several",
            "many",
            "some",
            "few",
        )
        if (not is_bare and child.dep_ in ("amod", "compound", "nmod")) or (
            child.dep_ == "poss" and child.pos_ != "PRON"
        ):
            start = min(start, child.left_edge.i)
    end = (
        max([head.i, *(child.right_edge.i for child in head.rights if child.dep_ == "prep" and child.lower_ == "of")])
        + 1
    )
    span = block.span(block.tokens[start:end])
    quote = actors.parsed.document.text[span.start : span.end]
    return [Source(" ".join(quote.split()), source.kind, None, span.start, span.end, quote)]


def _find_leaders(head: Token) -> list[Token]:
    """ "a delegation led by Ann Ek": who leads it stands for it."""
    if get_lemma(head) not in ("delegation", "mission", "team", "group"):
        return []
    verbs = (verb for verb in get_children(head, "acl") if get_lemma(verb) in ("lead", "head", "chair"))
    return [agent for verb in verbs if (agent := find_agent(verb)) is not None]


def is_people(token: Token) -> bool:
    """Can a noun that is no known name denote people at a table?"""
    lemma = get_lemma(token)
    if token.pos_ == "PROPN":
        return token.ent_type_ in ("PERSON", "ORG", "NORP", "GPE") or lemma in get_words("people", "nouns")
    if token.pos_ not in ("NOUN", "NUM", "ADJ"):
        return False
    return lemma in get_words("people", "nouns") or (
        token.tag_ == "NNS" and token.lower_.endswith(tuple(get_words("people", "endings")))
    )


def find_named(actors: Actors, block: Block, token: Token) -> list[Source]:
    """Who a name before a noun is ("the NATO summit"): `Actors.sources` looks at whole phrases only."""
    entity = actors.referent_of(block, token)
    if entity is None:
        return []
    referent, span = actors.referent(entity), block.span(token)
    if referent.kind is EntityKind.INSTRUMENT:
        return []
    return [Source(referent.name, get_source_kind(referent.kind), entity, span.start, span.end, token.text)]
