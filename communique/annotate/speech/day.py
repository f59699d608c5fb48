"""When something was said, as far as the text tells it.

A day dates a statement when it depends on the cue ("On March 26, the spokesman noted"), on what the speaker does in
saying it ("Speaking in Oslo on Friday, she said"), or on the paper that says it ("in a statement issued on Monday"). A
day inside the words said, or one of another verb ("who had visited in May, said"), does not. The publication date is
never taken. What goes on in the same paragraph, without a day of its own, was said when its beginning was.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from communique.annotate.clauses import is_verb
from communique.annotate.parse import Block, Parsed
from communique.annotate.speech.cue import Cue
from communique.annotate.speech.drafts import Draft, to_span
from communique.model import Basis, Document, Precision, Span, TimeExpression, TimeType, When
from communique.tables import load_table

# Steps from a time up to the verb that it depends on; beyond, it is a list or a fragment.
_CLIMB = 8
# So many code points of a sentence are looked at, before the end of a cue's words: one may be without an end.
_SENTENCE = 3000
# "The nominee in 2008, Ana Silva, said": the day is of who speaks.
_OF_SPEAKER = ("nsubj", "nsubjpass", "appos", "poss", "agent")
_BEFORE_NOUN = ("compound", "nmod", "amod", "nummod")
_DATED = (TimeType.DATE, TimeType.TIME)


def find_days(parsed: Parsed, drafts: list[Draft], times: tuple[TimeExpression, ...]) -> dict[int, When]:
    """When drafts were said, by their position in the list; those of which the text does not tell it are left out.

    Args:
        parsed: The document.
        drafts: In text order, with speakers.
        times: All time expressions of the document, in text order.
    """
    document = parsed.document
    dated = [_Day(time.start, time.end, when) for time in times if (when := _read(document, time)) is not None]
    found: dict[int, When] = {}
    by_draft: dict[int, When] = {}
    for number, draft in enumerate(drafts):
        day, is_open = _find_beside(parsed, draft, dated)
        if day is None and is_open:
            before = next((d for d in (draft.follows, draft.twin) if d is not None), None)
            before = before or (drafts[number - 1] if number and _goes_on(drafts[number - 1], draft) else None)
            day = by_draft.get(id(before)) if before is not None else None
        if day is not None:
            found[number] = by_draft[id(draft)] = day
    return found


class _Day(NamedTuple):
    """A time expression that may date a statement."""

    start: int
    end: int
    when: When


def _read(document: Document, time: TimeExpression) -> When | None:
    """What a time expression tells of a day; its words alone where the report's own day is not known ("last week")."""
    if time.type not in _DATED or time.when is not None:
        return time.when if time.type in _DATED else None
    if not time.value.startswith("XXXX"):
        return None  # "now", "recently"
    evidence = document.evidence(time.start, time.end)
    return When(None, None, None, Precision.UNKNOWN, Basis.RELATIVE, (evidence,), time.quote)


def _goes_on(before: Draft, draft: Draft) -> bool:
    """Is it the same speaker's next statement in the same paragraph, and not in the words of the one before?"""
    if before.block != draft.block or before.speaker is None or draft.speaker is None or draft.outer is not None:
        return False
    return before.speaker.entity is not None and before.speaker.entity == draft.speaker.entity


def _find_beside(parsed: Parsed, draft: Draft, times: list[_Day]) -> tuple[When | None, bool]:
    """The day beside a statement, and whether it may have that of the one before: nothing puts it at another time."""
    block = parsed.blocks[draft.block]
    if draft.cue is None:
        return (_find_within(draft.beside, times) if draft.beside else None), True
    sentence = block.span(draft.cue.token.sent)
    region = to_span(block, draft.cue.region)
    near = _within(Span(min(sentence.start, region.start), max(sentence.end, region.end)), times)
    for time in near:
        is_said = any(start < time.end and time.start < end for start, end in draft.content)
        if not is_said and _dates(block, draft.cue, time, region):
            return time.when, False
    elsewhen = frozenset(load_table("cues")["day"]["elsewhen"])
    words = parsed.folded[max(sentence.start, region.end - _SENTENCE) : region.end].lower().split()
    return None, not any(word.strip(",;:") in elsewhen for word in words)


def _within(span: Span, times: list[_Day]) -> list[_Day]:
    first = bisect_left(times, span.start, key=lambda time: time.start)
    last = bisect_left(times, span.end, lo=first, key=lambda time: time.start)
    return times[first:last]


def _find_within(span: Span, times: list[_Day]) -> When | None:
    return next((time.when for time in _within(span, times) if time.end <= span.end), None)


def _dates(block: Block, cue: Cue, time: _Day, region: Span) -> bool:
    span = block.tokens.char_span(time.start - block.start, time.end - block.start, alignment_mode="expand")
    if span is None or not len(span):
        return False
    if time.when.precision is Precision.DAY and _leads(span, cue.token):
        return True
    words = load_table("cues")["day"]
    if span.root.head.dep_ == "prep" and span.root.head.lower_ not in words["prepositions"]:
        return False
    if span.root.dep_ in _BEFORE_NOUN and span.root.head.lemma_.lower() not in words["occasions"]:
        return False
    top = _climb(span.root, cue.token)
    if top is None or top.i == cue.token.i:
        return top is not None
    if top.tag_ == "VBG" and top.dep_ in ("advcl", "pcomp"):
        return _is_same_act(top, cue.token)
    if top.dep_ == "acl" and top.lemma_.lower() in words["issued"]:
        return _climb(top.head, cue.token) == cue.token
    # Between speaker and clause a day is of the cue, also where the parser gives it to the clause.
    is_inside = region.start <= time.start and time.end <= region.end
    return is_inside and cue.token.i < span.start and top.i > span.start


def _leads(span: Tokens, cue: Token) -> bool:
    """A day that opens the sentence, with no other verb before the cue: "On 26 March Jan Novak, the envoy, noted"."""
    between = range(span.end, cue.i)
    return span.start - cue.sent.start <= 1 and not any(is_verb(span.doc[i]) for i in between)


def _is_same_act(verb: Token, cue: Token) -> bool:
    """ "Speaking in Oslo on Friday, she said", "in announcing it in April, she said"; not "after arriving"."""
    if verb.dep_ == "pcomp":
        return verb.head.lower_ == "in" and verb.head.head.i == cue.i
    own = [child for child in verb.lefts if child.dep_ in ("nsubj", "mark")]
    return verb.head.i == cue.i and all(child.lower_ in ("while", "when") for child in own)


def _climb(token: Token, goal: Token) -> Token | None:
    """The first verb above a word, or the goal if it comes first; None where a subject or the climb's end does."""
    for _ in range(_CLIMB):
        if token.i == goal.i or (is_verb(token) and token.dep_ not in ("aux", "auxpass")):
            return token
        if token.head.i == token.i or token.dep_ in _OF_SPEAKER:
            return None
        token = token.head
    return None
