"""Which triggers name an engagement of diplomacy, and which are generic, habitual, or something else altogether.

A verb must have what its frame asks for ("met" two parties, "arrived" somebody who travels). A noun must name parties
or a place, or repeat an earlier mention: "without preliminary talks" names nothing.
"""

from __future__ import annotations

from spacy.tokens import Token

from communique.annotate.clauses import find_subject, get_auxiliaries, get_children, get_lemma, is_negated, iter_objects
from communique.annotate.events.drafts import get_names, is_definite
from communique.annotate.events.officials import is_of_office
from communique.annotate.events.people import Party, is_people
from communique.annotate.events.triggers import Trigger, get_words
from communique.model import EngagementKind, PartKind, Role, SourceKind


def is_possible(trigger: Trigger, parties: tuple[Party, ...]) -> bool:
    """Has a trigger what it takes to name an engagement? Whether a noun repeats an earlier one, `stands_alone` asks."""
    if trigger.is_noun:
        return _is_possible_noun(trigger, parties)
    verb, names = trigger.token, get_names(parties)
    objects = get_children(verb, "dobj")
    if trigger.frame == "mutual":
        unknown = [noun for noun in objects if not _is_party(trigger, noun, parties)]
        is_company = _is_company(verb, unknown, has_object=bool(objects))
        return is_company and (len(names) > 1 or _is_body(parties))
    if trigger.frame == "signed":
        return _is_signing(trigger)
    if trigger.frame == "summon":
        return _is_summons(trigger, parties)
    if trigger.frame == "press":
        return any(party.source.entity is not None for party in parties) and not is_negated(verb)
    if trigger.frame == "brought":
        return sum(party.role is Role.PARTICIPANT for party in parties) > 1
    if trigger.frame in ("with", "company", "greeting"):
        is_table = get_lemma(verb) in ("negotiate", "confer") and _is_body(parties) and is_of_office(parties[0].source)
        return len(names) > 1 or is_table
    if trigger.frame == "call_on":
        return len(names) > 1 and not any(c.tag_ == "VB" for c in get_children(verb, "xcomp", "advcl", "ccomp"))
    if trigger.frame == "presence":
        return bool(parties) and _is_there(verb, objects)
    if trigger.frame == "stay":
        return not is_negated(verb) and any(p.role is Role.VISITOR for p in parties)
    if trigger.frame in ("seen", "discussed"):
        return len(names) > 1 and _is_seen(verb, objects)
    if trigger.frame == "gather":
        is_table = _is_body(parties) and (parties[0].source.entity is not None or is_of_office(parties[0].source))
        is_known = any(p.source.entity is not None or is_of_office(p.source) for p in parties)
        return is_known and not is_negated(verb) and not objects and (len(names) > 1 or is_table)
    if trigger.frame == "shuttle":
        return bool(names) and any(iter_objects(verb, "between"))
    if trigger.frame == "due":
        return any(p.role is Role.VISITOR and p.source.kind is not SourceKind.ORGANIZATION for p in parties)
    if trigger.frame in ("to", "for", "from", "place", "sent"):
        goals = {noun.lower_ for _, noun in iter_objects(verb, "to", "into", "in", "for")}
        is_firm = all(p.source.kind is SourceKind.ORGANIZATION and p.source.entity for p in parties)
        if is_firm and get_lemma(verb) in ("go", "come"):
            return False
        return any(p.role is Role.VISITOR for p in parties) and not goals & get_words("verb_rules", "no_destination")
    if trigger.frame == "host":
        return _is_reception(verb, parties)
    if trigger.frame in ("person", "by_phone"):
        return len(names) > 1 and _is_told_as_call(trigger, parties)
    if trigger.frame == "wreath":
        is_known = any(p.source.entity is not None or is_of_office(p.source) for p in parties)
        return is_known and any(get_lemma(noun) in get_words("verb_rules", "wreaths") for noun in objects)
    panel = {get_lemma(noun) for _, noun in iter_objects(verb, "before", "to", "at")}
    is_panel = any(p.role is Role.HOST for p in parties) and not panel & get_words("verb_rules", "courts")
    return is_panel and len(names) > 1


def _is_signing(trigger: Trigger) -> bool:
    """ "signed the treaty", "the text was initialed"; "it was signed" where the sentence before names such a thing."""
    verb, things = trigger.token, get_words("verb_rules", "signed")
    objects = get_children(verb, "dobj", "nsubjpass")
    if not objects and get_children(verb, "auxpass") and (subject := find_subject(verb)) is not None:
        objects = [subject]  # "is to be signed"
    before_it = {child.lower_ for noun in objects for child in get_children(noun, "amod", "compound", "nmod")}
    if before_it & get_words("verb_rules", "private"):
        return False
    heads = [head for noun in objects for head in (noun, *(n for _, n in iter_objects(noun, "of")))]
    if any(get_lemma(head) in things for head in heads):
        return True
    before = trigger.block.tokens[verb.sent.start - 1].sent if verb.sent.start else ()
    is_it = any(noun.lower_ == "it" for noun in objects)
    return is_it and any(get_lemma(token) in things and token.pos_ in ("NOUN", "PROPN") for token in before)


def _is_summons(trigger: Trigger, parties: tuple[Party, ...]) -> bool:
    """ "summoned the ambassador", "the envoy was summoned": not troops, nor a parliament."""
    verb = trigger.token
    if get_lemma(verb) == "call" and not any(child.lower_ == "in" for child in get_children(verb, "prt")):
        return False
    guests = get_children(verb, "dobj", "nsubjpass")
    is_envoy = any(get_lemma(noun) in get_words("verb_rules", "summoned") for noun in guests)
    offices = [head for noun in guests for head in get_children(noun, "compound", "appos", "nmod")]
    is_envoy |= any(get_lemma(head) in get_words("verb_rules", "summoned") for head in offices)
    return is_envoy and not is_negated(verb) and any(p.role is Role.PARTICIPANT for p in parties)


def _is_party(trigger: Trigger, noun: Token, parties: tuple[Party, ...]) -> bool:
    """Is a noun the name of somebody known ("Yun Dong-hyuk", whose last word is tagged as a common noun)?"""
    at = trigger.block.start + noun.idx
    sources = (party.source for party in parties if party.source.entity is not None)
    return any(s.start is not None and s.end is not None and s.start <= at < s.end for s in sources)


def _is_company(verb: Token, unknown: list[Token], has_object: bool) -> bool:
    """ "met the envoy", not "met the deadline" or "met him with eggs"; ``unknown`` are objects that are no party."""
    if any(not is_people(noun) and noun.pos_ not in ("PRON", "PROPN") for noun in unknown):
        return False
    return not has_object or all(is_people(noun) or noun.pos_ != "NOUN" for _, noun in iter_objects(verb, "with"))


def _is_there(verb: Token, objects: list[Token]) -> bool:
    """ "also attended", "joined them", "took part on her side": not "attended school", "joined in the protest"."""
    things = [
        noun for noun in objects
        if noun.lower_ != "part" and (
            noun.ent_type_ in ("ORG", "GPE", "NORP", "EVENT") or not (is_people(noun) or noun.pos_ in ("PRON", "PROPN"))
        )
    ]  # fmt: skip
    sides = ("side", "part", "behalf", "time", "end", "beginning", "start", "level")
    where = [noun for _, noun in iter_objects(verb, "in", "at", "on") if get_lemma(noun) not in sides]
    return not things and not [noun for noun in where if noun.ent_type_ not in ("DATE", "TIME", "GPE", "FAC")]


def _is_reception(verb: Token, parties: tuple[Party, ...]) -> bool:
    """Host and guests; "received" only of persons by persons, "welcomed" only at a place: the rest may be words."""
    roles = {party.role for party in parties}
    if not {Role.HOST, Role.PARTICIPANT} <= roles:
        return False
    if get_lemma(verb) == "host":
        return True
    hung = (verb, *get_children(verb, "dobj"))  # "welcomed the envoy in Rome": the parser hangs Rome on the envoy
    is_there = get_lemma(verb) == "receive" or any(True for head in hung for _ in iter_objects(head, "in", "at", "to"))
    guests = [p.source for p in parties if p.role is Role.PARTICIPANT]
    return is_there and any(guest.kind is SourceKind.PERSON or is_of_office(guest) for guest in guests)


def is_placeless(trigger: Trigger, parties: tuple[Party, ...]) -> bool:
    """Does a word of journeys without a place tell of none? "Visited the king" has a host instead."""
    if trigger.is_noun:
        return get_lemma(trigger.token) == "journey"  # "on her first journey abroad"
    if trigger.frame == "place":
        return not any(party.role is Role.HOST for party in parties)
    return trigger.frame in ("to", "for", "from", "due", "sent", "shuttle", "stay")


def _is_seen(verb: Token, objects: list[Token]) -> bool:
    """ "saw the president in Lima", not "saw him leave", "saw him as", "saw him on television", "saw A, then B"."""
    if any(token.lower_ == "then" for noun in objects for token in noun.subtree):
        return False
    if any(child.i > verb.i for child in get_children(verb, "xcomp", "ccomp", "oprd", "acl", "prt")) or is_negated(
        verb
    ):
        return False
    if any(child.lower_ in ("as", "through") for child in get_children(verb, "prep")):
        return False
    return not any(noun.lower_ in ("television", "tv", "screen") for _, noun in iter_objects(verb, "on"))


def is_habit(trigger: Trigger) -> bool:
    """ "often meets", "regular meetings", "do not meet": a custom, no engagement."""
    words = {child.lower_ for child in trigger.token.children if child.dep_ in ("advmod", "amod", "npadvmod")}
    if trigger.is_noun and trigger.carrier is not None:
        words |= {child.lower_ for child in get_children(trigger.carrier, "advmod")}
    if words & get_words("noun_rules", "habits"):
        return not trigger.is_noun or trigger.token.tag_ in ("NNS", "NNPS")
    auxiliaries = get_auxiliaries(trigger.token)
    return not trigger.is_noun and bool(auxiliaries & {"do", "does"}) and is_negated(trigger.token)


def _is_told_as_call(trigger: Trigger, parties: tuple[Party, ...]) -> bool:
    """ "spoke by telephone", "called him on Monday", "called him to discuss": not "called him a liar"."""
    verb = trigger.token
    if trigger.frame == "by_phone":
        phones = (get_lemma(noun) for _, noun in iter_objects(verb, "by", "on", "over", "via"))
        return any(phone in get_words("verb_rules", "phones") for phone in phones)
    if any(p.source.kind is not SourceKind.PERSON for p in parties):
        return False
    if get_lemma(verb) != "call":
        return True
    names_him = get_children(verb, "ccomp", "acomp", "prt", "nsubjpass", "dative")
    names_him += get_children(verb, "oprd") if get_children(verb, "dobj") else []
    demands = [noun for _, noun in iter_objects(verb, "for", "on", "upon")]
    if names_him or any(noun.ent_type_ not in ("DATE", "TIME") for noun in demands):
        return False
    return bool(get_children(verb, "npadvmod", "prep")) or any(
        c.tag_ == "VB" for c in get_children(verb, "advcl", "xcomp")
    )


def _is_body(parties: tuple[Party, ...]) -> bool:
    """One party that meets with itself: a council, "the leaders"."""
    return len(parties) == 1 and parties[0].source.kind in (SourceKind.ORGANIZATION, SourceKind.COLLECTIVE)


def _is_possible_noun(trigger: Trigger, parties: tuple[Party, ...]) -> bool:
    token, names = trigger.token, get_names(parties)
    if _is_told_not(trigger, parties):
        return True
    if any(
        child.lower_ in ("any", "no", "every", "each", "what", "some", "many", "neither")
        for child in get_children(token, "det", "amod")
    ):
        return False
    if trigger.kind is EngagementKind.VISIT and token.tag_ == "NNS" and _is_mutual(token):
        return False
    is_bare = not any(c.dep_ in ("det", "poss", "compound", "nmod", "amod", "nummod") for c in token.lefts)
    if _is_meal_shared(trigger):
        return bool(names)
    if trigger.kind is EngagementKind.DINNER and trigger.manner == "hold" and len(names) > 1:
        return True  # "had dinner with"
    if is_bare and token.tag_ == "NN" and trigger.block.part.part is not PartKind.TITLE:
        return False  # "in consultation with", "on trip"
    if get_lemma(token) in get_words("noun_rules", "weak") and trigger.start == token.i:
        if trigger.kind is EngagementKind.LETTER:
            if trigger.block.is_heading and not any(p.source.kind is SourceKind.PERSON for p in parties):
                return False  # "Letter from Lima", the title of a column
            if get_lemma(token) == "message" and not _is_sent(trigger, parties):
                return False
            return len(names) > 1 or (bool(names) and any(iter_objects(token, "to", "from")))
        if trigger.kind is EngagementKind.TALKS or trigger.kind is EngagementKind.CALL:
            is_between = bool(names) and any(iter_objects(token, "between", "among"))
            return len(names) > 1 or is_between or _is_pointing(trigger) or _is_call_with(trigger, parties)
        if any(c.lower_ in ("second", "third", "another", "further") for c in token.lefts) and trigger.manner == "plan":
            return True  # whose, the one told before says
        is_missed = is_definite(trigger) and any(p.role is Role.ABSENT for p in parties)
        return is_missed or len(names) > 1 or (bool(names) and trigger.manner in ("hold", "host", "absent"))
    return True


def _is_told_not(trigger: Trigger, parties: tuple[Party, ...]) -> bool:
    """ "There was no meeting between Paz and Rey": of two who are known, by their names."""
    persons = {p.source.entity for p in parties if p.source.kind is SourceKind.PERSON and p.source.entity}
    is_no = any(child.lower_ == "no" for child in get_children(trigger.token, "det"))
    is_single = trigger.token.tag_ == "NN" or trigger.token.lower_ == "talks"
    return is_no and is_single and len(persons) > 1 and any(iter_objects(trigger.token, "between", "with"))


def _is_mutual(visits: Token) -> bool:
    """ "visits of the leaders to one another", "mutual visits": a custom, or a wish."""
    nouns = [visits, *(noun for _, noun in iter_objects(visits, "to"))]
    words = {child.lower_ for noun in nouns for child in get_children(noun, "det", "amod")}
    return bool(words & {"one", "each", "mutual", "reciprocal"}) or any(n.lower_ in ("another", "other") for n in nouns)


def _is_sent(trigger: Trigger, parties: tuple[Party, ...]) -> bool:
    """ "sent a message to the president", from one person to another."""
    is_carried = trigger.carrier is not None and get_lemma(trigger.carrier) in get_words("verb_rules", "messages")
    return is_carried and len(parties) > 1 and all(p.source.kind is SourceKind.PERSON for p in parties)


def _is_pointing(trigger: Trigger) -> bool:
    """ "The negotiations will open": those told of before, if any were."""
    return is_definite(trigger) and trigger.manner in ("predicate", "hold", "host")


def _is_call_with(trigger: Trigger, parties: tuple[Party, ...]) -> bool:
    """ "A call with the minister is scheduled": whose, is not told."""
    is_with = any(iter_objects(trigger.token, "with"))
    is_told = trigger.manner in ("plan", "predicate", "expect", "hold")
    is_known = any(party.source.entity is not None for party in parties)
    return trigger.kind is EngagementKind.CALL and is_with and is_told and is_known


def _is_meal_shared(trigger: Trigger) -> bool:
    """ "over lunch the two discussed"."""
    token = trigger.token
    return trigger.kind is EngagementKind.DINNER and token.dep_ == "pobj" and token.head.lower_ == "over"
