"""The tense of the verb that a time expression depends on, and the preposition that makes it a limit.

Steps: what stands before the expression ("since", "as early as", "by", "until"); whether it belongs to a noun ("a June
agreement" may have been made or lie ahead); the first verb above it in the parse, of its own tense or of that of the
verb which governs it ("had been due to expire Friday"). The words that decide are in the table ``times``.
"""

from __future__ import annotations

from functools import cache

from spacy.tokens import Span, Token

from communique.annotate.parse import Block
from communique.tables import load_table
from communique.text.timex.values import Tense, TimePhrase

# Steps from a time expression up to its verb, and from one verb to the next; beyond, it is a list or a fragment.
_CLIMB = 8
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
    if before in ("since", "ended"):
        return Tense.PAST
    if before in ("as", "after") and span.start > 1 and span[0].nbor(-2).lower_ in ("early", "soon", "late"):
        return Tense.FUTURE  # "as early as Tuesday"
    if _is_attributive(span) and phrase.unit != "WE":
        return _read_limited(span, phrase)
    if before == "by" and span.start > 1:
        return Tense.PAST if verb is not None and _is_done_by(verb, span) else Tense.FUTURE
    if before in ("until", "till", "to", "through") and verb is not None and _lemma(verb) in _get_words("until"):
        return Tense.FUTURE  # "was put off until Tuesday"
    if verb is None or (block.is_heading and before in ("", ",")):
        return None
    if _lemma(verb) in _get_words("fixing"):
        # "set for Friday", "set for Rome on Friday", "has set Friday as the deadline"; a record "set on Friday" was
        is_object = span.start == verb.i + 1
        is_for = before == "for" or any(child.lower_ == "for" for child in verb.children)
        return Tense.PLANNED if is_object or is_for else _read_tense(verb)
    if _is_of_object(span, verb) and _read_tense(verb) is Tense.PAST and "-WXX-" not in phrase.value:
        return None  # "invited them to a ceremony on March 12"
    if _is_of_setting(span) and _read_tense(verb) is Tense.PRESENT:
        return None  # "after a fall on Tuesday, pressure is growing"
    if _lemma(verb) in _get_words("invite") and "-WXX-" not in phrase.value and _is_active_past(verb):
        return Tense.PLANNED  # "invited them to a ceremony on March 12"; "invited her on Monday" tells of that day
    if _is_of_noun(span) and {token.lower_ for token in _get_auxiliaries(verb)} & _get_words("guarded").keys():
        return None  # "the talks on Friday could be seen as a sign"
    return _read(verb, before, verb.i < span.start)


def is_soon_after(block: Block, phrase: TimePhrase) -> bool:
    """Whether "soon" lies in the past with its verb ("soon became a flood"): then it tells no time of its own."""
    if phrase.value != "FUTURE_REF" or not block.tokens.text[: phrase.end].lower().endswith("soon"):
        return False
    span = find_tokens(block, phrase)
    verb = _find_verb(span) if span is not None else None
    return verb is not None and _lemma(verb) not in _get_words("ahead") and _is_over(verb)


def _is_over(verb: Token) -> bool:
    words = {token.lower_ for token in _get_auxiliaries(verb)}
    return _read_tense(verb) is Tense.PAST or (verb.tag_ == "VBN" and bool(words & {"was", "were"}))


def is_conjunction(block: Block, phrase: TimePhrase) -> bool:
    """Whether the "that" of "it is likely that Friday's vote ..." belongs to the clause, not to the day."""
    span = find_tokens(block, phrase)
    return span is not None and len(span) > 1 and span[0].lower_ == "that" and span[0].dep_ == "mark"


def is_end(phrase: TimePhrase) -> bool:
    """As in "the end of the year", "the end of the month", which in the past is that of the one told or the last one."""
    is_last = phrase.unit in ("Y", "M") and not phrase.value and phrase.shift == 0
    return is_last and phrase.note in ("the end of the", "the close of the", "end")


def find_limit(block: Block, phrase: TimePhrase) -> str:
    """ "by" of "by August", "before" of "before Sunday"; empty where an expression is no end of something."""
    span = find_tokens(block, phrase)
    if span is None or _is_attributive(span) or phrase.value == "today":
        return ""  # "before the May 9 parade"; the day of "until midnight" is told elsewhere
    limit = _get_words("limit").get(_get_before(span), "")
    if not limit or span.start < 2:
        return limit
    earlier = span[0].nbor(-2)
    if limit != "by" and (earlier.ent_type_ in ("DATE", "TIME") or earlier.lower_ in _get_words("counted")):
        return ""  # "two days before Christmas", "from Monday until Friday"
    verb = _find_verb(span)
    if verb is not None and limit != "by" and any(child.dep_ == "neg" for child in verb.children):
        return ""  # "will not be home before Sunday"
    return limit


@cache
def _get_words(kind: str) -> dict[str, str]:
    words = load_table("times")["verbs"][kind]
    return words if isinstance(words, dict) else dict.fromkeys(words, kind)


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
    for _ in range(_CLIMB):
        outside = (token.i < span.start or token.i >= span.end) and token.dep_ != "prep"  # "including on Friday"
        if outside and (token.pos_ in ("VERB", "AUX") or _lemma(token) in _get_words("ahead")):
            return token
        if token.head is token:
            return None
        token = token.head
    return None


def _is_done_by(verb: Token, span: Span) -> bool:
    """A deadline lies ahead ("wanted a draft by August"), unless something had come about by then."""
    if _is_pluperfect(verb):
        return True
    is_past = verb.tag_ == "VBD" and not _get_auxiliaries(verb)
    return is_past and (span.start < verb.i or _lemma(verb) == "be")


def _is_attributive(span: Span) -> bool:
    """As in "a June agreement", "Tuesday's vote", "the 3 August 2018 vote"."""
    root = span.root
    return root.dep_ in _ATTRIBUTIVE or (root.dep_ == "det" and root.head.i >= span.end)


def _read_limited(span: Span, phrase: TimePhrase) -> Tense | None:
    """ "before the November election" lies ahead, unless what came before it is over; so does "ahead of" it."""
    noun = span.root.head
    if noun.head.lower_ == "of" and noun.head.i and noun.head.nbor(-1).lower_ == "ahead":
        return Tense.PLANNED
    verb = _find_verb(span)
    if noun.head.lower_ != "before" or noun.pos_ not in ("NOUN", "PROPN") or verb is None:
        return None
    # "its share before Friday's sale is small"
    tenses = (Tense.FUTURE,) if "-WXX-" in phrase.value else (Tense.FUTURE, Tense.PRESENT, Tense.PLANNED)
    return Tense.FUTURE if _read_tense(verb) in tenses else None


def _is_of_setting(span: Span) -> bool:
    """Whether a day belongs to what has come about, as in "after a fall on Tuesday", "with a vote on Friday"."""
    noun = span.root.head.head if span.root.head.pos_ == "ADP" else span.root.head
    return noun.dep_ == "pobj" and noun.head.lower_ in ("with", "after", "amid", "despite", "following", "from")


def _is_of_noun(span: Span) -> bool:
    head = span.root.head
    return (head.head if head.pos_ == "ADP" else head).pos_ in ("NOUN", "PROPN")


def _is_of_object(span: Span, verb: Token) -> bool:
    """Whether a day belongs to a noun that stands below a verb and is not its subject."""
    if not _is_of_noun(span):
        return False
    noun = span.root.head.head if span.root.head.pos_ == "ADP" else span.root.head
    while noun.head.i not in (verb.i, noun.i):
        noun = noun.head
    return noun.dep_ not in ("nsubj", "nsubjpass")


def _lemma(token: Token) -> str:
    return token.lemma_.lower()


def _get_auxiliaries(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ in ("aux", "auxpass")]


def _is_pluperfect(token: Token) -> bool:
    """As in "had been due", "had been scheduled"."""
    return any(child.lower_ == "had" for verb in (token, token.head) for child in verb.children)


# --- reading ------------------------------------------------------------------------------------------------------


def _read(verb: Token, before: str, is_behind: bool) -> Tense | None:
    lemma = _lemma(verb)
    if lemma not in _get_words("ahead") and lemma not in _get_words("promise"):
        return _read_tense(verb)
    if not _is_active_past(verb):
        return _read_ahead(verb)
    if before == "for":
        return Tense.FUTURE
    # "They planned a march on Saturday" is of the march, "on Friday they planned to pay" is of the planning
    return Tense.PLANNED if is_behind and lemma in _get_words("ahead") else _read_tense(verb)


def _is_active_past(verb: Token) -> bool:
    words = {token.lower_ for token in _get_auxiliaries(verb)}
    active = verb.tag_ == "VBD" or (verb.tag_ == "VBN" and words & {"has", "have", "had", "'ve"})
    return bool(active and not any(child.dep_ == "auxpass" for child in verb.children))


def _read_ahead(word: Token) -> Tense | None:
    """Of what was or is due, planned, expected."""
    if _is_pluperfect(word) or any(child.lower_ in _get_words("superseded") for child in word.children):
        return Tense.PAST
    if word.pos_ == "NOUN":
        return Tense.FUTURE
    finite = _get_auxiliaries(word) or ([word.head] if word.dep_ == "acomp" else [])
    forms = {token.lower_ for token in finite}
    if forms & {"was", "were"}:
        told = word if word.pos_ == "VERB" else word.head
        return Tense.FUTURE if told.dep_ in ("ccomp", "relcl") and told.head.i != told.i else Tense.PLANNED
    if word.tag_ == "VBN" and not forms:
        return Tense.PLANNED
    return Tense.FUTURE


def _read_tense(verb: Token, steps: int = _CLIMB) -> Tense | None:
    auxiliaries = _get_auxiliaries(verb)
    words = {token.lower_ for token in auxiliaries} | ({verb.lower_} if verb.pos_ == "AUX" else set())
    if verb.tag_ == "VBD" and not auxiliaries and verb.dep_ == "advcl" and _is_condition(verb):
        return Tense.FUTURE  # "would gain if she won on Sunday"
    modal = words & _get_words("future").keys()
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
        return Tense.PAST if finite.lemma_ != "be" or _lemma(verb) == "date" else Tense.PRESENT
    if verb.tag_ in ("VBG", "VB") and not auxiliaries and steps:
        above = _read_above(verb, steps)
        is_done = above is Tense.PRESENT and verb.dep_ == "pcomp" and verb.head.lower_ == "after"
        return Tense.PAST if is_done else above  # "holds a stake after selling shares on Friday"
    return Tense.PRESENT if "Pres" in tense else None


def _is_condition(verb: Token) -> bool:
    """Whether a clause says under which condition something would come about."""
    is_if = any(child.dep_ == "mark" and child.lower_ == "if" for child in verb.children)
    return is_if and bool({token.lower_ for token in _get_auxiliaries(verb.head)} & _get_words("future").keys())


def _is_denied(verb: Token) -> bool:
    return any(
        child.dep_ == "neg" or (child.dep_ in ("nsubj", "nsubjpass") and child.left_edge.lower_ in _get_words("none"))
        for child in verb.children
    )


def _read_infinitive(verb: Token, steps: int) -> Tense | None:
    """ "hopes to meet" is ahead; "managed to meet", "flew home to meet" are over if their verb is."""
    head = verb.head
    if head.i == verb.i or not steps:
        return Tense.FUTURE
    if head.lower_ in ("was", "were") and verb.dep_ == "xcomp":
        return Tense.PLANNED  # "was to arrive on Monday", in a report of Tuesday
    if _lemma(head) in _get_words("ahead") and head.pos_ in ("VERB", "ADJ") and _is_pluperfect(head):
        return Tense.PAST
    if head.pos_ in ("VERB", "AUX", "ADJ") and _lemma(head) in _get_words("realised"):
        above = head if head.pos_ != "ADJ" else head.head
        return Tense.PAST if _read_tense(above, steps - 1) is Tense.PAST else Tense.FUTURE
    return Tense.FUTURE


def _read_above(verb: Token, steps: int) -> Tense | None:
    """Of "meeting", "sign" in "will meet and sign": that of the next verb above."""
    token = verb
    for _ in range(_CLIMB):
        if token.head is token:
            return None
        token = token.head
        if token.pos_ in ("VERB", "AUX"):
            return _read_tense(token, steps - 1)
    return None
