"""The tense of a verb in the parse, or on which side of the report it places what depends on it.

Its own form decides, or that of the verb which governs it ("had been due to expire Friday"). The words that decide are
in the table ``times``.
"""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from communique.tables import load_table
from communique.text.timex.phrases import Tense

# Steps from one verb up to the next; beyond, it is a list or a fragment.
CLIMB = 8


@cache
def get_words(kind: str) -> dict[str, str]:
    """The words of one list of the table ``times`` that place what depends on them, with what they stand for."""
    words = load_table("times")["verbs"][kind]
    return words if isinstance(words, dict) else dict.fromkeys(words, kind)


def get_lemma(token: Token) -> str:
    """In lower case."""
    return token.lemma_.lower()


def get_auxiliaries(verb: Token) -> list[Token]:
    """The "has been" of "has been held", in text order."""
    return [child for child in verb.children if child.dep_ in ("aux", "auxpass")]


def is_pluperfect(token: Token) -> bool:
    """As in "had been due", "had been scheduled"."""
    return any(child.lower_ == "had" for verb in (token, token.head) for child in verb.children)


def read_verb(verb: Token, before: str, is_behind: bool) -> Tense | None:
    """On which side of the report a verb places a time that depends on it; None where it does not say.

    Args:
        verb: Or a noun or adjective that places it ahead ("due", "plans").
        before: The word before the time.
        is_behind: Whether the time stands after the verb.
    """
    lemma = get_lemma(verb)
    if lemma not in get_words("ahead") and lemma not in get_words("promise"):
        return read_tense(verb)
    if not is_active_past(verb):
        return _read_ahead(verb)
    if before == "for":
        return Tense.FUTURE
    # "They planned a march on Saturday" is of the march, "on Friday they planned to pay" is of the planning
    return Tense.PLANNED if is_behind and lemma in get_words("ahead") else read_tense(verb)


def is_active_past(verb: Token) -> bool:
    """As in "planned", "have planned", not "was planned"."""
    words = {token.lower_ for token in get_auxiliaries(verb)}
    active = verb.tag_ == "VBD" or (verb.tag_ == "VBN" and words & {"has", "have", "had", "'ve"})
    return bool(active and not any(child.dep_ == "auxpass" for child in verb.children))


def _read_ahead(word: Token) -> Tense | None:
    """Of what was or is due, planned, expected."""
    if is_pluperfect(word) or any(child.lower_ in get_words("superseded") for child in word.children):
        return Tense.PAST
    if word.pos_ == "NOUN":
        return Tense.FUTURE
    finite = get_auxiliaries(word) or ([word.head] if word.dep_ == "acomp" else [])
    forms = {token.lower_ for token in finite}
    if forms & {"was", "were"}:
        told = word if word.pos_ == "VERB" else word.head
        return Tense.FUTURE if told.dep_ in ("ccomp", "relcl") and told.head.i != told.i else Tense.PLANNED
    if word.tag_ == "VBN" and not forms:
        return Tense.PLANNED
    return Tense.FUTURE


def read_tense(verb: Token, steps: int = CLIMB) -> Tense | None:
    """The tense of a verb by its form, its auxiliaries and, for an infinitive or a participle, the verb above it.

    Args:
        verb: A verb or an auxiliary.
        steps: How many verbs above it may be asked.
    """
    auxiliaries = get_auxiliaries(verb)
    words = {token.lower_ for token in auxiliaries} | ({verb.lower_} if verb.pos_ == "AUX" else set())
    if verb.dep_ == "advcl" and _is_condition(verb) and not words & {"had", "has", "have"}:
        return Tense.FUTURE  # "would gain if she won on Sunday", "if he is elected in May"
    modal = words & get_words("future").keys()
    if modal:
        is_over = "could" in words and _is_denied(verb)  # "could not be reached on Friday"
        is_over |= "have" in words and verb.tag_ == "VBN" and not words & {"will", "'ll", "shall"}
        return Tense.PAST if is_over else Tense.FUTURE
    if "to" in words:
        # "is said to have left on Friday"
        return Tense.PAST if "have" in words and verb.tag_ == "VBN" else _read_infinitive(verb, steps)
    finite = auxiliaries[0] if auxiliaries else verb
    tense = finite.morph.get("Tense", [])
    if "Past" in tense and not (verb.tag_ == "VBG" and not auxiliaries):
        return Tense.PAST
    if verb.tag_ == "VBG" and "been" in words:
        return Tense.PAST  # "has been raising money"
    if verb.tag_ == "VBN" and finite.lemma_ in ("have", "having", "be") and "being" not in words:
        # "is held on Tuesday" tells what is to be, "has been held" and "is said to" what was
        return Tense.PAST if finite.lemma_ != "be" or get_lemma(verb) == "date" else Tense.PRESENT
    if verb.tag_ == "VBG" and verb.head.lower_ == "of" and get_lemma(verb.head.head) in get_words("prospect"):
        return Tense.FUTURE  # "the chances of winning in November"
    if verb.tag_ in ("VBG", "VB") and not auxiliaries and steps:
        above = _read_above(verb, steps)
        is_done = above is Tense.PRESENT and verb.dep_ == "pcomp" and verb.head.lower_ == "after"
        return Tense.PAST if is_done else above  # "holds a stake after selling shares on Friday"
    return Tense.PRESENT if "Pres" in tense else None


def _is_condition(verb: Token) -> bool:
    """Whether a clause says under which condition something would come about."""
    is_if = any(child.dep_ == "mark" and child.lower_ == "if" for child in verb.children)
    return is_if and bool({token.lower_ for token in get_auxiliaries(verb.head)} & get_words("future").keys())


def _is_denied(verb: Token) -> bool:
    return any(
        child.dep_ == "neg" or (child.dep_ in ("nsubj", "nsubjpass") and child.left_edge.lower_ in get_words("none"))
        for child in verb.children
    )


def _read_infinitive(verb: Token, steps: int) -> Tense | None:
    """ "hopes to meet" is ahead; "managed to meet", "flew home to meet" are over if their verb is."""
    head = verb.head
    if head.i == verb.i or not steps:
        return Tense.FUTURE
    if head.lower_ in ("was", "were") and verb.dep_ == "xcomp":
        return Tense.PLANNED  # "was to arrive on Monday", in a report of Tuesday
    if head.tag_ == "VBD" and head.dep_ == "advcl" and get_lemma(head) in get_words("ahead"):
        return Tense.PLANNED  # "as she prepared to speak on Tuesday, a fight broke out"
    if get_lemma(head) in get_words("ahead") and head.pos_ in ("VERB", "ADJ") and is_pluperfect(head):
        return Tense.PAST
    if head.pos_ in ("VERB", "AUX", "ADJ") and get_lemma(head) in get_words("realised"):
        above = head if head.pos_ != "ADJ" else head.head
        return Tense.PAST if read_tense(above, steps - 1) is Tense.PAST else Tense.FUTURE
    return Tense.FUTURE


def _read_above(verb: Token, steps: int) -> Tense | None:
    """Of "meeting", "sign" in "will meet and sign": that of the next verb above."""
    token = verb
    for _ in range(CLIMB):
        if token.head is token:
            return None
        token = token.head
        if token.pos_ in ("VERB", "AUX"):
            return read_tense(token, steps - 1)
    return None
