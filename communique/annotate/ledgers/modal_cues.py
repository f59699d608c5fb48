"""Odds and modal verbs into cues of forecasts: "the chances are slim", "little chance of", "may", "could", "will"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from communique.annotate.clauses import (
    find_phrase,
    find_subject,
    get_auxiliaries,
    get_children,
    get_lemma,
    is_negated,
    is_verb,
    iter_objects,
)
from communique.annotate.events.people import find_people, is_people
from communique.annotate.ledgers.forecast_cues import Cue, is_future
from communique.annotate.ledgers.hedges import find_hedge, get_forecast_words, whole
from communique.annotate.ledgers.promise import get_commitment_words
from communique.annotate.parse import Block
from communique.annotate.who.actors import Actors
from communique.model import EntityKind

# Clauses that only say of which thing, or under which circumstances: "on the basis that she will".
_BESIDE = frozenset({"aux", "auxpass", "relcl", "advcl", "acl"})
_COMING = frozenset({"next", "coming", "tomorrow", "soon", "later"})


def find_odds(noun: Token, lemma: str) -> Iterator[Cue]:
    """ "the chances of a breakthrough are slim", "there is no hope of", "sees little chance of"."""
    if lemma in get_forecast_words("nouns", "feelings"):
        yield from _read_feeling(noun)
    if lemma not in get_forecast_words("nouns", "odds"):
        return
    for clause in get_children(noun, "acl", "relcl"):
        # "the chances that Norway will join are close to zero"
        if noun.dep_ == "nsubj" and is_future(clause) and any(c.lower_ == "that" for c in clause.children):
            for adjective in get_children(noun.head, "acomp")[:1]:
                hedge = adjective.left_edge.i, adjective.right_edge.i + 1
                yield Cue(noun.head, whole(clause), hedge, None)
    yield from _read_odds_that(noun)
    found = list(iter_objects(noun, "of", "for"))
    if not found and noun.dep_ == "nsubj":  # "hopes were high for a deal"
        found = [pair for word in get_children(noun.head, "acomp") for pair in iter_objects(word, "of", "for")]
    matters = [m for _, m in found if m.pos_ in ("NOUN", "VERB") and not is_people(m)]
    for matter in matters[:1]:
        if noun.dep_ == "nsubj" and get_lemma(noun.head) in get_forecast_words("hedges", "odds_verbs"):
            for adjective in get_children(noun.head, "acomp")[:1]:
                what = find_phrase(matter)[0], max(find_phrase(noun)[1], find_phrase(matter)[1])
                # "better than even"
                compared = [c.right_edge.i for c in get_children(adjective, "prep") if c.lower_ == "than"]
                yield Cue(noun.head, what, (adjective.left_edge.i, max([adjective.i, *compared]) + 1), None)
        elif noun.dep_ == "nsubj" and get_lemma(noun.head) in get_forecast_words("hedges", "moving"):
            first = min([noun.head.i, *(word.i for word in get_children(noun.head, "aux"))])
            yield Cue(noun.head, find_phrase(matter), (first, noun.head.i + 1), None)
        elif noun.dep_ in ("attr", "dobj", "nsubj"):
            yield from _read_weighed(noun, matter)


def _read_odds_that(noun: Token) -> Iterator[Cue]:
    """ "hopes are high that a deal can be reached", "sees little chance that the summit will"."""
    verb = noun.head
    if noun.dep_ == "nsubj" and get_lemma(verb) in get_forecast_words("hedges", "odds_verbs"):
        for clause in get_children(verb, "ccomp"):
            for adjective in get_children(verb, "acomp")[:1]:
                is_ahead = is_future(clause) or "can" in get_auxiliaries(clause)
                if clause.i > adjective.i and is_ahead and get_children(clause, "mark"):
                    yield Cue(verb, whole(clause), (adjective.left_edge.i, adjective.i + 1), None)
    elif noun.dep_ in ("attr", "dobj"):
        weights = [c for c in noun.lefts if c.lower_ in get_forecast_words("hedges", "weights")]
        is_there = get_lemma(verb) == "be" and bool(get_children(verb, "expl"))
        is_seen = noun.dep_ == "dobj" and get_lemma(verb) in get_forecast_words("hedges", "seeing")
        for clause in get_children(noun, "acl") if weights and (is_there or is_seen) else ():
            if is_future(clause):
                expecter = find_subject(verb) if is_seen else None
                yield Cue(verb, whole(clause), (weights[0].i, noun.i + 1), expecter)


def _read_feeling(noun: Token) -> Iterator[Cue]:
    """ "there is growing fear in Tbilisi that the border will be closed"."""
    # "my own guess is that X will"
    beside = get_children(noun.head, "ccomp") if noun.dep_ == "nsubj" and get_lemma(noun.head) == "be" else []
    for clause in get_children(noun, "acl", "ccomp") + beside:
        if is_future(clause) and any(mark.lower_ == "that" for mark in get_children(clause, "mark")):
            modifiers = [c.i for c in get_children(noun, "amod", "compound")]
            yield Cue(noun, whole(clause), (min([noun.i, *modifiers]), noun.i + 1), None)


def _read_weighed(noun: Token, matter: Token) -> Iterator[Cue]:
    weights = [c for c in noun.lefts if c.lower_ in get_forecast_words("hedges", "weights")]
    verb = noun.head
    is_there = get_lemma(verb) == "be" and bool(get_children(verb, "expl"))
    is_seen = noun.dep_ == "dobj" and get_lemma(verb) in get_forecast_words("hedges", "seeing")
    if weights and (is_there or is_seen):
        later = [c.right_edge.i + 1 for c in get_children(verb, "npadvmod") if c.i > noun.i]
        end = max([find_phrase(noun)[1], *later])
        expecter = find_subject(verb) if is_seen else None
        yield Cue(verb, (find_phrase(matter)[0], end), (weights[0].i, noun.i + 1), expecter)


def find_modals(verb: Token, block: Block, actors: Actors) -> Iterator[Cue]:
    """ "Turkey may reopen the border", "a deal could be reached", "'the rebels will refuse', said the scholar"."""
    auxiliaries = get_auxiliaries(verb)
    if verb.dep_ in _BESIDE or "have" in auxiliaries or get_lemma(verb) == "depend":
        return
    if auxiliaries & get_forecast_words("hedges", "modals") and _is_hard(verb):
        yield Cue(verb, whole(verb), find_hedge(verb), None)  # "it might be hard to persuade Chile"
        return
    subject = find_foretold(verb)
    if subject is None or _is_asked(verb) or _is_no_event(verb):
        return
    if auxiliaries & {"may", "might"} and not _is_permitted(verb, block, actors):
        is_somebody = is_people(subject) or bool(find_people(actors, block, subject))
        # "visitors may bring one bag" is a rule, "the visit may bring results" is not.
        is_thing = subject.pos_ == "NOUN" and bool(get_children(subject, "det", "poss"))
        # "may have to wait" is still to come
        is_now = get_lemma(verb) in ("be", "have", "seem") and not get_children(verb, "xcomp")
        is_now |= verb.tag_ == "VBG" or get_lemma(verb) in get_forecast_words("hedges", "judged")
        if not is_now and (is_somebody or is_thing):
            yield Cue(verb, whole(verb), find_hedge(verb), None)
    elif "could" in auxiliaries and _is_possible(verb, subject, block, actors):
        yield Cue(verb, whole(verb), find_hedge(verb), None)
    elif (auxiliaries & {"will", "wo", "'ll"} or _is_foretold(verb)) and not _is_announced(verb):
        # "does not mean that they will listen": what is foretold is the denial.
        denied = verb.head if verb.dep_ == "ccomp" and is_verb(verb.head) and is_negated(verb.head) else None
        start, end = whole(verb if denied is None else denied)
        if subject.sent.start == verb.sent.start:
            start = min(start, subject.left_edge.i)
        # "will probably be hard": a guess whoever says it; without a hedge, an announcement unless others speak of it
        hedge = find_hedge(verb)
        yield Cue(verb, (start, end), hedge, None, needs_speaker=hedge is None)


def _is_no_event(verb: Token) -> bool:
    """ "will need to", "will have to do with": told of how things are."""
    below = [get_lemma(child) for child in get_children(verb, "xcomp")]
    return get_lemma(verb) == "need" or (get_lemma(verb) == "have" and "do" in below)


def _is_hard(verb: Token) -> bool:
    """ "it might be hard to"."""
    is_it = any(subject.lower_ == "it" for subject in get_children(verb, "nsubj"))
    heads = (verb, *get_children(verb, "acomp"))
    return is_it and bool(get_children(verb, "acomp")) and any(get_children(head, "xcomp") for head in heads)


def _is_foretold(verb: Token) -> bool:
    """ "the scholar said Chile would follow": told in the past of what was to come."""
    if verb.dep_ != "ccomp" or "would" not in get_auxiliaries(verb) or verb.head.tag_ not in ("VBD", "VBN"):
        return False
    is_told = get_lemma(verb.head) in get_forecast_words("hedges", "telling") and get_lemma(verb) != "be"
    is_unreal = any(
        clause.tag_ == "VBD" or "had" in get_auxiliaries(clause) or "were" in get_auxiliaries(clause)
        for clause in get_children(verb, "advcl")
    )
    return is_told and not is_unreal and get_lemma(verb) not in get_forecast_words("hedges", "looks")


def find_foretold(verb: Token) -> Token | None:
    """Of whom or what a modal verb is told: a noun or name, None for pronouns, which may mean anything."""
    subjects = get_children(verb, "nsubj", "nsubjpass")
    if not subjects and verb.dep_ == "conj" and verb.head.i != verb.i:
        # "Analysts say mistrust has grown and will continue": the parser joins "continue" to "say".
        above = get_children(verb.head, "ccomp") if get_children(verb.head, "nsubj") else []
        subjects = [s for clause in above if clause.i < verb.i for s in get_children(clause, "nsubj", "nsubjpass")]
    if not subjects:
        return None
    subject = subjects[0]
    if subject.text == "[" and subject.i + 1 < len(verb.doc):
        subject = subject.nbor(1)  # "[Russia] will do nothing"
    if subject.lower_ in ("little", "much", "nothing", "more"):
        return None
    return subject if subject.pos_ in ("NOUN", "PROPN", "ADJ", "NUM") else None


def _is_asked(verb: Token) -> bool:
    words = get_children(verb, "mark", "advmod")
    words += [c for s in get_children(verb, "nsubj", "nsubjpass") for c in get_children(s, "det") if c.tag_ == "WDT"]
    if verb.left_edge.tag_ in ("WRB", "WP") or (verb.sent[-1].text == "?" and verb.dep_ in ("ROOT", "conj")):
        return True  # "how many will come"
    return any(word.lower_ in ("if", "whether") or word.tag_.startswith("W") for word in words)


def _is_announced(verb: Token) -> bool:
    """ "sanctions will be lifted": a passive that tells of a deed is an announcement."""
    return bool(get_children(verb, "auxpass")) and get_lemma(verb) in get_commitment_words("verbs", "acts")


def _is_permitted(verb: Token, block: Block, actors: Actors) -> bool:
    """ "the accord says that each side may keep", "the court ruled that the ship may": allowed, not expected."""
    if verb.dep_ != "ccomp":
        return False
    above = find_subject(verb.head)
    entity = actors.referent_of(block, above) if above is not None else None
    is_instrument = entity is not None and actors.referent(entity).kind is EntityKind.INSTRUMENT
    words = {"accord", "agreement", "treaty", "law", "text", "resolution", "document", "deal", "constitution", "rules"}
    is_text = above is not None and above.lower_ in words
    return is_instrument or is_text or get_lemma(verb.head) in ("rule", "decide", "decree", "provide", "order")


def _is_possible(verb: Token, subject: Token, block: Block, actors: Actors) -> bool:
    """ "could become a sticking point", not "could vote" (was able to) and not "could be seen as" (looks like it)."""
    if get_lemma(verb) in get_forecast_words("hedges", "looks") or is_negated(verb):
        return False
    if any(get_lemma(t) in ("so", "when", "where") for t in get_children(verb, "advmod")):
        return False
    is_able = bool(find_people(actors, block, subject)) and not get_children(verb, "auxpass")
    if verb.tag_ == "VBN" and any(t.lower_ == "such" for t in get_children(verb, "advmod", "mark")):
        return False  # "laws constructed such that a lot could be"
    is_past = any(t.ent_type_ == "DATE" and t.i < verb.i for t in verb.sent)
    if is_able and _is_ahead(verb) and verb.dep_ != "ccomp":
        return not is_past
    # Of what somebody could do, only what another one says of it is a forecast.
    is_told = verb.dep_ == "ccomp" and get_lemma(verb.head) in get_forecast_words("hedges", "telling")
    if verb.dep_ == "ccomp" and not is_told:
        return False  # "to prove that news could thrive"
    return not is_past and (not is_able or is_told)


def _is_ahead(verb: Token) -> bool:
    """ "could sign next week", "could fall if he wins": of what is to come, not of what somebody was able to do."""
    days = (child for child in verb.children if child.i > verb.i and child.ent_type_ in ("DATE", "TIME"))
    if any(child.lower_ in _COMING for day in days for child in (day, *day.children)):
        return True
    clauses = get_children(verb, "advcl")
    return any(
        clause.tag_ in ("VBZ", "VBP") and any(mark.lower_ in ("if", "once", "unless") for mark in clause.children)
        for clause in clauses
    )
