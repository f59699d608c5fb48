"""How real a clause says that an engagement is: tense, modality, negation and the verbs above it, into a `Status`.

None means that the words do not say; the caller takes the status of the engagement that they refer to, or of the
sentence. A date after the day of publication is weighed by the caller.
"""

from __future__ import annotations

from spacy.tokens import Token

from communique.annotate.clauses import (
    find_first_conjunct,
    find_governor,
    get_auxiliaries,
    get_children,
    get_lemma,
    is_negated,
    is_verb,
    iter_objects,
)
from communique.annotate.events.gerunds import read_gerund
from communique.annotate.events.triggers import Trigger, get_keys, get_words
from communique.model import Status

_ATTENDING = ("attend", "take", "participate", "join", "invite", "be")
_WILL = frozenset({"will", "shall", "'ll", "wo"})
_POSSIBLE = frozenset({"may", "might", "could", "can", "ca", "should", "must", "ought"})
_PRESENT_BE = frozenset({"is", "are", "am", "'s", "'re", "'m"})
_IS_REAL = (Status.HAPPENED, Status.ONGOING, Status.PLANNED, Status.EXPECTED)
_OF_MANNER = {
    "cancel": Status.CANCELLED,
    "postpone": Status.PLANNED,
    "plan": Status.PLANNED,
    "deny": Status.DENIED,
    "expect": Status.EXPECTED,
}
_OF_OWNER = {"planned_nouns": Status.PLANNED, "possible_nouns": Status.POSSIBLE, "denied_nouns": Status.DENIED}
_OF_ADJECTIVE = {
    "planned_adjectives": Status.PLANNED,
    "possible_adjectives": Status.POSSIBLE,
    "expected_adjectives": Status.EXPECTED,
    "cancelled_adjectives": Status.CANCELLED,
    "ongoing_adjectives": Status.ONGOING,
    "happened_adjectives": Status.HAPPENED,
}


def read_verb_status(verb: Token) -> Status | None:
    """How real a verb's clause is. None for a bare participle under nothing that says."""
    known: dict[int, Status | None] = verb.doc.user_data.setdefault("verb_status", {})  # asked for by many annotators
    if verb.i not in known:
        known[verb.i] = _read_verb_status(verb)
    return known[verb.i]


def _read_verb_status(verb: Token) -> Status | None:
    status = _read_form(verb, 0)
    if is_negated(verb) and status in _IS_REAL:
        return Status.DENIED
    if any(child.lower_ in ("if", "whether", "unless", "lest") for child in get_children(verb, "mark")):
        return Status.POSSIBLE
    if verb.dep_ == "ccomp" and is_verb(verb.head) and get_lemma(verb.head) in ("deny", "doubt") and status in _IS_REAL:
        return Status.DENIED
    return status


def _read_form(verb: Token, depth: int) -> Status | None:
    auxiliaries = get_auxiliaries(verb)
    if auxiliaries & _WILL:
        likely = any(child.lower_ in ("likely", "probably", "presumably") for child in verb.children)
        return Status.EXPECTED if likely else Status.PLANNED
    if auxiliaries & _POSSIBLE:
        return Status.POSSIBLE
    if auxiliaries & {"would", "'d"} and "have" not in auxiliaries:
        return Status.PLANNED if verb.dep_ in ("ccomp", "relcl", "conj") else Status.POSSIBLE
    if "to" in auxiliaries:
        return _read_infinitive(verb, depth)
    if verb.tag_ == "VBD" or auxiliaries & {"has", "have", "had", "'ve", "did", "was", "were"}:
        return Status.HAPPENED
    if verb.tag_ == "VBG" and auxiliaries & _PRESENT_BE:
        return Status.ONGOING
    if verb.tag_ in ("VBZ", "VBP"):
        return Status.PLANNED if _is_before_plan(verb, depth) else Status.HAPPENED
    if verb.tag_ in ("VBG", "VBN") and depth < 4 and verb.dep_ != "ROOT":
        governor = verb.head if is_verb(verb.head) else find_governor(verb)
        if auxiliaries & _PRESENT_BE:
            return Status.HAPPENED
        told = read_gerund(verb, governor)
        if told is not None:
            return told
        return _read_form(governor, depth + 1) if governor is not None else None
    return Status.HAPPENED if verb.tag_ == "VBN" else None


def _is_before_plan(verb: Token, depth: int) -> bool:
    """ "will meet on Monday before the leaders hold a summit": as far ahead as what it is told with."""
    marks = {child.lower_ for child in get_children(verb, "mark", "advmod")}
    if verb.dep_ == "pcomp":
        marks.add(verb.head.lower_)
    governor = find_governor(verb) if marks & {"before", "when", "after", "until", "once"} else None
    return governor is not None and depth < 4 and _read_form(governor, depth + 1) is Status.PLANNED


def _read_infinitive(verb: Token, depth: int) -> Status | None:
    """ "to meet": by the word above it."""
    head = verb.head
    if head.i == verb.i:
        return Status.PLANNED  # "Haas to meet Moreau", a headline
    lemma = get_lemma(head)
    for name, status in (
        ("expect", Status.EXPECTED),
        ("plan", Status.PLANNED),
        ("deny", Status.DENIED),
        ("cancel", Status.CANCELLED),
        ("wish", Status.POSSIBLE),
    ):
        if lemma in get_words("status", name):
            return _negate(head, status)
    if lemma == "be" or (verb.dep_ == "advcl" and "be" in get_auxiliaries(verb)):
        return _negate(head, Status.PLANNED)  # "was to meet", "… talks, to be followed by a dinner"
    if is_verb(head) and depth < 4:
        above = _read_form(head, depth + 1)
        if verb.dep_ == "advcl" and above is Status.HAPPENED and get_auxiliaries(head) & {"has", "have", "'ve"}:
            return Status.PLANNED  # "has arrived to meet"
        return _negate(head, above)
    if head.pos_ == "NOUN":
        return _read_under_noun(head, depth)
    return Status.POSSIBLE if head.pos_ == "ADJ" else None


def _read_under_noun(noun: Token, depth: int) -> Status | None:
    """ "the opportunity to meet": realised where somebody had or took it."""
    lemma, governor = get_lemma(noun), noun.head
    if (
        lemma in get_words("status", "realised_nouns")
        and is_verb(governor)
        and get_lemma(governor) in ("have", "take", "get", "use", "give")
    ):
        return _negate(governor, _read_form(governor, depth + 1))
    if lemma in get_words("status", "possible_nouns"):
        return Status.POSSIBLE
    if lemma in get_words("status", "denied_nouns"):
        return Status.DENIED
    return Status.PLANNED if lemma in get_words("status", "planned_nouns") else None


def _negate(verb: Token, status: Status | None) -> Status | None:
    return Status.DENIED if status in _IS_REAL and is_negated(verb) else status


def _read_called_off(noun: Token) -> Status | None:
    """ "The talks, planned for Wednesday, were cancelled": the main verb has the last word.

    What was put off without a new date did not take place on its day, and counts as cancelled.
    """
    top = find_first_conjunct(noun)
    if top.dep_ == "pobj" and top.head.lower_ in ("for", "of") and get_lemma(top.head.head) in _PLANS:
        top = top.head.head  # "plans for a summit have been shelved"
    verb = top.head
    if top.dep_ != "nsubjpass" or not (_CALLED_OFF | _TURNED_DOWN).intersection(get_keys(verb)):
        return None
    told = read_verb_status(verb)
    has_new_date = any(child.lower_ in ("to", "until", "till") for child in get_children(verb, "prep"))
    is_off = told in (Status.HAPPENED, Status.ONGOING) and not (get_lemma(verb) in _PUT_OFF and has_new_date)
    return Status.CANCELLED if is_off else Status.PLANNED


def _is_mooted(noun: Token) -> bool:
    """ "A meeting of the two was discussed": spoken of, no more."""
    top = find_first_conjunct(noun)
    mooted = ("discuss", "consider", "float", "moot", "suggest", "offer")
    if top.dep_ == "nsubjpass" and get_lemma(top.head) in mooted:
        return True
    if any(get_lemma(verb) in mooted and verb.tag_ == "VBN" for verb in get_children(noun, "acl")):
        return True
    doubts = {child.lower_ for _, child in iter_objects(top.head, "in")} if top.dep_ == "nsubj" else set()
    return bool(doubts & {"doubt", "question", "limbo"})


_PUT_OFF = frozenset({"postpone", "delay", "suspend", "put"})
_PLANS = ("plan", "preparation", "proposal", "idea")
_TURNED_DOWN = frozenset({"decline", "reject", "refuse", "turn_down"})
_DROPPED = frozenset({"cancel", "scrap", "drop", "shelve", "abandon", "abort"})
_CALLED_OFF = _DROPPED | _PUT_OFF - {"put"} | {"call_off", "put_off"}
_HELD = frozenset({"held", "hosted", "concluded", "signed"})


def read_status(trigger: Trigger) -> Status | None:
    """What the words around a trigger say of it; None when they say nothing.

    In this order: adjectives ("upcoming"), the verb that carries it, the noun or preposition that it hangs on.
    """
    if not trigger.is_noun:
        status = read_verb_status(trigger.token)
        is_expected = trigger.frame == "due" and get_lemma(trigger.token) == "expect"
        return Status.EXPECTED if is_expected and status in (Status.HAPPENED, Status.ONGOING) else status
    if any(child.lower_ == "no" for child in get_children(trigger.token, "det")):
        return Status.DENIED
    called_off = _read_called_off(trigger.token)
    if called_off is not None:
        return called_off
    for child in trigger.token.lefts:
        if child.dep_ in ("amod", "advmod", "compound"):
            for name, status in _OF_ADJECTIVE.items():
                if child.lower_ in get_words("status", name):
                    return status
    if _is_mooted(trigger.token):
        return Status.POSSIBLE
    if any(
        child.lower_ in _HELD and "to" not in get_auxiliaries(child) for child in get_children(trigger.token, "acl")
    ):
        return Status.HAPPENED  # "should build on the talks held last year"
    following = trigger.block.tokens[trigger.end : trigger.end + 2]
    if len(following) == 2 and following[0].lower_ == "to" and following[1].lower_ in get_words("predicates", "verbs"):
        return Status.PLANNED  # "Visit To Focus On Trade", a headline
    if trigger.manner == "plan" and any(child.lower_ == "the" for child in get_children(trigger.token, "det")):
        return None  # "announced the visit": it has been told of before
    if trigger.carrier is not None and trigger.manner:
        return _read_carrier(trigger.carrier, trigger.manner)
    return _read_place_in_sentence(find_first_conjunct(trigger.token))


def _read_carrier(carrier: Token, manner: str) -> Status | None:
    told = read_verb_status(carrier)
    if manner == "postpone" and not any(c.lower_ in ("to", "until", "till") for c in get_children(carrier, "prep")):
        manner = "cancel"  # put off without a new date
    if manner in ("cancel", "plan", "expect", "deny"):
        if told is Status.DENIED and manner == "plan" and get_lemma(carrier) in ("announce", "confirm"):
            return Status.POSSIBLE  # not announced, and not ruled out either
        if told is Status.DENIED and manner in ("plan", "expect"):
            return Status.DENIED
        if told is Status.POSSIBLE and manner in ("plan", "expect"):
            return Status.POSSIBLE  # "tried to arrange a call", "may be planned"
        # "plans to cancel": not yet; "may be cancelled": still planned.
        return _OF_MANNER[manner] if told in (None, Status.HAPPENED, Status.ONGOING) else Status.PLANNED
    if manner == "absent":
        return Status.HAPPENED if told is Status.HAPPENED else None
    if manner == "hold" and get_lemma(carrier) in _ATTENDING and (is_negated(carrier) or is_negated(carrier.head)):
        return None  # who stays away says nothing of whether it took place
    if (
        manner == "predicate"
        and told is Status.DENIED
        and get_lemma(carrier) not in ("take", "occur", "happen", "begin", "start")
    ):
        told = Status.HAPPENED  # "the talks were not easy"
    if manner == "copula" and get_lemma(carrier) == "be" and carrier.tag_ in ("VBZ", "VBP"):
        return None
    if (
        get_lemma(carrier) in ("begin", "start", "open", "continue", "resume")
        and told is Status.HAPPENED
        and carrier.tag_ in ("VBZ", "VBP")
    ):
        return Status.ONGOING
    if (
        get_lemma(carrier) in ("be", "come", "go", "embark", "mark", "follow", "bring")
        and told is Status.HAPPENED
        and carrier.tag_ in ("VBZ", "VBP")
    ):
        return Status.ONGOING if manner == "hold" else None
    return _OF_MANNER.get(manner, told)


def _read_place_in_sentence(noun: Token) -> Status | None:
    """By what a noun without carrier hangs on: "after talks", "an agreement about a summit", "ahead of the visit"."""
    head = noun.head
    if noun.dep_ == "pobj":
        owner = head.head
        if head.lower_ in get_words("status", "after"):
            governor = find_governor(noun)
            return (
                Status.HAPPENED
                if governor is None or read_verb_status(governor) in (Status.HAPPENED, Status.ONGOING)
                else None
            )
        if head.lower_ in ("of", "for", "about", "on", "to", "regarding", "over"):
            for name, status in _OF_OWNER.items():
                if get_lemma(owner) in get_words("status", name):
                    return status
        if head.lower_ in get_words("status", "before") or owner.lower_ in ("ahead", "up"):
            return Status.PLANNED
    governor = noun.head if is_verb(noun.head) else find_governor(noun)
    if governor is None:
        return None
    is_wished = get_lemma(governor) in get_words("status", "wish") | {"start", "facilitate"}
    if noun.dep_ == "dobj" and is_wished and not get_children(governor, "oprd"):  # "called the talks fruitful"
        return Status.POSSIBLE
    told = read_verb_status(governor)
    if get_lemma(governor) in get_words("status", "expect") | get_words("status", "plan"):
        told = next((read_verb_status(verb) for verb in get_children(governor, "xcomp")), told)
    is_definite = any(
        child.lower_ in ("the", "this") or child.dep_ == "poss" for child in get_children(noun, "det", "poss")
    )
    if noun.dep_ == "pobj" and noun.head.lower_ in ("in", "at", "during") and told in (Status.PLANNED, Status.EXPECTED):
        return None if is_definite else told
    # A report in the past tense tells of what was; the future of another verb does not make a visit future.
    return Status.HAPPENED if told is Status.HAPPENED and governor.tag_ not in ("VBZ", "VBP") else None
