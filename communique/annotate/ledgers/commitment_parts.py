"""The parts of a commitment: its condition, the day on which it is due, who owes it, and to whom."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice

from spacy.tokens import Token

from communique.annotate.clauses import (
    MAX_TOKENS,
    find_agent,
    find_subject,
    get_children,
    get_lemma,
    is_verb,
    iter_objects,
)
from communique.annotate.events.people import find_people
from communique.annotate.ledgers.promise import Promise, get_commitment_words
from communique.annotate.parse import Block
from communique.annotate.voices import find_statement
from communique.annotate.who.actors import Actors
from communique.model import Basis, Source, SourceKind, Span, Statement, TimeExpression, TimeType, When
from communique.text.dates import get_deadline, parse_edtf

# A day gone by a little before the report is what was promised, and has lapsed; one gone by long is that of next year.
_LONG_AGO = timedelta(120)
_YEARLY = re.compile(r"(\d{4})(-\d\d(?:-\d\d)?)")
_LIMITS = ("by", "before", "until", "within")
_BETWEEN = ("the", "end", "of", "late", "early", "mid", "next", "this")


# --- condition ------------------------------------------------------------------------------------


def find_condition(promise: Promise, block: Block) -> str | None:
    """The clause or phrase on which the undertaking depends, in the words of the text; None where there is none."""
    if promise.condition is not None:
        return _words(block, promise.condition.i, promise.condition.right_edge.i)
    for head in (promise.what, promise.verb):
        for clause in get_children(head, "advcl"):
            marks = [
                c
                for c in clause.children
                if c.dep_ in ("mark", "advmod") and c.lower_ in get_commitment_words("conditions", "marks")
            ]
            # "when the paper came out, he agreed to": a time that was, no condition
            is_past = clause.tag_ == "VBD" and (head is promise.verb or marks[0].lower_ == "when") if marks else False
            if marks and clause.i != promise.what.i and not is_past:
                return _words(block, clause.left_edge.i, clause.right_edge.i)
        for preposition in get_children(head, "prep"):
            if preposition.lower_ in get_commitment_words("conditions", "prepositions") and head is promise.what:
                nouns = get_children(preposition, "pobj", "pcomp")
                if nouns and nouns[0].ent_type_ not in ("DATE", "TIME"):
                    return _words(block, preposition.i, preposition.right_edge.i)
    return _find_phrase(promise, block) or _find_inverted(promise.what, block)


def _find_inverted(verb: Token, block: Block) -> str | None:
    """ "should she win", "were she to win", without "if"."""
    for clause in islice(verb.subtree, MAX_TOKENS):
        if not is_verb(clause) or clause.i <= verb.i:
            continue
        first = next((word for word in clause.children if word.dep_ in ("aux", "nsubj")), None)
        subjects = get_children(clause, "nsubj", "nsubjpass")
        if first is not None and first.text == "should" and subjects and subjects[0].i > first.i:
            return _words(block, first.i, clause.right_edge.i)
    return None


def _find_phrase(promise: Promise, block: Block) -> str | None:
    """ "in exchange for relief", "provided that …": wherever the parser hangs it."""
    phrases = get_commitment_words("conditions", "phrases")
    top = promise.verb if promise.verb.i <= promise.what.i else promise.what
    for token in islice(top.subtree, MAX_TOKENS):
        # "In return for an amnesty, the rebels promised": it opens the sentence, or follows
        is_opening = token.head.i == top.i and token.i < top.i and token.dep_ == "prep"
        if (token.i <= promise.what.i and not is_opening) or token.dep_ not in (
            "prep",
            "advcl",
            "mark",
            "advmod",
            "acl",
            "amod",
        ):
            continue
        following = " ".join(t.lower_ for t in block.tokens[token.i : token.i + 4])
        if following == "as soon as possible":
            continue
        if any(f"{following} ".startswith(f"{phrase} ") for phrase in phrases):
            owner = token if token.dep_ not in ("mark", "advmod") else token.head
            return _words(block, token.i, owner.right_edge.i)
    return None


def _words(block: Block, first: int, last: int) -> str:
    while last > first and block.tokens[last].is_punct:
        last -= 1
    return " ".join(block.tokens[first : last + 1].text.split())


# --- due ------------------------------------------------------------------------------------------


def find_due(
    promise: Promise, what: Span, block: Block, times: list[TimeExpression], published: date | None
) -> When | None:
    """A day after "by", "before", "until" in what is undertaken; a bare day that says when it is to be done.

    Args:
        promise: The undertaking.
        what: The words of what is undertaken.
        block: Its paragraph.
        times: The paragraph's time expressions.
        published: The first day on which the report can have been written; nothing that was promised is due before.
    """
    head = promise.what
    # "has until May to": the day stands before the deed.
    before = get_lemma(promise.verb) in ("have", "give") or get_lemma(head.head) in get_commitment_words(
        "nouns", "limits"
    )
    start = block.start + promise.verb.idx if before else what.start
    end = max(what.end, block.start + head.sent.end_char)
    for time in times:
        if not (start <= time.start < end) or time.when is None or time.type not in (TimeType.DATE, TimeType.TIME):
            continue
        token = block.tokens.char_span(time.start - block.start, time.end - block.start, alignment_mode="expand")
        if token is None or not len(token) or not token[0].i:
            continue
        is_limit = token.root.head.lower_ == "of" and get_lemma(token.root.head.head) in get_commitment_words(
            "nouns", "limits"
        )
        if is_limit and head.head.i == token.root.head.head.i:
            return _look_ahead(get_deadline(time.when), time.quote, published)  # "a deadline of 23 March to"
        is_inside = not is_verb(head) and what.start <= time.start < what.end
        is_over = published is not None and time.when.end is not None and time.when.end < published
        if is_over and time.when.start is not None and time.when.basis is not Basis.RELATIVE:
            continue  # "agreed to sell in 2010" tells of what was
        if _is_due(head, token[0], token.root, is_inside):
            when = get_deadline(time.when)
            when = replace(when, note="") if when.note == "by" else when  # a due day is one by itself
            return _look_ahead(when, time.quote, published)
    return None


def _look_ahead(due: When, quote: str, published: date | None) -> When:
    """ "agreed on August" in March: the verb is in the past, what is agreed is not."""
    is_past = published is not None and due.end is not None and due.end < published - _LONG_AGO
    match = _YEARLY.fullmatch(due.edtf or "")
    if not is_past or not match or re.search(r"\d{4}", quote) or due.basis is not Basis.RELATIVE:
        return due
    later = parse_edtf(f"{int(match[1]) + 1}{match[2]}", due.basis)
    if later is None or published is None or later.end is None or later.end < published:
        return due
    return replace(due, edtf=later.edtf, start=later.start, end=later.end)


def _is_due(head: Token, first: Token, root: Token, is_inside: bool) -> bool:
    before = first if first.lower_ in _LIMITS else first.nbor(-1)
    while before.i and before.lower_ in _BETWEEN:
        before = before.nbor(-1)
    if root.i == head.i:
        return True
    is_below = any(above.i == head.i for above in islice(root.ancestors, MAX_TOKENS))
    if before.lower_ in _LIMITS:
        return is_below or is_inside or _governs(head.head, root)
    is_adverb = root.dep_ in ("npadvmod", "tmod") or root.head.dep_ == "npadvmod"
    return (before.lower_ in ("on", "in", "from", "for", "at", "between") or is_adverb) and _governs(head, root)


def _governs(head: Token, token: Token) -> bool:
    """Does the nearest verb above a date say what is undertaken?"""
    verb = next((a for a in token.ancestors if is_verb(a)), None)
    while verb is not None and verb.i != head.i and verb.dep_ == "xcomp" and verb.head.i < verb.i:
        verb = verb.head  # "will begin withdrawing troops on Friday"
    return verb is not None and verb.i == head.i


# --- who ------------------------------------------------------------------------------------------


def find_debtors(
    promise: Promise, block: Block, actors: Actors, statements: tuple[Statement, ...], what: Span
) -> list[Source]:
    """Who owes it; empty where the text does not say, or where somebody speaks who cannot promise it."""
    token = promise.debtor
    if token is not None and token.lower_ in ("i", "we", "us", "you"):
        statement = find_statement(statements, what)
        is_known = statement is not None and statement.source is not None and token.lower_ != "you"
        return [statement.source] if is_known and statement is not None and statement.source is not None else []
    if token is not None:
        people = _find_people(block, actors, token)
        if not people and token.lower_ in ("they", "them"):  # "the ministers said they had agreed to"
            statement = find_statement(statements, what)
            teller = statement.source if statement is not None else None
            people = [teller] if teller is not None and teller.kind is not SourceKind.PERSON else []
        if promise.announced and get_lemma(promise.verb) in get_commitment_words("verbs", "announcing"):
            speaker = find_subject(promise.verb)
            if not people and speaker is not None and token.lower_ in ("it", "they", "its", "their"):
                people = find_people(actors, block, speaker) or _find_body(block, actors, speaker)
            return people if _can_promise(promise, people, block, actors) else []
        root = find_subject(promise.verb.sent.root) if not people and promise.verb.tag_ == "VBG" else None
        return find_people(actors, block, root) if root is not None else people
    if not promise.announced:
        return []
    # In the passive the text may name who imposed what is to be lifted; the speaker answers for the announcement.
    agent = find_agent(promise.what) if is_verb(promise.what) else None
    speaker = agent if agent is not None else find_subject(promise.verb)
    return find_people(actors, block, speaker) if speaker is not None else []


def _find_people(block: Block, actors: Actors, token: Token) -> list[Source]:
    """The people behind the words; "the sides" and "both countries" in these words, not as who speaks for them."""
    people = find_people(actors, block, token)
    is_body = get_lemma(token) in get_commitment_words("nouns", "bodies")
    if is_body and people and all(source.kind is SourceKind.PERSON for source in people):
        span = block.span(token)
        return [Source(token.text, SourceKind.COLLECTIVE, None, span.start, span.end, token.text)]
    if token.lower_ in ("two", "both") and not any(source.entity for source in people):
        return []
    if not people and token.lower_ in ("they", "their"):
        subject = _find_plural_before(token)
        return find_people(actors, block, subject) if subject is not None else []
    return people


def _find_body(block: Block, actors: Actors, token: Token) -> list[Source]:
    """ "the agency", "the bank": a body that no name is known for."""
    kinds = (SourceKind.ORGANIZATION, SourceKind.GOVERNMENT)
    return [source for source in actors.sources(block, token) if source.kind in kinds]


def _find_plural_before(token: Token) -> Token | None:
    """Of whom the sentence before tells, if it is of several; None else."""
    first = token.sent.start
    if not first:
        return None
    subjects = get_children(token.doc[first - 1].sent.root, "nsubj", "nsubjpass")
    return next((s for s in subjects if s.tag_ in ("NNS", "NNPS") or get_children(s, "conj")), None)


def _can_promise(promise: Promise, people: list[Source], block: Block, actors: Actors) -> bool:
    """Does the speaker speak for whose deeds he announces: himself, or the state or body that he serves?"""
    speaker = find_subject(promise.verb)
    if speaker is None or not people:
        return False
    if promise.debtor is not None and promise.debtor.lower_ in ("he", "she", "it", "they", "its", "their"):
        own = find_people(actors, block, speaker) or _find_body(block, actors, speaker)
        speaking = {source.entity for source in own}
        kinds = (SourceKind.GOVERNMENT, SourceKind.ORGANIZATION, SourceKind.COLLECTIVE)
        is_body = any(source.kind in kinds for source in people)
        is_speaker = any(source.entity in speaking for source in people)
        return is_speaker and (promise.is_weak or is_body or get_lemma(promise.verb) == "announce")
    bodies = [s for s in people if s.kind in (SourceKind.GOVERNMENT, SourceKind.ORGANIZATION)]
    return len(bodies) == len(people) and any(_serves(speaker, body, block, actors) for body in bodies)


def _serves(speaker: Token, body: Source, block: Block, actors: Actors) -> bool:
    for source in find_people(actors, block, speaker):
        if source.entity is None or source.entity == body.entity:
            return True  # "officials", "its president", the body itself
        referent = actors.referent(source.entity)
        states = {office.organization for office in referent.offices if not office.former and office.organization}
        own = actors.referent(body.entity).names if body.entity is not None else (body.name,)
        if referent.offices and (not states or states & {*own, body.name}):
            return True
    return False


def find_creditors(promise: Promise, block: Block, actors: Actors) -> tuple[Source, ...]:
    """To whom it is owed: "promised the mayor", "agreed with Chad to", "grant Malawi a loan", "a pledge to Spain"."""
    if promise.announced or promise.condition is not None:
        nouns = _find_receivers(promise.what)
    else:
        nouns = get_children(promise.verb, "dative") + [noun for _, noun in iter_objects(promise.verb, "with")]
        nouns = [next(iter(get_children(n, "pobj")), n) for n in nouns]
        if get_lemma(promise.verb) in ("assure", "promise", "tell"):
            nouns += [noun for noun in get_children(promise.verb, "dobj") if noun.i != promise.what.i]
        for noun in get_children(promise.verb, "dobj"):
            if get_lemma(noun) in get_commitment_words("nouns", "commissive"):
                nouns += [other for _, other in iter_objects(noun, "with", "to")]
        nouns = nouns or _find_receivers(promise.what)
    found: dict[str, Source] = {}
    for noun in nouns:
        for source in find_people(actors, block, noun) if noun.ent_type_ not in ("DATE", "TIME") else ():
            found.setdefault(source.entity or source.name, source)
    return tuple(found.values())


def _find_receivers(verb: Token) -> list[Token]:
    if not is_verb(verb) or get_lemma(verb) not in get_commitment_words("verbs", "giving"):
        return []
    nouns = [next(iter(get_children(noun, "pobj")), noun) for noun in get_children(verb, "dative")]
    return nouns or [noun for _, noun in iter_objects(verb, "to")]
