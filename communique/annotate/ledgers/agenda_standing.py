"""Cues of what stands on an agenda: "the main topic was X", "X topped the agenda", "the talks covered X"."""

from __future__ import annotations

from spacy.tokens import Token

from communique.annotate.clauses import find_first_conjunct, get_children, get_lemma, is_negated, is_verb, iter_objects
from communique.annotate.events.people import is_people
from communique.annotate.events.status import read_verb_status
from communique.annotate.ledgers.cue import (
    Cue,
    Need,
    find_topic_subject,
    is_talk,
    iter_below,
    make_cue,
)
from communique.annotate.ledgers.issues import get_issue_words, iter_listed_issues
from communique.model import AHEAD, Phase, Status

_COPULAS = ("be", "become", "remain")


def read_standing(verb: Token, lemma: str) -> Cue | None:
    """The cue of a verb that says what was on an agenda; None where it says something else."""
    if lemma in _COPULAS:
        return _read_copula(verb)
    if lemma in get_issue_words("agenda", "leads"):
        return _read_lead(verb)
    if lemma in get_issue_words("agenda", "holds"):
        return _read_holder(verb) or (_read_appearance(verb) if lemma == "feature" else None)
    if lemma in get_issue_words("agenda", "turns"):
        return _read_turn(verb)
    if lemma == "take":
        return _read_share(verb)
    return _read_appearance(verb)


# --- to be ----------------------------------------------------------------------------------------


def _read_copula(verb: Token) -> Cue | None:
    subjects, attributes = find_topic_subject(verb), get_children(verb, "attr")
    listed = _read_among(verb, subjects, attributes)
    if listed is not None:
        return listed
    if not attributes:  # "One bright spot could be in the sphere of X"
        attributes = [n for _, n in iter_objects(verb, "in") if get_lemma(n) in get_issue_words("issue", "wrappers")]
    for one, other in ((attributes, subjects), (subjects, attributes)):
        if other and any(_is_topic(noun) for noun in one):
            taboo = any(child.lower_ in get_issue_words("avoided", "adjectives") for n in one for child in n.children)
            cue = make_cue(verb, tuple(_find_issues(other)), impersonal=True)
            return _as_avoided(cue) if taboo else cue
    for adjective in get_children(verb, "acomp", "advmod", "attr"):
        if adjective.lower_ in get_issue_words("avoided", "adjectives"):
            return _as_avoided(make_cue(verb, tuple(subjects), impersonal=True))
        if adjective.lower_ in get_issue_words("avoided", "absent") and any(
            is_talk(noun) or get_lemma(noun) in get_issue_words("agenda", "texts")
            for noun in iter_below(adjective, "from")
        ):
            own = [noun for noun in subjects if not is_people(noun) or noun.ent_type_ in ("GPE", "NORP", "LOC")]
            return _as_avoided(make_cue(verb, tuple(own), impersonal=True))
    return _read_place(verb, subjects, attributes)


def _as_avoided(cue: Cue | None) -> Cue | None:
    if cue is None or cue.phase is Phase.AVOIDED:
        return None
    return Cue(cue.verb, cue.heads, Phase.AVOIDED, is_impersonal=True)


def _find_issues(nouns: list[Token]) -> list[Token]:
    """Of "X is expected to be the main subject", X; never who talks."""
    return [
        noun for noun in nouns if not is_people(noun) or noun.ent_type_ in ("GPE", "NORP", "LOC") or noun.tag_ == "NNS"
    ]


def _is_topic(noun: Token) -> bool:
    """Of talks, or the main one; "the subject of a book" is none."""
    lemma = get_lemma(noun)
    points = get_issue_words("agenda", "points")
    if lemma not in get_issue_words("agenda", "topics") | points:
        return False
    below = [get_lemma(child) for child in iter_below(noun, "of", "for", "at", "in", "on", "between")]
    below += [get_lemma(inner) for child in iter_below(noun, "of", "for") for inner in iter_below(child, "in", "at")]
    agendas = get_issue_words("agenda", "agendas")
    if any(word in agendas or word in ("discussion", "contention") for word in below) and (
        lemma not in points or any(word in agendas for word in below)
    ):
        return True
    marks = {child.lower_ for child in noun.lefts}
    if lemma == "priority" or lemma in points or below:
        return False
    return bool(marks & get_issue_words("agenda", "ranks") or marks & get_issue_words("avoided", "adjectives"))


def _read_among(verb: Token, subjects: list[Token], attributes: list[Token]) -> Cue | None:
    """ "Among the subjects were X and Y", "X was among the matters discussed"."""
    top = verb if verb.dep_ != "aux" else verb.head
    for _, noun in (*iter_objects(verb, "among"), *(iter_objects(top, "among") if top.i != verb.i else ())):
        discussed = any(get_lemma(c) in get_issue_words("objects", "plain") for c in get_children(noun, "acl", "relcl"))
        if get_lemma(noun) not in get_issue_words("agenda", "topics") or not (discussed or noun.tag_ == "NNS"):
            continue
        if noun.i < verb.i:
            listed = tuple(iter_listed_issues(verb.nbor(1), verb.sent.end)) if verb.i + 1 < verb.sent.end else ()
            phase = Phase.EXPECTED if read_verb_status(top) in AHEAD else Phase.ADDRESSED
            return Cue(verb, (), phase, Need.EVENT, True, verb.tag_ in ("VBZ", "VBP"), listed) if listed else None
        return make_cue(verb, tuple(subjects or attributes), impersonal=True)
    return None


def _read_place(verb: Token, subjects: list[Token], attributes: list[Token]) -> Cue | None:
    """ "X was on the agenda", "high on the list is X", "X was at the heart of the talks"."""
    hooks = [verb, *get_children(verb, "acomp", "advmod"), *(s for s in subjects if s.pos_ in ("ADV", "ADJ"))]
    for hook in hooks:
        for preposition, noun in iter_objects(hook):
            where = _find_place(preposition, noun)
            if not where:
                continue
            # "On the agenda was likely to be X": how real it is, the inner verb says.
            inner = [
                x
                for child in get_children(verb, "acomp", "xcomp")
                for x in (child, *get_children(child, "xcomp"))
                if get_children(x, "attr")
            ]
            below = [noun for child in inner for noun in get_children(child, "attr")]
            named = [s for s in subjects if s.pos_ not in ("ADV", "ADJ")]
            heads = tuple(below or _find_issues(named) or attributes)
            cue = make_cue(inner[0] if inner else verb, heads, Need.PEOPLE, impersonal=True)
            return _as_avoided(cue) if where == "off" else cue
    return None


def _find_place(preposition: Token, noun: Token) -> str:
    """ "on" or "off" the agenda; empty where a phrase is no place of issues."""
    word = preposition.lower_
    if word in ("on", "off") and noun.lower_ in ("agenda", "table", "list", "menu", "program", "programme"):
        return word
    if word in ("at", "in", "to") and get_lemma(noun) in get_issue_words("agenda", "places"):
        return "on" if any(is_talk(inner) for inner in iter_below(noun, "of")) else ""
    return "on" if word in ("in",) and noun.lower_ in ("focus", "foreground") else ""


def read_beside(noun: Token) -> Cue | None:
    """ "with X and Y high on the agenda", "On the agenda: X and Y"."""
    if not is_talk(noun) or noun.dep_ != "pobj":
        return None
    tokens = noun.doc
    preposition, place = noun.head, noun
    if preposition.lower_ == "of" and preposition.head.dep_ == "pobj":
        place, preposition = preposition.head, preposition.head.head
    if not _find_place(preposition, place):
        return None
    if noun.i + 2 < noun.sent.end and tokens[noun.i + 1].text == ":":
        listed = tuple(iter_listed_issues(tokens[noun.i + 2], noun.sent.end))
        return Cue(noun, (), Phase.ADDRESSED, Need.EVENT, True, True, listed) if listed else None
    owner = preposition.head if preposition.head.pos_ not in ("ADJ", "ADV") else preposition.head.head
    if owner.pos_ not in ("NOUN", "PROPN"):
        return None
    first = find_first_conjunct(owner)
    if first.dep_ != "pobj" or first.head.lower_ != "with" or not is_verb(first.head.head):
        return None
    governor = first.head.head
    status = read_verb_status(governor)
    if status is None or is_negated(governor):
        return None
    phase = Phase.EXPECTED if status in AHEAD else Phase.ADDRESSED
    return Cue(governor, (first,), phase, is_impersonal=True, follows_event=True)


# --- other verbs ----------------------------------------------------------------------------------


def _read_lead(verb: Token) -> Cue | None:
    """ "X topped the agenda", "X dominated the talks", "X loomed over the summit"."""
    led = [*get_children(verb, "dobj", "nsubjpass"), *(noun for _, noun in iter_objects(verb, "over"))]
    if not any(is_talk(noun) for noun in led):
        return None
    subjects = get_children(verb, "nsubj")
    own = [noun for noun in find_topic_subject(verb) if not is_people(noun) or noun.ent_type_ in ("GPE", "LOC")]
    if not subjects and verb.tag_ == "VB" and verb.left_edge.i > 0 and not own:
        own = _find_before(verb.doc[verb.left_edge.i - 1])
    if get_children(verb, "nsubjpass"):
        own = [noun for _, noun in iter_objects(verb, "by")]
    return make_cue(verb, tuple(own), Need.PEOPLE, impersonal=True)


def _find_before(token: Token) -> list[Token]:
    """In "with the issues of A and B to top the agenda" the parser does not say what tops it."""
    token = find_first_conjunct(token)
    while token.dep_ == "pobj" and token.head.lower_ == "of":
        token = token.head.head
    return [token] if token.pos_ in ("NOUN", "PROPN") else []


def _read_holder(verb: Token) -> Cue | None:
    """ "The talks covered X", "topics include X and Y"."""
    holders = [noun for noun in find_topic_subject(verb) if is_talk(noun) or _is_plain_topic(noun)]
    if not holders or not get_children(verb, "dobj"):
        return None
    return make_cue(verb, tuple(get_children(verb, "dobj")), impersonal=True)


def _is_plain_topic(noun: Token) -> bool:
    return noun.tag_ == "NNS" and get_lemma(noun) in ("topic", "subject", "theme", "issue", "item")


def _read_turn(verb: Token) -> Cue | None:
    """ "The conversation turned to X"."""
    if not any(is_talk(noun) for noun in get_children(verb, "nsubj")):
        return None
    heads = tuple(noun for _, noun in iter_objects(verb, "to", "towards"))
    heads = tuple(noun for noun in heads if noun.ent_type_ not in ("GPE", "DATE", "TIME", "FAC"))
    return make_cue(verb, heads, impersonal=True)


def _read_share(verb: Token) -> Cue | None:
    """ "X took up most of the time"."""
    if not any(child.lower_ == "up" for child in verb.children):
        return None
    shares = [noun for noun in get_children(verb, "dobj") if get_lemma(noun) in get_issue_words("agenda", "shares")]
    if not any(
        get_lemma(below) == "time" or is_talk(below) for noun in shares for below in (noun, *iter_below(noun, "of"))
    ):
        return None
    own = [noun for noun in find_topic_subject(verb) if not is_people(noun) or noun.ent_type_ in ("GPE", "LOC")]
    return make_cue(verb, tuple(own), impersonal=True)


def _read_appearance(verb: Token) -> Cue | None:
    """ "X came up", "X figured in the talks"."""
    particle = next((child.lower_ for child in get_children(verb, "prt")), "")
    key = f"{get_lemma(verb)}_{particle}" if particle else get_lemma(verb)
    if key == "come" and any(child.lower_ == "first" for child in get_children(verb, "advmod")):
        own = [noun for noun in find_topic_subject(verb) if not is_people(noun) or noun.ent_type_ in ("GPE", "LOC")]
        return make_cue(verb, tuple(own), impersonal=True)
    if key not in get_issue_words("agenda", "appears") or any(iter_objects(verb, "with", "to", "from")):
        return None
    if key not in ("come_up", "crop_up") and not any(is_talk(noun) for _, noun in iter_objects(verb, "in", "on", "at")):
        return None
    own = [noun for noun in find_topic_subject(verb) if not is_people(noun) or noun.ent_type_ in ("GPE", "NORP", "LOC")]
    return make_cue(verb, tuple(own), impersonal=True)


# --- at the head of a sentence --------------------------------------------------------------------


def read_fronted(preposition: Token) -> Cue | None:
    """ "On Cyprus, the two sides …", "On grain the tone was cooler": what was talked about, and how."""
    nouns = get_children(preposition, "pobj")
    verb = preposition.head
    if preposition.dep_ != "prep" or not is_verb(verb) or not nouns or verb.i < preposition.i:
        return None
    noun = nouns[0]
    if noun.ent_type_ in ("DATE", "TIME", "PERSON", "ORDINAL", "CARDINAL") or _is_idle(noun):
        return None
    subjects = [*get_children(verb, "nsubj", "nsubjpass", "expl"), *get_children(verb, "attr")]
    parties = get_issue_words("agenda", "parties")
    if not any(get_lemma(subject) in parties or subject.lower_ in parties for subject in subjects):
        return None
    status = read_verb_status(verb)
    phase = Phase.EXPECTED if status in AHEAD else Phase.ADDRESSED
    if status is None or (status is Status.DENIED and "there" not in {s.lower_ for s in subjects}):
        phase = Phase.ADDRESSED
    return Cue(verb, (noun,), phase, is_impersonal=True)


def _is_idle(noun: Token) -> bool:
    """ "On the sidelines", "on arrival", "on his part": no issue."""
    lemma = get_lemma(noun)
    return lemma in (
        "sideline", "margin", "arrival", "part", "hand", "balance", "whole", "visit", "trip", "eve", "day", "occasion",
        "side", "fringe", "board", "behalf", "average", "paper", "return", "agenda", "table", "way", "basis", "top",
        "condition", "camera", "stage", "condition", "point", "contrary", "morning", "evening", "request", "advice",
        "front", "list", "ground", "facebook", "twitter", "issue", "topic", "matter", "subject", "question",
    )  # fmt: skip
