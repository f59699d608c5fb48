"""A paragraph's clauses into cues that something was left out, or somebody kept silent, whatever the occasion.

1. Left out: "made no mention of", "says nothing about", "omits", "the word X does not appear", "was not raised".
2. Held back: "stopped short of calling", "did not name the diplomats", "kept silent on", "left unsaid".
3. No answer: "had no comment", "no reaction from Oslo", "dodged a question", "did not reply when asked".
4. Not there, in other words than those of `silence_cues`: "was not represented", "was excluded from", "sent no envoy".
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from communique.annotate.clauses import (
    find_subject,
    get_auxiliaries,
    get_children,
    get_lemma,
    is_negated,
    iter_objects,
)
from communique.annotate.events.people import is_people
from communique.annotate.ledgers.issues import get_issue_words
from communique.annotate.ledgers.silence_words import Cue, get_silence_words, has_no, is_told, span
from communique.model import SilenceKind

_ABOUT = ("of", "to", "about", "on", "regarding", "concerning")
_MARKS = frozenset('"“”') | {"``", "''"}
MAX_QUOTED = 12  # tokens of a word or phrase in quotation marks
_PLAIN = frozenset(
    {"be", "remain", "stay", "keep", "go", "leave", "pass", "have", "send", "change", "say", "utter", "tell"}
    | {"speak", "stop", "fall", "refrain", "fail", "neglect"}
)
_NOTHING = frozenset({"nothing", "little"})


@cache
def get_unsaid_verbs() -> frozenset[str]:
    """The lemmas of the verbs that can tell of such a silence."""
    withheld = ("containing", "omitting", "raising", "appearing", "uttering", "unsaid")
    lists = [get_silence_words("withheld", name) for name in withheld]
    lists += [get_silence_words("refused", name) for name in ("evading", "respond")]
    lists += [get_silence_words("absent", name) for name in ("represented", "admitted", "excluded")]
    return _PLAIN.union(*lists)


def find_unsaid(verb: Token) -> Cue | None:
    """The silence that a verb tells; None for what only may be, and in conditions."""
    if not is_told(verb):
        return None
    readers = (_read_left_out, _read_word, _read_held_back, _read_silent, _read_no_answer, _read_not_there)
    return next((cue for reader in readers if (cue := reader(verb)) is not None), None)


def _make(verb: Token, kind: SilenceKind, who: Token | None, what: Token | None) -> Cue | None:
    return Cue(verb, kind, who, span(what)) if what is not None else None


def _first(verb: Token, *prepositions: str) -> Token | None:
    return next((noun for _, noun in iter_objects(verb, *prepositions)), None)


def _clause_below(head: Token) -> Token | None:
    """ "about who pays": the clause that a preposition opens."""
    found = (c for p in get_children(head, "prep") if p.lower_ in _ABOUT for c in get_children(p, "pcomp"))
    return next(found, None)


def _about(*heads: Token) -> Token | None:
    found = (noun for head in heads for noun in (_first(head, *_ABOUT), _clause_below(head)) if noun is not None)
    return next(found, None)


# --- left out ---------------------------------------------------------------------------------------


def _read_left_out(verb: Token) -> Cue | None:
    lemma = get_lemma(verb)
    subject = find_subject(verb)
    if lemma in get_silence_words("withheld", "containing"):
        mentions = [n for n in get_children(verb, "dobj") if get_lemma(n) in get_silence_words("withheld", "mentions")]
        for noun in mentions:
            if has_no(noun) or is_negated(verb):
                return _make(verb, SilenceKind.TOPIC, subject, _about(noun, verb))
    if lemma in ("say", "utter", "tell", "speak"):
        said = [n for n in get_children(verb, "dobj") if n.lower_ in _NOTHING]
        said += [n for n in get_children(verb, "dobj") if n.lower_ == "word" and (is_negated(verb) or is_negated(n))]
        if said:
            return _make(verb, SilenceKind.TOPIC, subject, _about(*said, verb))
    if lemma in get_silence_words("withheld", "omitting") and not is_negated(verb):
        nouns = get_children(verb, "dobj", "nsubjpass")
        is_passive = bool(get_children(verb, "nsubjpass"))
        mentions = [n for n in nouns if get_lemma(n) in get_silence_words("withheld", "mentions")]
        what = _about(*mentions) if mentions else next(iter(nouns), None)
        return _make(verb, SilenceKind.TOPIC, None if is_passive else subject, what)
    if lemma in get_silence_words("refused", "evading") and not is_negated(verb):
        wrapped = [n for n in get_children(verb, "dobj") if get_lemma(n) in get_issue_words("issue", "wrappers")]
        what = next((noun for wrapper in wrapped for _, noun in iter_objects(wrapper, "of")), None)
        return _make(verb, SilenceKind.TOPIC, subject, what)
    if lemma in ("pass", "leave") and not is_negated(verb) and get_children(verb, "nsubjpass"):
        noun = get_children(verb, "nsubjpass")[0]
        words = {token.lower_ for child in verb.children for token in (child, *child.children)}
        is_left = {"over", "silence"} <= words or (lemma == "leave" and "out" in words and not is_people(noun))
        return _make(verb, SilenceKind.TOPIC, None, noun if is_left and noun.pos_ == "NOUN" else None)
    if lemma in get_silence_words("withheld", "raising") and is_negated(verb) and get_children(verb, "nsubjpass"):
        noun = get_children(verb, "nsubjpass")[0]
        is_issue = noun.pos_ in ("NOUN", "PROPN") and not is_people(noun)
        return _make(verb, SilenceKind.TOPIC, None, noun if is_issue else None)
    return None


def _read_word(verb: Token) -> Cue | None:
    """ "did not use the word X", "the word X does not appear in the text"."""
    lemma, words = get_lemma(verb), get_silence_words("withheld", "words")
    if lemma in get_silence_words("withheld", "appearing") and is_negated(verb):
        nouns = [noun for noun in get_children(verb, "nsubj") if noun.lower_ in words]
        return Cue(verb, SilenceKind.WORDS, None, _with_quotation(nouns[0])) if nouns else None
    if lemma in get_silence_words("withheld", "uttering") and (is_negated(verb) != (lemma == "avoid")):
        nouns = [noun for noun in get_children(verb, "dobj") if noun.lower_ in words]
        is_habit = bool(get_auxiliaries(verb) & {"do", "does"})  # "Americans do not use the word"
        is_told = bool(nouns) and not is_habit
        return Cue(verb, SilenceKind.WORDS, find_subject(verb), _with_quotation(nouns[0])) if is_told else None
    return None


def _with_quotation(noun: Token) -> tuple[int, int]:
    """ "the word 'coup'": the noun with what is quoted after it."""
    start, end = span(noun)
    following = noun.doc[noun.i + 1 : noun.i + MAX_QUOTED]
    marks = [token.i for token in following if token.text in _MARKS]
    return start, max(end, marks[1] + 1) if len(marks) > 1 and marks[0] == noun.i + 1 else end


# --- held back --------------------------------------------------------------------------------------


def _read_held_back(verb: Token) -> Cue | None:
    lemma, subject = get_lemma(verb), find_subject(verb)
    speech = get_silence_words("withheld", "speech")
    is_short = any(child.lower_ == "short" for child in verb.children)
    holds_back = lemma in ("refrain", "avoid") or (lemma in ("stop", "fall") and is_short)
    if holds_back and not is_negated(verb):
        for clause in _iter_acts(verb):
            if get_lemma(clause) in speech:
                return _make(verb, SilenceKind.WORDS, subject, clause)
        return None
    if lemma in ("fail", "neglect", "omit") and not is_negated(verb):
        for clause in get_children(verb, "xcomp"):
            if get_lemma(clause) in speech and "to" in get_auxiliaries(clause):
                return _make(verb, SilenceKind.WORDS, subject, clause)  # "failed to mention the wreck"
        return None
    if lemma in get_silence_words("withheld", "unsaid") and is_negated(verb):
        passive = get_children(verb, "nsubjpass")
        nouns = [n for n in passive or get_children(verb, "dobj") if n.pos_ in ("NOUN", "PROPN", "DET")]
        if passive and any(is_people(n) or n.tag_ in ("WP", "WDT") for n in passive):
            return None  # "a spokesman who was not identified" speaks
        return _make(verb, SilenceKind.WORDS, None if passive else subject, next(iter(nouns), None))
    return None


def _iter_acts(verb: Token) -> Iterator[Token]:
    """ "short of calling", "from criticising", "avoided naming"."""
    yield from (c for c in get_children(verb, "xcomp", "ccomp") if c.tag_ == "VBG")
    if get_lemma(verb) == "avoid":
        return
    for head in (verb, *get_children(verb, "advmod", "acomp", "prep", "oprd")):
        heads = [head, *get_children(head, "prep")]
        yield from (clause for one in heads for clause in get_children(one, "pcomp"))


def _read_silent(verb: Token) -> Cue | None:
    """ "kept silent on", "has remained silent", "was left unsaid"."""
    words = [w for w in get_children(verb, "acomp", "oprd", "xcomp", "advmod") if w.i > verb.i or verb.dep_ != "ROOT"]
    for word in words:
        is_silent = word.lower_ in get_silence_words("withheld", "silent") and _is_speaker(find_subject(verb))
        if is_silent and get_lemma(verb) in ("be", "remain", "stay", "keep") and not is_negated(verb):
            about = _about(word, verb)
            if about is not None:
                return _make(verb, SilenceKind.TOPIC, find_subject(verb), about)
            is_kept = get_lemma(verb) != "be"  # "the streets were quiet"
            return Cue(verb, SilenceKind.WORDS, find_subject(verb), (verb.i, word.i + 1)) if is_kept else None
    is_left = get_lemma(verb) in ("leave", "go", "remain")
    if is_left and any(c.lower_ in get_silence_words("withheld", "unanswered") for c in verb.children):
        nouns = get_children(verb, "nsubj", "nsubjpass") if get_lemma(verb) != "leave" else []
        nouns = nouns or get_children(verb, "nsubjpass") or get_children(verb, "dobj")
        return _make(verb, SilenceKind.TOPIC, None, next(iter(nouns), None))
    if get_lemma(verb) == "be" and verb.dep_ == "ROOT":  # "Left unsaid was the fate of the crew"
        clauses = [c for c in get_children(verb, "csubj", "advcl", "acl", "nsubj", "ccomp") if get_lemma(c) == "leave"]
        if any(w.lower_ in get_silence_words("withheld", "unanswered") for c in clauses for w in c.children):
            return _make(verb, SilenceKind.TOPIC, None, next(iter(get_children(verb, "nsubj", "attr")[-1:]), None))
    return None


def _is_speaker(noun: Token | None) -> bool:
    return noun is not None and (noun.pos_ == "PROPN" or is_people(noun) or noun.lower_ in ("he", "she", "they"))


# --- no answer --------------------------------------------------------------------------------------


def _read_no_answer(verb: Token) -> Cue | None:
    lemma, subject = get_lemma(verb), find_subject(verb)
    reactions = get_silence_words("refused", "reactions")
    nouns = [n for n in get_children(verb, "dobj", "attr", "nsubj") if has_no(n)]
    if lemma == "have":
        about = next((n for n in nouns if n.lower_ == "comment"), None)
        return _make(verb, SilenceKind.REFUSED, subject, about and (_about(about, verb) or about))
    if lemma == "be" and get_children(verb, "expl"):
        for noun in nouns:
            if get_lemma(noun) in reactions:
                heads = (noun, *get_children(noun, "prep"))
                who = next((who for head in heads for _, who in iter_objects(head, "from", "by")), None)
                return _make(verb, SilenceKind.REFUSED, who, _about(noun) or noun)
            if get_lemma(noun) in get_silence_words("withheld", "news"):
                return _make(verb, SilenceKind.WORDS, None, _about(noun, verb))
    if lemma in get_silence_words("refused", "evading") and not is_negated(verb):
        questions = get_silence_words("refused", "questions")
        asked = [n for n in get_children(verb, "dobj") if get_lemma(n) in questions]
        is_issue = any(
            p.lower_ == "of" for noun in asked for p in get_children(noun, "prep")
        )  # "the question of the sea"
        return (
            None if is_issue or not asked else _make(verb, SilenceKind.REFUSED, subject, _about(asked[0]) or asked[0])
        )
    if lemma in get_silence_words("refused", "respond") and is_negated(verb):
        return _make(verb, SilenceKind.REFUSED, subject, _find_asked(verb))
    if lemma == "change" and any(n.lower_ == "subject" for n in get_children(verb, "dobj")):
        return _make(verb, SilenceKind.REFUSED, subject, _find_asked(verb))
    return None


def _find_asked(verb: Token) -> Token | None:
    """ "did not reply when asked whether X would", "Asked about X, she did not reply"."""
    for clause in get_children(verb, "advcl", "ccomp"):
        if get_lemma(clause) == "ask":
            return _about(clause) or next(iter(get_children(clause, "ccomp", "xcomp")), None)
    return None


# --- not there --------------------------------------------------------------------------------------


def _read_not_there(verb: Token) -> Cue | None:
    lemma, no, subject = get_lemma(verb), is_negated(verb), find_subject(verb)
    is_passive = bool(get_children(verb, "auxpass"))
    if lemma in get_silence_words("absent", "represented") and no and is_passive:
        return _at(verb, subject, "at", "in")
    if lemma in get_silence_words("absent", "admitted") and no and is_passive:
        return _at(verb, subject, "to", "into")
    if lemma in get_silence_words("absent", "excluded") and not no and is_passive and _is_group(subject):
        return _at(verb, subject, "from", "of", "out")
    if lemma == "send":
        nouns = [n for n in get_children(verb, "dobj") if has_no(n) or no]
        is_envoy = any(get_lemma(n) in get_silence_words("absent", "sent") for n in nouns)
        return _at(verb, subject, "to") if is_envoy else None
    if lemma in ("remain", "stay", "be") and subject is not None:
        is_seat = get_lemma(subject) in get_silence_words("absent", "seats")
        owners = get_children(subject, "poss") + [n for _, n in iter_objects(subject, "of", "for")]
        is_empty = any(word.lower_ in ("empty", "vacant") for word in get_children(verb, "acomp", "oprd"))
        return _make(verb, SilenceKind.ABSENT, owners[0], subject) if is_seat and owners and is_empty else None
    return None


def _is_group(noun: Token | None) -> bool:
    return noun is not None and (noun.pos_ == "PROPN" or is_people(noun))


def _at(verb: Token, who: Token | None, *prepositions: str) -> Cue | None:
    meetings = get_silence_words("absent", "meetings")
    heads = [verb, *(child for child in verb.children if child.dep_ in ("prt", "advmod", "prep"))]
    nouns = [noun for head in heads for _, noun in iter_objects(head, *prepositions)]
    nouns += [n for h in heads if h.lower_ in prepositions for n in get_children(h, "pobj")]
    found = next((n for n in nouns if get_lemma(n) in meetings or n.lower_ == "talks"), None)
    return Cue(verb, SilenceKind.ABSENT, who, span(found)) if found is not None and who is not None else None
