"""Since when somebody holds an office, where a report says so: "since becoming foreign minister in May 2009".

The day is written as EDTF, without a year where the report gives none ("XXXX-02"). An office that the report gives the
same person by another word of the same kind ("Secretary of State" beside "the top U.S. diplomat") is taken for the one
that began then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from spacy.tokens import Token

from communique.annotate.clauses import find_subject, get_children, get_lemma, iter_objects
from communique.annotate.parse import Block
from communique.annotate.who.actors import Actors
from communique.annotate.who.office_words import get_office_words
from communique.annotate.who.offices import OfficePhrase
from communique.model import EntityKind, Evidence, Office, Referent, TimeExpression, TimeType

_BECOMING = frozenset({"become", "take", "appoint", "name", "elect", "assume", "swear"})
# Words between the verb and the time that it is dated by.
_REACH = 12


def add_tenures(actors: Actors, times: Iterable[TimeExpression]) -> Mapping[str, Referent]:
    """The referents of a document, with the beginning of an office where the document gives it."""
    by_block: defaultdict[int, list[TimeExpression]] = defaultdict(list)
    starts = [block.start for block in actors.parsed.blocks]
    for time in times:
        if time.type is TimeType.DATE and time.edtf is not None:
            index = max((i for i, start in enumerate(starts) if start <= time.start), default=None)
            if index is not None:
                by_block[index].append(time)
    referents = dict(actors.referents)
    for index, dated in sorted(by_block.items()):
        block = actors.parsed.blocks[index]
        for time in dated:
            verb = _find_verb(block, time)
            phrase = _find_office(actors, index, verb) if verb is not None else None
            person = _find_person(actors, block, verb) if verb is not None and phrase is not None else None
            if verb is not None and phrase is not None and person is not None:
                span = block.start + verb.idx, time.end
                referents[person] = _begin(referents[person], phrase, time, actors.parsed.document.evidence(*span))
    return referents


def _find_verb(block: Block, time: TimeExpression) -> Token | None:
    """The verb of becoming that a time expression follows, with no other verb between."""
    span = block.tokens.char_span(time.start - block.start, time.end - block.start, alignment_mode="expand")
    if span is None:
        return None
    for token in reversed(block.tokens[max(0, span.start - _REACH) : span.start]):
        if token.pos_ in ("VERB", "AUX"):
            is_held = get_lemma(token) == "be" and block.tokens[span.start - 1].lower_ == "since"
            return token if is_held or get_lemma(token) in _BECOMING else None
    return None


def _find_office(actors: Actors, index: int, verb: Token) -> OfficePhrase | None:
    nouns = [*get_children(verb, "attr", "oprd", "dobj"), *(noun for _, noun in iter_objects(verb, "as"))]
    for noun in nouns:
        for phrase in (p for (block, _), p in actors.phrases.items() if block == index):
            if phrase.first <= noun.i < phrase.last and not phrase.former and not phrase.word.is_plural:
                return _widen(phrase, noun)
    return None


def _widen(phrase: OfficePhrase, noun: Token) -> OfficePhrase:
    """ "The top U.S. diplomat" is a top diplomat."""
    for child in get_children(noun, "amod"):
        word = get_office_words().get(f"{child.lower_} {noun.lower_}")
        if word is not None:
            return replace(phrase, word=word)
    return phrase


def _find_person(actors: Actors, block: Block, verb: Token) -> str | None:
    """Who became it: the subject, or the owner of "her first visit since becoming"."""
    candidates = [subject] if (subject := find_subject(verb)) is not None else []
    if verb.dep_ == "pcomp" and verb.head.lower_ in ("since", "after", "before", "on", "upon"):
        above = verb.head.head
        nouns = [above, *get_children(above, "nsubj", "attr", "dobj")]
        candidates += [noun for noun in nouns if noun.pos_ in ("PROPN", "PRON")]
        candidates += [owner for noun in nouns for owner in get_children(noun, "poss")]
    for token in candidates:
        referent = actors.referent_of(block, token)
        if referent is not None and actors.referent(referent).kind is EntityKind.PERSON:
            return referent
    return None


def _begin(referent: Referent, phrase: OfficePhrase, time: TimeExpression, words: Evidence) -> Referent:
    offices = []
    is_known = False
    for office in referent.offices:
        word = get_office_words().get(office.office.lower())
        if not office.former and office.start is None and word is not None and word.classes & phrase.word.classes:
            office = replace(office, start=time.edtf, evidence=(*office.evidence, words))
            is_known = True
        offices.append(office)
    if not is_known:
        offices.append(Office(phrase.word.office, phrase.organization, time.edtf, evidence=(words,)))
    return replace(referent, offices=tuple(offices))
