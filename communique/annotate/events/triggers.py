"""A paragraph's tokens into the words that may name an engagement, with the verb that carries each.

1. A noun of the table ("visit", "talks", "press conference") with its carrier: the verb whose object or subject it is
   and what that verb says of it (``hold``, ``host``, ``plan``, ``cancel``, ``absent``, …).
2. A verb of the table ("met", "arrived in").

Whether a trigger names an engagement of diplomacy at all is for `rules` to say, when it is known who took part.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Token

from communique.annotate.clauses import (
    NOMINAL_SLOTS,
    find_first_conjunct,
    get_children,
    get_lemma,
    is_verb,
    iter_objects,
)
from communique.annotate.parse import Block, get_lemmas, get_texts
from communique.model import EngagementKind
from communique.tables import load_table


@dataclass(frozen=True, slots=True, eq=False)
class Trigger:
    """Words that may name an engagement. ``start`` and ``end`` are token indices, half-open.

    ``carrier`` is the verb itself, or the verb that carries the noun; ``manner`` says how (a key of ``[carriers]``,
    ``predicate``, ``copula``, or empty), ``frame`` is that of a verb of ``[verbs]``, empty for nouns.
    """

    block: Block
    token: Token
    kind: EngagementKind
    start: int
    end: int
    carrier: Token | None
    manner: str = ""
    frame: str = ""

    @property
    def is_noun(self) -> bool:
        return not self.frame


@cache
def get_words(section: str, name: str) -> frozenset[str]:
    """A word list of the table ``engagements``."""
    return frozenset(load_table("engagements")[section][name])


@cache
def _get_manners() -> dict[str, str]:
    """Verb, or verb and preposition, to what it says of the engagement that it carries."""
    carriers: dict[str, list[str]] = load_table("engagements")["carriers"]
    named = {
        verb: manner
        for manner in ("hold", "host", "plan", "cancel", "postpone", "absent", "deny", "expect")
        for verb in carriers[manner]
    }
    return named | dict.fromkeys(carriers["with_preposition"], "hold")


def find_triggers(block: Block) -> list[Trigger]:
    """Every trigger of a paragraph, in text order."""
    table: dict[str, Any] = load_table("engagements")
    nouns: dict[str, str] = table["nouns"]
    verbs: dict[str, dict[str, str]] = table["verbs"]
    texts = get_texts(block.tokens)
    words = {text.lower() for text in texts}
    # Most paragraphs with "is" have no "present" in them: then it is not looked at.
    compound = {first for first, seconds in _get_compound_verbs().items() if not words.isdisjoint(seconds)}
    found: list[Trigger] = []
    for k, (text, known) in enumerate(zip(texts, get_lemmas(block.tokens), strict=True)):
        if not (known in nouns or known in verbs or known in compound or text.lower() in nouns):
            continue
        token = block.tokens[k]
        lemma = _get_noun_lemma(token)
        if lemma in nouns and _is_noun(token):
            found += _read_noun(block, token, lemma)
        elif is_verb(token) and token.dep_ not in ("aux", "amod", "compound"):
            found += _read_verb(block, token)
    return list(_drop_absorbed(found))


def _read_verb(block: Block, token: Token) -> list[Trigger]:
    """What a verb of the table names, by the words around it; empty where it is not of the table with these."""
    verbs: dict[str, dict[str, str]] = load_table("engagements")["verbs"]
    nouns: dict[str, str] = load_table("engagements")["nouns"]
    key = next((key for key in _get_verb_keys(token) if key in verbs), "")
    if not key:
        return []
    lemma, is_by_phone = get_lemma(token), _is_by_phone(token)
    if verbs[key]["frame"] == "seen" and is_by_phone:
        key = lemma if lemma in verbs else key
    elif verbs[key]["frame"] == "by_phone" and not is_by_phone and _is_of_two(token):
        key = f"{lemma}_with"  # "the two spoke"
    kind, frame = EngagementKind(verbs[key]["kind"]), verbs[key]["frame"]
    if frame in ("with", "discussed") and is_by_phone:
        kind = EngagementKind.CALL
    if frame == "before" and any(
        get_lemma(n) in get_words("verb_rules", "press") for _, n in iter_objects(token, "before")
    ):
        kind, frame = EngagementKind.PRESS_CONFERENCE, "press"
    if frame == "mutual" and _is_welcomed(token):
        frame = "greeting"
    if frame == "host" and any(nouns.get(get_lemma(n)) == "dinner" for _, n in iter_objects(token, "for")):
        kind = EngagementKind.DINNER  # "hosted him for lunch"
    return [Trigger(block, token, kind, token.i, token.i + 1, token, "hold", frame)]


def _is_of_two(verb: Token) -> bool:
    """ "the two spoke", "Haas and Moreau are to talk": with each other, where nobody and nothing else is named."""
    beside = {child.lower_ for child in get_children(verb, "prep")}
    if beside & {"with", "to", "about", "of", "for"} or get_children(verb, "dobj", "ccomp"):
        return False
    audiences = load_table("engagements")["nouns"].keys() | {"rally", "convention", "event", "debate", "gathering"}
    if any(get_lemma(noun) in audiences for _, noun in iter_objects(verb, "at", "before", "during")):
        return False  # "the two spoke at the convention"
    return any(
        noun.lower_ in ("two", "both", "pair")
        or any(child.lower_ in ("two", "both") for child in noun.children)
        or any(other.pos_ == "PROPN" for other in get_children(noun, "conj"))
        or (noun.lower_ == "they" and bool(get_children(verb, "npadvmod")))
        for noun in _get_subjects(verb)
    )


def _get_subjects(verb: Token) -> list[Token]:
    above = verb.head if verb.dep_ == "xcomp" else verb
    return get_children(verb, "nsubj") or get_children(above, "nsubj")


def _is_welcomed(verb: Token) -> bool:
    """ "was met at the airport by the premier": received on arrival, by the host of the visit."""
    arrivals = get_words("verb_rules", "arrivals")
    is_passive = bool(get_children(verb, "auxpass"))
    return is_passive and any(get_lemma(noun) in arrivals for _, noun in iter_objects(verb, "at", "on", "in"))


def _is_by_phone(verb: Token) -> bool:
    phones = get_words("verb_rules", "phones")
    if any(get_lemma(noun) in phones for _, noun in iter_objects(verb, "by", "on", "over", "via")):
        return True
    # "discussed it in a phone call"
    calls = (
        noun for _, noun in iter_objects(verb, "in", "during", "on") if get_lemma(noun) in ("call", "conversation")
    )
    return any(child.lower_ in phones for noun in calls for child in get_children(noun, "compound", "amod"))


@cache
def _get_compound_verbs() -> dict[str, frozenset[str]]:
    """Verbs that name an engagement with a second word only, with these words: "sit" and "down"."""
    found: dict[str, set[str]] = {}
    for key in load_table("engagements")["verbs"]:
        first, _, second = key.partition("_")
        if second:
            found.setdefault(first, set()).add(second)
    return {first: frozenset(seconds) for first, seconds in found.items()}


def _get_verb_keys(verb: Token) -> Iterator[str]:
    """A verb as ``[verbs]`` may know it: with particle, preposition, adverb or fixed object ("sit_down"), and bare."""
    lemma = get_lemma(verb)
    if lemma in _get_compound_verbs():
        below = [word for child in get_children(verb, "prep") for word in child.lefts]  # "together in Lima"
        for child in (*verb.children, *below):
            if child.dep_ in ("prt", "prep", "advmod", "acomp", "dobj"):
                yield f"{lemma}_{child.lower_}"
    yield lemma


def _get_noun_lemma(token: Token) -> str:
    word = str(token.lower_)
    return word if word == "talks" or token.tag_ == "VBG" else get_lemma(token) if token.pos_ != "PROPN" else word


def _is_noun(token: Token) -> bool:
    if token.pos_ in ("NOUN", "PROPN"):
        return token.dep_ in NOMINAL_SLOTS or token.dep_ in ("dep", "npadvmod", "nmod", "pcomp", "advcl")
    # "a foreign ministers meeting" and "her meeting" are tagged as verbs now and then.
    is_slot = token.tag_ == "VBG" and token.dep_ in ("pobj", "dobj", "nsubj", "nsubjpass", "attr")
    return is_slot and bool(get_children(token, "det", "compound", "amod", "poss"))


def _read_noun(block: Block, token: Token, lemma: str) -> list[Trigger]:
    table: dict[str, Any] = load_table("engagements")
    modifiers = [child for child in token.lefts if child.dep_ in ("compound", "nmod", "amod")]
    if any(child.lower_ in get_words("noun_rules", "not_after") for child in modifiers):
        return []
    kind, start = table["nouns"][lemma], token.i
    for child in modifiers:
        pair = f"{child.lower_} {lemma}"
        if pair in table["modified_nouns"]:
            kind, start = table["modified_nouns"][pair], child.i
    if (kind == "call" and start == token.i and _is_demand(token)) or (lemma == "laying" and start == token.i):
        return []
    carrier, manner = find_carrier(token)
    if lemma == "call" and carrier is not None and get_lemma(carrier) == "pay":
        kind = "meeting"  # "paid a call on"
    is_motion = carrier is not None and get_lemma(carrier) in get_words("carriers", "motion")
    if is_motion and kind != "visit" and manner != "plan":
        carrier, manner = None, ""
    return [Trigger(block, token, EngagementKind(kind), start, token.i + 1, carrier, manner)]


def _is_demand(call: Token) -> bool:
    """ "Ruiz's call for a prosecutor", "calls to resign": what is demanded."""
    for_what = [noun for _, noun in iter_objects(call, "for") if noun.ent_type_ not in ("DATE", "TIME")]
    return bool(for_what) or any(child.tag_ == "VB" for child in get_children(call, "acl"))


_BRIDGES = frozenset(["round", "series", "set", "string", "day", "hour", "minute", "number"])


def find_carrier(noun: Token) -> tuple[Token | None, str]:
    """The verb that carries a noun and what it says of it; (None, "") where the noun stands for itself."""
    manners = _get_manners()
    # "A meeting of the ministers planned for May": the parser hangs the participle on the ministers.
    below = [company for _, company in iter_objects(noun, "of", "between", "with")]
    for verb in (*get_children(noun, "acl"), *(verb for company in below for verb in get_children(company, "acl"))):
        if verb.tag_ == "VBN" and get_lemma(verb) in manners:
            return verb, manners[get_lemma(verb)]
    noun = climb_bridges(find_first_conjunct(noun))
    head = noun.head
    if noun.dep_ == "pobj" and head.dep_ == "agent" and get_lemma(head.head) in ("follow", "precede"):
        return head.head, "predicate"
    if noun.dep_ == "pobj" and head.head.i != head.i:
        keys = [f"{key}:{head.lower_}" for key in get_keys(head.head)]
        manner = next((manners[key] for key in keys if key in manners), "")
        return (head.head, manner) if manner else (None, "")
    if not is_verb(head):
        return None, ""
    if noun.dep_ == "dobj" and get_lemma(head) == "tell" and get_lemma(noun) in ("conference", "summit", "briefing"):
        return head, "hold"
    if noun.dep_ in ("dobj", "nsubjpass", "oprd"):
        manner = next((manners[key] for key in get_keys(head) if key in manners), "")
        return (head, manner) if manner else (None, "")
    if noun.dep_ == "attr":
        return head, "copula"
    if noun.dep_ == "nsubj":
        for verb in (*get_children(head, "xcomp"), head):
            if verb.tag_ == "VBN" and verb.dep_ == "xcomp" and get_lemma(head) == "be":
                # "A meeting is to be held": the parser takes it for the subject of "is".
                manner = next((manners[key] for key in get_keys(verb) if key in manners), "")
                if manner:
                    return verb, manner
            if any(key in get_words("predicates", "verbs") for key in get_keys(verb)):
                return verb, "predicate"
    return None, ""


def climb_bridges(noun: Token) -> Token:
    """From "talks" in "a round of talks" to "round"."""
    while noun.dep_ == "pobj" and noun.head.lower_ == "of" and get_lemma(noun.head.head) in _BRIDGES:
        noun = find_first_conjunct(noun.head.head)
    return noun


def get_keys(verb: Token) -> Iterator[str]:
    """A verb as the table may know it: with its particle or its fixed object ("call_off", "take_part"), and bare."""
    lemma = get_lemma(verb)
    for child in verb.children:
        if child.dep_ == "prt" or (child.dep_ == "dobj" and child.lower_ in ("part", "place")):
            yield f"{lemma}_{child.lower_}"
    yield lemma


def _drop_absorbed(found: list[Trigger]) -> Iterator[Trigger]:
    """Leaves out what tells an engagement twice: the verb in "arrived for a visit", the noun in "met for talks"."""
    carried = {t.carrier.i for t in found if t.is_noun and t.carrier is not None and t.manner in ("hold", "host")}
    verbs = {t.token.i: t for t in found if not t.is_noun}
    for trigger in found:
        head = trigger.token.head
        if not trigger.is_noun:
            nouns = [t for t in found if t.is_noun and t.carrier is not None and t.carrier.i == trigger.token.i]
            if trigger.token.i in carried and (
                trigger.frame in ("host", "signed", "presence") or any(t.kind == trigger.kind for t in nouns)
            ):
                continue
        elif trigger.token.dep_ == "pobj" and head.lower_ in ("for", "in") and head.head.i in verbs:
            is_bare = not get_children(trigger.token, "prep", "det", "poss")
            if is_bare and verbs[head.head.i].frame in ("mutual", "with"):
                continue
        yield trigger
