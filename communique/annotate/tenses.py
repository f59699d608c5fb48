"""The tense of the verb that a time expression depends on, and the preposition that makes it a limit.

Steps: what stands before the expression ("since", "as early as", "by", "until"); whether it belongs to a noun ("a June
agreement" may have been made or lie ahead); the first verb above it in the parse, of its own tense or of that of the
verb which governs it ("had been due to expire Friday"). The words that decide are in the table ``times``.
"""

from __future__ import annotations

from itertools import pairwise

from spacy.tokens import Span, Token

from communique.annotate.parse import Block
from communique.annotate.verb_tenses import (
    CLIMB,
    get_auxiliaries,
    get_lemma,
    get_words,
    is_active_past,
    is_pluperfect,
    read_tense,
    read_verb,
)
from communique.text.timex.phrases import Tense, TimePhrase
from communique.text.timex.values import is_end

# With these before it, "the November election" is ahead where its verb is.
_LEADING = ("in", "at", "for", "during", "toward", "towards", "until", "to", "after", "through")
# With these before it and a verb in the past, "the end of the year" is of one that is over.
_ENDINGS = ("at", "by", "since", "until", "till", "before", "near", "towards", "toward")
# "ahead of" may stand so many words before a time.
_REACH = 8
_ATTRIBUTIVE = ("compound", "nmod", "amod", "poss", "nummod")


def find_tokens(block: Block, phrase: TimePhrase) -> Span | None:
    """The tokens of a time expression; None where the parse has none there."""
    span = block.tokens.char_span(phrase.start, phrase.end, alignment_mode="expand")
    return span if span is not None and len(span) else None


def find_tense(block: Block, phrase: TimePhrase) -> Tense | None:
    """The tense of the verb that a time expression depends on; None where no verb decides, or where none is needed."""
    is_open = phrase.value.startswith("XXXX") and phrase.unit in ("", "W")
    if not is_open and phrase.unit != "WE" and not is_end(phrase):
        return None
    span = find_tokens(block, phrase)
    if span is None:
        return None
    before = _get_before(span)
    verb = _find_verb(span)
    if is_end(phrase) and (before not in _ENDINGS or (verb is not None and _is_perfect(verb))):
        return None  # "the end of the year has come"
    if before in ("since", "ended"):
        return Tense.PAST
    if before in ("as", "after") and span.start > 1 and span[0].nbor(-2).lower_ in ("early", "soon", "late"):
        return Tense.FUTURE  # "as early as Tuesday"
    if _is_ahead_of(span):  # leading "ahead of Monday's vote"; what was said ahead of it may have been on Sunday
        return Tense.FUTURE if verb is not None and read_tense(verb) is Tense.PRESENT else Tense.PLANNED
    if _is_attributive(span) and phrase.unit != "WE":
        return _read_attributive(span, phrase)
    if before == "by" and span.start > 1:
        return _read_by(verb, span)
    if before in ("until", "till", "to", "through") and verb is not None and get_lemma(verb) in get_words("until"):
        return Tense.FUTURE  # "was put off until Tuesday"
    if verb is None or (block.is_heading and before in ("", ",")):
        return None
    if get_lemma(verb) in get_words("fixing"):
        # "set for Friday", "set for Rome on Friday", "has set Friday as the deadline"; a record "set on Friday" was
        is_object = span.start == verb.i + 1
        is_for = before == "for" or any(child.lower_ == "for" for child in verb.children)
        return Tense.PLANNED if is_object or is_for else read_tense(verb)
    if _get_noun(span).head.lower_ == "since":
        return Tense.PAST  # "has been rebuilding since the eruption in January"
    if _is_of_object(span, verb) and read_tense(verb) is Tense.PAST and "-WXX-" not in phrase.value:
        return None  # "invited them to a ceremony on March 12"
    if _is_of_past(span, read_tense(verb)):
        return None
    if read_tense(verb) is Tense.PRESENT and get_lemma(verb) in get_words("term") and "-WXX-" not in phrase.value:
        return Tense.FUTURE  # "the year of accounts ends on Sept. 30"
    if get_lemma(verb) in get_words("invite") and "-WXX-" not in phrase.value and is_active_past(verb):
        return Tense.PLANNED  # "invited them to a ceremony on March 12"; "invited her on Monday" tells of that day
    if _is_of_noun(span) and {token.lower_ for token in get_auxiliaries(verb)} & get_words("guarded").keys():
        return None  # "the talks on Friday could be seen as a sign"
    return read_verb(verb, before, verb.i < span.start)


def _is_perfect(verb: Token) -> bool:
    return any(token.lower_ in ("has", "have", "'ve") for token in get_auxiliaries(verb))


def is_soon_after(block: Block, phrase: TimePhrase) -> bool:
    """Whether "soon" lies in the past with its verb ("soon became a flood"): then it tells no time of its own."""
    if phrase.value != "FUTURE_REF" or not block.tokens.text[: phrase.end].lower().endswith("soon"):
        return False
    span = find_tokens(block, phrase)
    verb = _find_verb(span) if span is not None else None
    return verb is not None and get_lemma(verb) not in get_words("ahead") and _is_over(verb)


def _is_over(verb: Token) -> bool:
    words = {token.lower_ for token in get_auxiliaries(verb)}
    return read_tense(verb) is Tense.PAST or (verb.tag_ == "VBN" and bool(words & {"was", "were"}))


def is_conjunction(block: Block, phrase: TimePhrase) -> bool:
    """Whether the "that" of "it is likely that Friday's vote ..." belongs to the clause, not to the day."""
    span = find_tokens(block, phrase)
    return span is not None and len(span) > 1 and span[0].lower_ == "that" and span[0].dep_ == "mark"


def find_limit(block: Block, phrase: TimePhrase) -> str:
    """ "by" of "by August", "before" of "before Sunday"; empty where an expression is no end of something."""
    span = find_tokens(block, phrase)
    if span is None or _is_attributive(span) or phrase.value == "today":
        return ""  # "before the May 9 parade"; the day of "until midnight" is told elsewhere
    limit = get_words("limit").get(_get_before(span), "")
    if not limit or span.start < 2:
        return limit
    earlier = span[0].nbor(-2)
    if limit != "by" and (earlier.ent_type_ in ("DATE", "TIME") or earlier.lower_ in get_words("counted")):
        return ""  # "two days before Christmas", "from Monday until Friday"
    verb = _find_verb(span)
    if verb is not None and limit != "by" and any(child.dep_ == "neg" for child in verb.children):
        return ""  # "will not be home before Sunday"
    return limit


def _get_before(span: Span) -> str:
    """The word before an expression, past articles and "no later than"."""
    if not span.start:
        return ""
    before = span[0].nbor(-1)
    if before.lower_ in ("the", "a") and before.i:
        before = before.nbor(-1)
    words = " ".join(token.lower_ for token in span.doc[max(before.i - 2, 0) : before.i + 1])
    return "by" if words in ("no later than", "not later than") or words.endswith("prior to") else before.lower_


def _find_verb(span: Span) -> Token | None:
    """The first verb above an expression, or a noun or adjective that places it ahead ("due", "plans")."""
    token = span.root
    for _ in range(CLIMB):
        outside = (token.i < span.start or token.i >= span.end) and token.dep_ != "prep"  # "including on Friday"
        if outside and (token.pos_ in ("VERB", "AUX") or get_lemma(token) in get_words("ahead")):
            return token
        if token.head is token:
            return None
        token = token.head
    return None


def _read_by(verb: Token | None, span: Span) -> Tense:
    """A deadline lies ahead ("wanted a draft by August"), unless something had come about by then."""
    if verb is None:
        return Tense.FUTURE
    is_past = verb.tag_ == "VBD" and not get_auxiliaries(verb)
    if is_pluperfect(verb) or (is_past and (span.start < verb.i or get_lemma(verb) == "be")):
        return Tense.PAST
    return Tense.PLANNED if is_past else Tense.FUTURE  # "raised a million by the end of May", told in June


def _is_attributive(span: Span) -> bool:
    """As in "a June agreement", "Tuesday's vote", "the 3 August 2018 vote"."""
    root = span.root
    return root.dep_ in _ATTRIBUTIVE or (root.dep_ == "det" and root.head.i >= span.end)


def _is_ahead_of(span: Span) -> bool:
    """As in "ahead of Tuesday's vote", "ahead of a vote on Tuesday"."""
    first = max(span.start - _REACH, span.sent.start)
    words = [token.lower_ for token in span.doc[first : span.start]]
    verbs = [token for token in span.doc[first : span.start] if token.pos_ in ("VERB", "AUX", "PUNCT")]
    return any(pair == ("ahead", "of") for pair in pairwise(words)) and not any(
        token.i > first + words.index("ahead") for token in verbs
    )


def _read_attributive(span: Span, phrase: TimePhrase) -> Tense | None:
    """Of "Tuesday's vote", "the November election": mostly over, but ahead before it and where it is to be attended."""
    noun, verb = span.root.head, _find_verb(span)
    tense = read_tense(verb) if verb is not None else None
    if noun.head.lower_ == "before" and noun.pos_ in ("NOUN", "PROPN"):
        # "its share before Friday's sale is small"
        tenses = (Tense.FUTURE,) if "-WXX-" in phrase.value else (Tense.FUTURE, Tense.PRESENT, Tense.PLANNED)
        return Tense.FUTURE if tense in tenses else None
    if verb is None or get_lemma(noun) not in get_words("scheduled"):
        return None
    if noun.head.lower_ == "for" and "-WXX-" not in phrase.value:
        return Tense.PRESENT  # "the party's nominee for the November 8 election said"
    if tense is not Tense.FUTURE:
        return None
    is_attended = noun.dep_ in ("nsubj", "nsubjpass") or get_lemma(verb) in get_words("attended")
    is_week = "-WXX-" in phrase.value
    is_during = noun.head.lower_ in (("in", "at", "for", "during") if is_week else _LEADING) and noun.dep_ == "pobj"
    return Tense.FUTURE if is_attended or is_during else None


def _is_of_past(span: Span, tense: Tense | None) -> bool:
    """Whether a day belongs to what has come about, whatever is said of it: "after a fall on Tuesday, it grows"."""
    if tense not in (Tense.PRESENT, Tense.FUTURE) or not _is_of_noun(span):
        return False
    noun = _get_noun(span)
    if get_lemma(noun) in get_words("over"):
        return True
    is_setting = noun.dep_ == "pobj" and noun.head.lower_ in ("with", "after", "amid", "despite", "following", "from")
    is_told = noun.dep_ == "pobj" and get_lemma(noun) in get_words("told")
    while not is_told and noun.dep_ == "pobj" and noun.head.head.pos_ in ("NOUN", "PROPN"):
        noun = noun.head.head  # "in an interview with the paper on Sunday"
        is_told = noun.dep_ == "pobj" and get_lemma(noun) in get_words("told")
    return tense is Tense.PRESENT and (is_setting or is_told)


def _is_of_noun(span: Span) -> bool:
    return _get_noun(span).pos_ in ("NOUN", "PROPN")


def _get_noun(span: Span) -> Token:
    """What a time belongs to, past its preposition; a noun, or else a verb."""
    head = span.root.head
    return head.head if head.pos_ == "ADP" else head


def _is_of_object(span: Span, verb: Token) -> bool:
    """Whether a day belongs to a noun that stands below a verb and is not its subject."""
    if not _is_of_noun(span):
        return False
    noun = _get_noun(span)
    while noun.head.i not in (verb.i, noun.i):
        noun = noun.head
    return noun.dep_ not in ("nsubj", "nsubjpass")
