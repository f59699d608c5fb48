"""Whose a measure is, and whom it is aimed at.

The actor is the subject, the agent of a passive, "by", "from", or the state named before the noun; targets are the
objects, what stands behind "on" and "against", and the state whose goods or ties are meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from communique.annotate.clauses import (
    MAX_TOKENS,
    SUBJECTS,
    find_agent,
    find_governor,
    find_phrase,
    find_subject,
    get_children,
    get_lemma,
    is_verb,
    iter_objects,
)
from communique.annotate.events.people import find_named, find_people, is_people
from communique.annotate.ledgers.measure_acts import Act
from communique.annotate.ledgers.measure_status import get_measure_words
from communique.annotate.parse import Block
from communique.annotate.who.actors import Actors
from communique.annotate.who.gazetteer import get_gazetteer
from communique.model import EntityKind, MeasureKind, Source, SourceKind

_STATES = (SourceKind.GOVERNMENT, SourceKind.ORGANIZATION)
_BEFORE = ("compound", "nmod", "amod", "poss")
# Ties are cut "with" somebody, ambassadors recalled "from" and "to", goods come "from" and go "to".
_AIMED = ("on", "against")
_ALSO = ("with", "from", "to", "of", "between")


def find_actors_of(act: Act, block: Block, actors: Actors) -> list[Source]:
    """Whose measure it is; several where they did it together, none where nobody is named."""
    for token in _iter_doers(act):
        found = [s for s in _find_bodies(actors, block, token) if s.kind is not SourceKind.DOCUMENT]
        if found:
            return found
    if act.verb is not act.token:
        for head in (act.token, act.making):
            named = _find_state_before(actors, block, head) if head is not None else []
            if named:
                return named[:1]
    for _, noun in iter_objects(act.making, "in") if act.making is not None else ():
        found = _find_bodies(actors, block, noun)
        if found:
            return found[:1]
    return []


def _iter_doers(act: Act) -> Iterator[Token]:
    if act.verb is not None:
        yield from _find_doers(act.verb, act)
    for head in (act.token, act.making):
        if head is not None and not is_verb(head):
            yield from (noun for _, noun in iter_objects(head, "by", "from"))
            for _, inner in iter_objects(head, "of"):  # "the expulsion of a consul by Peru": hung on the consul
                yield from (noun for _, noun in iter_objects(inner, "by"))
            yield from get_children(head, "poss")
    for verb in _find_imposed(act):
        agent = find_agent(verb)
        if agent is not None:
            yield agent


def _find_imposed(act: Act) -> list[Token]:
    """ "sanctions imposed on Chad by the EU were lifted": who imposed them, and on whom, tells whose they are."""
    makes = get_measure_words("noun_rules", "makes")
    if act.token is act.verb:
        return []
    return [verb for verb in get_children(act.token, "acl") if verb.tag_ == "VBN" and get_lemma(verb) in makes]


def _find_doers(verb: Token, act: Act) -> Iterator[Token]:
    if get_lemma(verb) in get_measure_words("noun_rules", "not_makers") and act.token is not verb:
        return
    is_passive = bool(get_children(verb, "auxpass")) or (verb.dep_ == "acl" and verb.tag_ == "VBN")
    if is_passive:
        agent = find_agent(verb)
        if agent is not None:
            yield agent
        # "was banned from the talks by Peru": the parser hangs Peru on the talks.
        for _, noun in iter_objects(verb):
            yield from (other for preposition, other in iter_objects(noun) if preposition.lower_ == "by")
        yield from (other for child in get_children(verb, "oprd") for _, other in iter_objects(child, "by"))
        return
    subject = _find_joined(verb) or find_subject(verb)
    if subject is not None and not (act.verb is not act.token and subject.i == act.token.i):
        # "a law banning ...": the law bans, as whoever made it did.
        if get_lemma(subject) in get_measure_words("noun_rules", "law_nouns"):
            governor = subject.head if is_verb(subject.head) else None
            maker = find_subject(governor) if governor is not None and subject.dep_ == "dobj" else None
            if maker is not None:
                yield maker
            return
        yield subject
        # "Norway denied that it had", "lifted a ban that it had imposed": where nobody else is meant.
        governor = find_governor(verb) if subject.lower_ in ("it", "they") else None
        above = find_subject(governor) if governor is not None and verb.dep_ in ("ccomp", "relcl") else None
        if above is not None:
            yield above


def _find_joined(verb: Token) -> Token | None:
    """ "Chad kept the terms of the deal and Mali lifted the ban": the parser may join Mali to the deal."""
    if verb.dep_ != "conj" or get_children(verb, *SUBJECTS) or verb.i < 2:
        return None
    before = verb.nbor(-1)
    is_joined = before.pos_ == "PROPN" and before.dep_ == "conj" and before.head.dep_ in ("pobj", "dobj")
    return before if is_joined and before.head.i < before.i and not get_children(before, "prep") else None


def _find_bodies(actors: Actors, block: Block, token: Token) -> list[Source]:
    """People, bodies and states that a phrase denotes, and institutions that no table knows ("the parliament")."""
    found = [s for s in find_people(actors, block, token) if not _is_instrument(actors, s)]
    if found:
        return found
    if get_lemma(token) in get_measure_words("people", "institutions"):
        return list(actors.sources(block, token))[:1]
    # "the U.S. move", "a Kremlin decree": the state before the noun acts.
    return _find_state_before(actors, block, token)[:1] if token.pos_ == "NOUN" else []


def _is_instrument(actors: Actors, source: Source) -> bool:
    return source.entity is not None and actors.referent(source.entity).kind is EntityKind.INSTRUMENT


def _find_state_before(actors: Actors, block: Block, head: Token) -> list[Source]:
    return [source for child in head.lefts if child.dep_ in _BEFORE for source in name_state(actors, block, child)]


def name_state(actors: Actors, block: Block, token: Token) -> list[Source]:
    """The state or body that a word before a noun names: "U.S.", "Canadian"; empty where it names none."""
    named = [source for source in find_named(actors, block, token) if source.kind in _STATES]
    code = get_gazetteer().adjectives.get(token.text)
    if named or code is None:
        return named
    span = block.span(token)
    same = [r.id for r in actors.referents.values() if r.kind is EntityKind.GOVERNMENT and r.territory == code]
    name = get_gazetteer().territories[code].name
    return [Source(name, SourceKind.GOVERNMENT, min(same, default=None), span.start, span.end, token.text)]


def get_side(source: Source | None, actors: Actors) -> str | None:
    """The state of a source where it is known ("Cairo" and "Egypt" are one side), else the source itself."""
    if source is None:
        return None
    if source.entity is None:
        entry = get_gazetteer().names.get(source.name)
        return (entry and entry.territory) or source.name.lower()
    return actors.referent(source.entity).territory or source.entity


# --- targets --------------------------------------------------------------------------------------


def find_targets(act: Act, block: Block, actors: Actors, whose: list[Source]) -> list[Source]:
    """Whom a measure is aimed at, in text order; those who make it left out."""
    found: list[Source] = []
    if act.kind is MeasureKind.VETO:
        return found  # "a resolution on Syria" is not aimed at by who vetoes it
    for noun in _iter_aims(act):
        found += _find_target(actors, block, noun)
    own = {source.entity for source in whose if source.entity}
    unique = {(s.entity or s.name): s for s in found if s.entity is None or s.entity not in own}
    return sorted(unique.values(), key=lambda s: (s.start or 0, s.name))


def _iter_aims(act: Act) -> Iterator[Token]:
    yield from _unless_own(act.objects)
    heads = [token for token in (act.token, act.verb, act.making) if token is not None]
    heads += [*get_children(act.token, "relcl"), *_find_imposed(act)] if act.token is not act.verb else []
    for head in dict.fromkeys(heads):
        yield from (noun for _, noun in iter_objects(head, *_AIMED) if noun.i not in _days(head))
    if get_lemma(act.token) in get_measure_words("noun_rules", "need_diplomats"):
        yield from (noun for _, noun in iter_objects(act.token, "of") if noun.lower_ != "own")
    for noun in act.objects:
        is_diplomat = get_lemma(noun) in get_measure_words("people", "diplomats")
        also = [preposition for preposition in _ALSO if not (is_diplomat and preposition == "of")]
        yield from (other for _, other in iter_objects(noun, *also) if _is_place_or_people(other))
        for _, other in iter_objects(noun, "of"):
            yield from (inner for _, inner in iter_objects(other, "from", "to"))
    if act.verb is act.token:
        yield from (other for _, other in iter_objects(act.token, "with", "to") if act.objects)
        if any(get_lemma(noun) in get_measure_words("people", "houses") for noun in act.objects):
            yield from (other for _, other in iter_objects(act.token, "from", "to"))
    else:
        for _, goods in iter_objects(act.token, *_AIMED):
            yield from (other for _, other in iter_objects(goods, "from", "to") if _is_place_or_people(other))
            yield from (other for _, other in iter_objects(goods, "of") if not is_people(other))


def _unless_own(objects: Iterable[Token]) -> Iterator[Token]:
    """Objects but one's own ambassador, embassy, border."""
    for noun in objects:
        is_own = any(child.dep_ == "poss" and child.tag_ == "PRP$" for child in noun.lefts)
        if not (is_own and get_lemma(noun) in get_measure_words("people", "houses")):
            yield noun


def _days(head: Token) -> frozenset[int]:
    return frozenset(noun.i for _, noun in iter_objects(head, "on") if noun.ent_type_ in ("DATE", "TIME"))


def _is_place_or_people(noun: Token) -> bool:
    return noun.ent_type_ in ("GPE", "NORP", "ORG", "PERSON") or noun.pos_ == "PROPN" or _is_target(noun)


def _is_target(noun: Token) -> bool:
    aimed_at = get_measure_words("people", "targets") | get_measure_words("people", "diplomats")
    return get_lemma(noun) in aimed_at


def _find_target(actors: Actors, block: Block, noun: Token) -> list[Source]:
    people = [s for s in find_people(actors, block, noun) if s.entity is None or not _is_instrument(actors, s)]
    if people:
        return people
    if noun.pos_ == "NOUN" and _is_target(noun):
        return [s for s in (_describe(actors, block, noun),) if s]
    if noun.pos_ == "NOUN":  # goods: "tariffs on Canadian lumber", "banned U.S. adoptions"
        return _find_state_before(actors, block, noun)
    return []


def _describe(actors: Actors, block: Block, noun: Token) -> Source | None:
    start, end = find_phrase(noun)
    while start < noun.i and (block.tokens[start].pos_ in ("DET", "NUM") or block.tokens[start].tag_ == "PRP$"):
        start += 1
    span = block.span(block.tokens[start : min(end, start + 8)])
    words = actors.parsed.document.text[span.start : span.end]
    return Source(" ".join(words.split()), SourceKind.COLLECTIVE, None, span.start, span.end, words)


def is_somebody(act: Act, whose: list[Source], targets: list[Source], actors: Actors) -> bool:
    """Does an act have a state, a body or a person known by name behind it or before it, or a name of its own?"""
    if any(source.entity is not None or source.kind is SourceKind.GOVERNMENT for source in (*whose, *targets)):
        return True
    officials = get_measure_words("people", "institutions")
    if any(source.name.lower().split()[-1] in officials for source in whose if source.name):
        return True
    stretch = list(act.token.subtree)[:MAX_TOKENS]
    if act.verb is not None and act.verb is not act.token:
        stretch += list(act.verb.children)
    return any(token.ent_type_ in ("GPE", "NORP") for token in stretch) or _is_plain(act)


def _is_plain(act: Act) -> bool:
    """ "sanctions will be lifted", "the Magnitsky list": words that states alone use."""
    is_named = any(child.dep_ == "compound" and child.text[0].isupper() for child in act.token.lefts)
    return get_lemma(act.token) in ("sanction", "embargo", "blacklist") or act.token.pos_ == "PROPN" or is_named
