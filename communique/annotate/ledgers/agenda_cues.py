"""A paragraph's clauses into cues that issues were, were to be, or were not talked about.

Here the verbs of talking: "discussed X", "raised X with her", "expected to focus on X", "press him on X". What stands
on the agenda ("the main topic was X") is in `agenda_standing`, what was left out in `agenda_left_out`, what somebody
means to argue in `agenda_intents`, headlines in `agenda_headlines`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from communique.annotate.clauses import VERBAL, find_governor, get_children, get_lemma, is_verb, iter_objects
from communique.annotate.events.people import is_people
from communique.annotate.events.status import read_verb_status
from communique.annotate.ledgers.agenda_headlines import find_headline_cues
from communique.annotate.ledgers.agenda_intents import read_intent
from communique.annotate.ledgers.agenda_left_out import read_left_out, read_missing
from communique.annotate.ledgers.agenda_standing import read_beside, read_fronted, read_standing
from communique.annotate.ledgers.cue import (
    Cue,
    Need,
    find_objects,
    find_topic_subject,
    get_key,
    is_passive,
    is_talk,
    make_cue,
)
from communique.annotate.ledgers.issues import get_issue_words
from communique.annotate.parse import Block, get_kinds, get_lemmas
from communique.model import PartKind, Phase, Status

_LISTS = (
    ("objects", "plain"),
    ("objects", "guarded"),
    ("objects", "told"),
    ("intents", "argues"),
    ("intents", "urges"),
    ("intents", "for"),
    ("intents", "objects"),
    ("avoided", "verbs"),
    ("avoided", "guarded"),
    ("agenda", "leads"),
    ("agenda", "holds"),
    ("agenda", "appears"),
    ("agenda", "turns"),
)
_OTHERS = frozenset(
    {"exchange", "be", "become", "remain", "say", "take", "make", "leave", "have", "steer", "shy", "come", "go"}
)


def find_cues(block: Block) -> Iterator[Cue]:
    """The cues of a paragraph."""
    if block.part.part is PartKind.TITLE:
        yield from find_headline_cues(block.tokens)
    tokens = block.tokens
    for k, (lemma, kind) in enumerate(zip(get_lemmas(tokens), get_kinds(tokens), strict=True)):
        if lemma in (_get_verbs() if kind in VERBAL else _get_others()):
            cue = _read_token(tokens[k])
            if cue is not None:
                yield cue


def _read_token(token: Token) -> Cue | None:
    lemma = get_lemma(token)
    if is_verb(token):
        return _read_verb(token) if lemma in _get_verbs() else None
    if lemma in get_issue_words("issue", "wrappers") and _has_examples(token):
        governor = find_governor(token)
        if governor is not None and read_verb_status(governor) is not Status.DENIED:
            return Cue(governor, (token,), Phase.ADDRESSED)
    if lemma == "on" and (token.is_sent_start or token.nbor(-1).text == ";"):
        return read_fronted(token)
    return read_missing(token) or read_beside(token)


@cache
def _get_verbs() -> frozenset[str]:
    """Lemmas of all verbs that are read; most verbs of a text are none of them."""
    pairs = get_issue_words("prepositions", "pairs") | get_issue_words("prepositions", "persons")
    listed = frozenset().union(*(get_issue_words(section, name) for section, name in _LISTS))
    return frozenset({pair.partition(":")[0] for pair in pairs} | {key.partition("_")[0] for key in listed} | _OTHERS)


@cache
def _get_others() -> frozenset[str]:
    """Lemmas of all other words that are read."""
    listed = (("issue", "wrappers"), ("avoided", "nouns"), ("agenda", "agendas"))
    return frozenset({"on", "talk", "talks"}).union(*(get_issue_words(*one) for one in listed))


def _read_verb(verb: Token) -> Cue | None:
    key, lemma = get_key(verb), get_lemma(verb)
    return (
        read_left_out(verb, key)
        or _read_objects(verb, key)
        or _read_told(verb, key)
        or read_intent(verb, key)
        or _read_views(verb, lemma)
        or _read_prepositions(verb, lemma)
        or read_standing(verb, lemma)
    )


def _read_objects(verb: Token, key: str) -> Cue | None:
    """ "discussed X", "X was raised", "raised X with the minister"."""
    if key in get_issue_words("objects", "plain"):
        if key != "discuss" and verb.dep_ in ("pcomp", "acl") and not is_passive(verb):
            return None  # "partners in addressing problems"
        heads = tuple(noun for noun in find_objects(verb) if not is_people(noun) or noun.ent_type_ in ("GPE", "NORP"))
        return make_cue(verb, heads, Need.PEOPLE if key == "discuss" else Need.EVENT)
    if key not in get_issue_words("objects", "guarded"):
        return None
    heads = tuple(noun for noun in find_objects(verb) if _can_be_raised(noun, verb))
    has_people = any(is_people(noun) for _, noun in iter_objects(verb, "with"))
    cue = make_cue(verb, heads, Need.PEOPLE if has_people else Need.EVENT)
    return cue if cue is not None and (cue.phase is not Phase.ADDRESSED or _is_raised(verb, heads, key)) else None


def _can_be_raised(noun: Token, verb: Token) -> bool:
    shares = get_issue_words("agenda", "shares")
    if get_lemma(noun) in get_issue_words("objects", "idioms") | shares or any(c.tag_ == "PRP$" for c in noun.lefts):
        return False
    is_thing = not is_people(noun) or noun.ent_type_ in ("GPE", "NORP", "LOC")
    return is_thing and noun.ent_type_ not in ("MONEY", "PERCENT", "QUANTITY", "DATE", "TIME")


def _is_raised(verb: Token, heads: tuple[Token, ...], key: str) -> bool:
    """Does a verb that says much else, too, say that something was talked about?"""
    topical = get_issue_words("issue", "wrappers") | get_issue_words("objects", "concerns")
    if any(get_lemma(noun) in topical for noun in heads) or key in ("bring_up", "go_over", "talk_over"):
        return True
    if any(is_people(noun) for _, noun in iter_objects(verb, "with")):
        return True
    if any(is_people(noun) for head in heads for _, noun in iter_objects(head, "with")):
        return True
    if any(is_talk(noun) for _, noun in iter_objects(verb, "in", "at", "during")):
        return True
    return key in ("raise", "review", "consider") and (is_passive(verb) or key == "review")


def _read_told(verb: Token, key: str) -> Cue | None:
    """ "described to the minister the raids on their camps"."""
    if key not in get_issue_words("objects", "told"):
        return None
    people = [noun for _, noun in iter_objects(verb, "to") if is_people(noun)]
    if not people:
        return None
    # "described to the minister the hard winter": the parser may take the winter for an apposition.
    told = find_objects(verb) or [other for noun in people for other in get_children(noun, "appos")]
    heads = tuple(noun for noun in told if not is_people(noun))
    return make_cue(verb, heads)


def _read_views(verb: Token, lemma: str) -> Cue | None:
    """ "exchanged views on X"."""
    if lemma != "exchange":
        return None
    views = [noun for noun in find_objects(verb) if get_lemma(noun) in ("view", "opinion", "idea")]
    heads = tuple(noun for head in (*views, verb) for noun in _iter_about(head)) if views else ()
    return make_cue(verb, heads, Need.PEOPLE)


def _iter_about(head: Token) -> Iterator[Token]:
    """What follows "on" or "about"; of "on how to share the water", "the water"."""
    for preposition in get_children(head, "prep"):
        if preposition.lower_ in ("on", "about", "regarding", "concerning"):
            yield from get_children(preposition, "pobj")
            for clause in get_children(preposition, "pcomp"):
                yield from get_children(clause, "dobj")


def _read_prepositions(verb: Token, lemma: str) -> Cue | None:
    """ "focused on X", "talked about X", "will press the minister on X"."""
    loose = lemma in get_issue_words("prepositions", "loose")
    pairs = get_issue_words("prepositions", "pairs")
    found = tuple(noun for p, noun in iter_objects(verb) if f"{lemma}:{p.lower_}" in pairs and not is_time(noun))
    if found:
        if loose and _is_habit(verb):
            return None
        return make_cue(verb, found, Need.EVENT if loose or lemma == "complain" else Need.PEOPLE)
    objects = [noun for noun in get_children(verb, "dobj", "nsubjpass") if is_people(noun)]
    objects += [noun for _, noun in iter_objects(verb, "to", "with") if is_people(noun)]
    persons = get_issue_words("prepositions", "persons")
    if not objects:
        return None
    found = tuple(
        noun
        for head in (verb, *objects)
        for p, noun in iter_objects(head)
        if f"{lemma}:{p.lower_}" in persons and not is_time(noun)
    )
    return make_cue(verb, found, Need.PEOPLE)


def _is_habit(verb: Token) -> bool:
    """ "They deal with debts every day": what somebody does always, unless talks do it."""
    is_plain = verb.tag_ in ("VBZ", "VBP") and not get_children(verb, "aux")
    return is_plain and not any(is_talk(noun) for noun in find_topic_subject(verb))


def is_time(noun: Token) -> bool:
    """A noun that is a day or an hour."""
    return noun.ent_type_ in ("DATE", "TIME")


def _has_examples(noun: Token) -> bool:
    """ "on issues like A and B, he noted": named because they came up."""
    return (
        noun.i + 1 < len(noun.doc)
        and noun.tag_ == "NNS"
        and noun.dep_ == "pobj"
        and noun.head.lower_ in ("on", "about")
        and any(iter_objects(noun, "like", "as"))
    )
