"""Where an engagement was, is or will be, by the parse around its trigger."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from communique.annotate.clauses import find_phrase, get_children, get_lemma, iter_objects, to_span
from communique.annotate.events.circumstances import iter_hooks
from communique.annotate.events.triggers import Trigger, get_words
from communique.annotate.parse import Block
from communique.annotate.who.actors import Actors
from communique.model import EngagementKind, Place

# Where something is "on".
_ON = frozenset(["island", "islands", "isle", "border", "ship", "board", "boat", "yacht", "train", "peninsula", "step"])
# "The island of Samos" is Samos.
_OF_NAMES = frozenset(
    ["island", "isle", "city", "town", "port", "village", "resort", "capital", "province", "peninsula"]
)
# Verbs of journeys whose goal is told by "in" and "at".
_REACHING = frozenset(["arrive", "land"])


def find_places(trigger: Trigger, actors: Actors) -> list[Place]:
    """The place of an engagement; all of them where somebody shuttled between several. Empty where none is told."""
    if trigger.frame != "shuttle":
        place = find_place(trigger, actors)
        if place is None:
            return []
        return [place, *(_find_further(trigger, place, actors) if trigger.kind is EngagementKind.VISIT else [])]
    nouns = [n for _, noun in iter_objects(trigger.token, "between", "among") for n in (noun, *noun.conjuncts)]
    return [place for noun in nouns if (place := read_place(actors, trigger.block, noun)) is not None]


def _find_further(trigger: Trigger, place: Place, actors: Actors) -> list[Place]:
    """ "visited Lima and Quito": the states and towns that stand beside the first with "and"."""
    if place.entity is None or not place.evidence:
        return []
    at = place.evidence[0].start - trigger.block.start
    noun = next((t for t in trigger.token.sent if t.idx <= at < t.idx + len(t)), None)
    while noun is not None and noun.dep_ == "compound":
        noun = noun.head
    others = [other for other in noun.conjuncts if other.i > noun.i] if noun is not None else []
    found = (actors.place(trigger.block, other) for other in others)
    return [other for other in found if other is not None and other.entity != place.entity]


def find_place(trigger: Trigger, actors: Actors) -> Place | None:
    """Where an engagement was, is or will be: city or state for a visit, venue or city for the rest."""
    names: tuple[str, ...] = (
        ("to", "in", "into", "at", "for")
        if trigger.kind is EngagementKind.VISIT
        else ("in", "at", "inside", "near", "outside")
    )
    if trigger.frame == "to" and get_lemma(trigger.token) not in _REACHING:
        names = ("to", "into")  # "in Lima voters went to the polls"
    if trigger.frame == "from":
        names = ("from",)
    if trigger.frame == "summon":
        names = (*names, "to")
    if trigger.frame == "place":
        for noun in get_children(trigger.token, "dobj"):
            place = read_place(actors, trigger.block, noun)
            if place is not None and get_lemma(noun) not in get_words("venues", "tables"):
                return place
        for noun in get_children(trigger.token, "npadvmod"):
            if (place := actors.place(trigger.block, noun)) is not None:
                return place
        following = trigger.block.tokens[trigger.token.i + 1 : trigger.token.i + 2]
        for noun in following:
            # "visited Tirana June 30-July 2": the parser hangs the town on the month.
            if noun.dep_ == "nmod" and (place := actors.place(trigger.block, noun)) is not None:
                return place
    if trigger.is_noun:
        for child in trigger.token.lefts:
            place = _read_compound(trigger, actors, child)
            if place is not None:
                return place
    for hook in iter_hooks(trigger):
        is_set = trigger.manner == "plan" and trigger.carrier is not None and hook.i == trigger.carrier.i
        # "had first been planned for Lima": where it was not.
        is_set &= not any(child.lower_ in ("first", "originally", "initially") for child in hook.children)
        for preposition, noun in _iter_around(hook, (*names, "for") if is_set else names, trigger, actors):
            place = read_place(actors, trigger.block, noun)
            if trigger.kind is EngagementKind.VISIT and get_lemma(noun) in get_words("venues", "tables"):
                continue
            if place is not None and (preposition.lower_ != "for" or trigger.frame == "for" or is_set):
                return place
    place = _find_set_off(trigger, actors)
    if place is not None:
        return place
    return _find_antecedent(trigger, actors) if trigger.kind is not EngagementKind.VISIT else None


def _find_set_off(trigger: Trigger, actors: Actors) -> Place | None:
    """ "At their last meeting, in Lima, they": the parser hangs the town on the verb."""
    following = trigger.block.tokens[trigger.end : trigger.end + 2]
    if not trigger.is_noun or [token.lower_ for token in following] not in ([",", "in"], [",", "at"]):
        return None
    places = (actors.place(trigger.block, noun) for noun in get_children(following[1], "pobj"))
    return next((place for place in places if place is not None), None)


def _find_antecedent(trigger: Trigger, actors: Actors) -> Place | None:
    """ "went on to the castle, where the talks were held": the noun that "where" stands for."""
    for hook in iter_hooks(trigger):
        if hook.dep_ == "relcl" and any(word.lower_ == "where" for word in get_children(hook, "advmod")):
            return read_place(actors, trigger.block, hook.head)
    return None


def _read_compound(trigger: Trigger, actors: Actors, child: Token) -> Place | None:
    """ "the Geneva talks", "the premier's Kenya trip"; "Kenya talks" may be about Kenya."""
    if child.dep_ not in ("compound", "nmod") or child.pos_ != "PROPN" or child.ent_type_ not in ("GPE", "LOC", "FAC"):
        return None
    place = actors.place(trigger.block, child)
    if place is None or any(t.text in "-–/" for t in trigger.block.tokens[child.i : trigger.token.i]):
        return None
    is_state = place.entity is not None and actors.referent(place.entity).kind.value == "government"
    return place if trigger.kind is EngagementKind.VISIT or not is_state else None


def _iter_around(
    hook: Token, names: tuple[str, ...], trigger: Trigger, actors: Actors
) -> Iterator[tuple[Token, Token]]:
    yield from iter_objects(hook, *names)
    if is_journey_verb(trigger):
        for _, carriage in iter_objects(hook, "by"):
            yield from iter_objects(carriage, *names)  # "travelled by train to Lima"
    days = [*get_children(hook, "npadvmod"), *(noun for _, noun in iter_objects(hook, "on"))]
    for day in days:
        if day.ent_type_ in ("DATE", "TIME"):
            yield from iter_objects(day, *names)  # "met Paz on Wednesday in Lima"
    if trigger.frame == "due":
        for due in get_children(hook, "acomp"):
            yield from iter_objects(due, *names)
    yield from ((p, noun) for p, noun in iter_objects(hook, "on", "aboard") if get_lemma(noun) in _ON)
    for _, doors in iter_objects(hook, "behind"):
        yield from iter_objects(doors, *names)  # "behind closed doors at the palace"
    is_visit = trigger.kind is EngagementKind.VISIT
    if not is_visit and trigger.is_noun and trigger.carrier is not None and hook.i == trigger.carrier.i:
        # "had dinner with the king in Rabat"
        for _, noun in iter_objects(hook, "with"):
            for below in (noun, *noun.conjuncts):
                yield from _iter_towns(below, actors, trigger)
    if hook.i == trigger.token.i and not is_visit:
        for subject in get_children(hook, "nsubj", "nsubjpass"):
            stays = (p for p in get_children(subject, "prep") if p.lower_ == "in" and p.nbor(-1).text == ",")
            for stay in stays:  # "Minister Paz, in Lima on the same day, met"
                towns = get_children(stay, "pobj")
                yield from ((stay, town) for town in towns if _is_town(actors, trigger.block, town))
    if hook.i == trigger.token.i and (not is_visit or any(iter_objects(hook, "to"))):
        # "met with staff at the embassy", "dinner with the king in Rabat": the parser hangs the place on the company.
        is_call = trigger.frame == "call_on" or (trigger.carrier is not None and get_lemma(trigger.carrier) == "pay")
        whom = ("to",) if is_visit else ("with", "between", "for", "of", *(["on"] if is_call else []))
        whom = (*whom, "by") if trigger.frame == "host" else whom
        company = (noun for _, noun in iter_objects(hook, *whom))
        for noun in [*get_children(hook, "dobj", "nsubj"), *company]:
            for below in (noun, *noun.conjuncts, *get_children(noun, "appos")):
                yield from iter_objects(below, "at")
                if below.i > hook.i:
                    yield from _iter_towns(below, actors, trigger)


def is_journey_verb(trigger: Trigger) -> bool:
    """Does a verb of going name the journey?"""
    return trigger.kind is EngagementKind.VISIT and not trigger.is_noun


def _iter_towns(noun: Token, actors: Actors, trigger: Trigger) -> Iterator[tuple[Token, Token]]:
    towns = iter_objects(noun, "in")
    yield from ((p, town) for p, town in towns if _is_town(actors, trigger.block, town))


def _is_town(actors: Actors, block: Block, noun: Token) -> bool:
    if actors.place(block, noun) is not None:
        return True
    return noun.pos_ == "PROPN" and noun.ent_type_ not in ("PERSON", "ORG", "NORP", "DATE", "TIME", "EVENT")


def read_place(actors: Actors, block: Block, noun: Token) -> Place | None:
    """The place that a noun phrase names, in the words of the text where the tables do not know it."""
    place = actors.place(block, noun)
    if place is not None:
        return place
    if get_lemma(noun) in _OF_NAMES:
        for _, town in iter_objects(noun, "of"):
            if (place := actors.place(block, town)) is not None:
                return place  # "the island of Samos", "the town of Tyre"
    if get_lemma(noun) == "step":
        return next((read_place(actors, block, house) for _, house in iter_objects(noun, "of")), None)
    if any(child.lower_ == "same" for child in get_children(noun, "amod")):
        return None  # "in the same city"
    is_venue = get_lemma(noun) in get_words("venues", "nouns")
    if not is_venue and noun.ent_type_ not in ("GPE", "LOC", "FAC"):
        return None
    has_words = (
        any(c.dep_ in ("det", "poss", "compound", "amod", "prep") for c in noun.children) or noun.pos_ == "PROPN"
    )
    if not has_words or noun.ent_type_ in ("DATE", "PERSON"):
        return None
    start, end = find_phrase(noun)
    for preposition in get_children(noun, "prep"):
        if any(t.ent_type_ in ("DATE", "TIME") for t in get_children(preposition, "pobj")):
            end = min(end, preposition.i)  # "at the memorial on Thursday"
    while end - start > 1 and (block.tokens[start].pos_ in ("DET", "PRON") or block.tokens[start].dep_ == "det"):
        start += 1
    span = to_span(block.tokens, block.start, start, end)
    evidence = actors.parsed.document.evidence(*span)
    return Place(" ".join(evidence.quote.split()), None, None, (evidence,))
