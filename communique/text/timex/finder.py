"""Finds time expressions in English text: spans, with what their own words say of their value.

Order: cut into tokens (`tokens`), try every rule (`calendar`, `quarters`, `shifts`, `spans`) and keep the
longest match at each place, join what stands side by side into one expression ("8 p.m." + "on" + "Friday"; "the third
quarter" + "of" + "last year"), lend a year from the second of two coordinated dates to the first ("in June and
October 2019"), widen to words before it ("late", "the end of", "around"). Extents and values follow TIMEX3.

What an expression leaves open is closed by `values.resolve`, which needs to know where the text stands; this
module knows strings only.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from communique.model import TimeType
from communique.text.segment import fold
from communique.text.timex.calendar import get_calendar_rules
from communique.text.timex.grammar import Match, Rule, make_connective
from communique.text.timex.phrases import Anchor, TimePhrase, get_open
from communique.text.timex.quarters import get_quarter_rules
from communique.text.timex.shifts import BARE, OF_DAY, OF_TOLD, get_shift_rules
from communique.text.timex.spans import get_span_rules
from communique.text.timex.tokens import Tokens, tokenize

# Before a date or a time of day these say that it is not exact; before a number other words do too.
_ABOUT = ("about", "around", "approximately", "roughly", "circa", "nearly", "almost")


def find_time_expressions(text: str) -> list[TimePhrase]:
    """The time expressions of a text, in text order, not overlapping.

    Offsets are half-open, in code points of ``text``, which may be folded already (`text.segment.fold`).
    """
    tokens = tokenize(fold(text))
    phrases = [_open_told(phrase) for phrase in _lend_days(_join_all(_match_rules(tokens), tokens), tokens)]
    phrases = [_widen(phrase, before, tokens) for phrase, before in zip(phrases, [None, *phrases], strict=False)]
    return [
        replace(phrase, start=tokens.tokens[_find_start(phrase, tokens)].start, end=tokens.tokens[phrase.end - 1].end)
        for phrase in phrases
        if phrase.note not in (BARE, OF_DAY)
    ]


def _open_told(phrase: TimePhrase) -> TimePhrase:
    """ "the night of the attack" is of a day that is not named beside it."""
    return replace(phrase, value=get_open("D"), unit="", note="") if phrase.note == OF_TOLD else phrase


def _find_start(phrase: TimePhrase, tokens: Tokens) -> int:
    """The first token; the "about" of "about two weeks" stays outside."""
    is_about = phrase.type is TimeType.DURATION and tokens.tokens[phrase.start].text.lower() == "about"
    return phrase.start + is_about


@cache
def _get_rules() -> tuple[Rule, ...]:
    return (*get_calendar_rules(), *get_quarter_rules(), *get_shift_rules(), *get_span_rules())


@cache
def _get_any_rule() -> re.Pattern[str]:
    """What matches wherever a rule does: few places of a text do, and only there each rule is tried."""
    return re.compile("|".join(re.sub(r"\(\?P<\w+>", "(?:", rule.pattern.pattern) for rule in _get_rules()))


def _match_rules(tokens: Tokens) -> list[TimePhrase]:
    """Phrases with offsets in tokens: the longest match at each place that its rule accepts."""
    found = []
    rules = _get_rules()
    reached_by = [0] * len(rules)  # of each rule, where its last match ends: its matches do not overlap
    place = _get_any_rule().search(tokens.classes)
    while place is not None:
        start = place.start()
        for number, rule in enumerate(rules):
            match = rule.pattern.match(tokens.classes, start) if reached_by[number] <= start else None
            if match is not None and match.end() > start:
                reached_by[number] = match.end()
                found.append((start, -match.end(), number, rule, match))
        place = _get_any_rule().search(tokens.classes, start + 1)
    found.sort(key=lambda candidate: candidate[:3])
    phrases: list[TimePhrase] = []
    reached = 0
    for start, _, _, rule, match in found:
        phrase = rule.build(Match(match, tokens.tokens)) if start >= reached else None
        if phrase:
            phrases.append(phrase)
            reached = phrase.end
    return phrases


# --- joining ------------------------------------------------------------------------------------------------------


def _join_all(phrases: list[TimePhrase], tokens: Tokens) -> list[TimePhrase]:
    joined: list[TimePhrase] = []
    for phrase in phrases:
        while joined:
            union = _join(joined[-1], phrase, tokens.classes[joined[-1].end : phrase.start])
            if union is None:
                break
            joined.pop()
            phrase = union
        if joined:
            between = tokens.classes[joined[-1].end : phrase.start]
            joined[-1] = _lend_year(joined[-1], phrase, between)
            if joined[-1].type is TimeType.SET and _is_weekday(phrase) and _fits("COMMA|COMMA? [AND OR]", between):
                phrase = replace(phrase, type=TimeType.SET)  # "every Tuesday and Thursday"
        joined.append(phrase)
    return joined


def _join(left: TimePhrase, right: TimePhrase, between: str) -> TimePhrase | None:
    """One expression out of two, None where they are two."""
    if len(between) > 3:
        return None
    if _names_weekday(left) and _is_calendar_day(right) and _fits("COMMA?|COMMA? THE", between):
        return replace(right, start=left.start, type=left.type, clock=left.clock, weekday=left.value[-1])
    if left.note == OF_DAY and (_is_calendar_day(right) or right.holiday) and _fits("OF", between):
        return replace(right, start=left.start, unit="W", anchor=left.anchor)
    if _is_part_of_year(left) and _is_year(right) and _fits("OF?|COMMA", between):
        return _put_into(left, right, left.start, right.end)
    if _is_year(left) and _is_part_of_year(right) and _fits("POSSESSIVE", between):
        return _put_into(right, left, left.start, right.end)
    if _is_weekday(left) and right.unit == "W" and not right.value and _fits("OF?", between):
        return _put_into(left, right, left.start, right.end)
    if _is_day(left) and right.clock and not _says_day(right) and _fits("COMMA? AT?|COMMA? IN", between):
        return replace(left, type=TimeType.TIME, clock=right.clock, end=right.end)
    if right.note == BARE and not between and re.fullmatch(r"T\d\d:\d\d", left.clock):
        return replace(left, end=right.end, clock=_put_into_half(left.clock, right.clock))
    if left.clock and not _says_day(left) and _is_day(right) and _fits("COMMA? [ON OF]?", between):
        return replace(right, type=TimeType.TIME, clock=left.clock, start=left.start)
    return None


# Around the same time elsewhere: "at 10:35 a.m. (0735 GMT) on Friday".
_ELSEWHERE = re.compile(r"\((?: [0-9]{3,4}(?: \w+)? \)(?: ,)?(?: on| of)?)?|\)(?: ,)?(?: on| of)?")
_get_connective = cache(make_connective)


def _fits(pattern: str, between: str) -> bool:
    return _get_connective(pattern).fullmatch(between) is not None


def _put_into_half(clock: str, part: str) -> str:
    """As in "7:45 on Sunday" and "evening"."""
    hour = int(clock[1:3])
    is_late = part in ("TAF", "TEV") or (part == "TNI" and hour > 5)
    return f"T{hour + 12:02}{clock[3:]}" if is_late and hour < 12 else clock


def _put_into(part: TimePhrase, whole: TimePhrase, start: int, end: int) -> TimePhrase:
    """As in "July" and "last year": the part's value, counted as the whole is."""
    if whole.value and not whole.unit:
        return replace(part, start=start, end=end, value=part.value.replace("XXXX", whole.value), direction=None)
    return replace(whole, start=start, end=end, type=part.type, value=part.value, clock=part.clock, direction=None)


def _lend_days(phrases: list[TimePhrase], tokens: Tokens) -> list[TimePhrase]:
    """As in "at 10:35 a.m. (0735 GMT) on Friday", "at 14:00 (12:00 GMT) on Monday": the day of both hours."""
    lent = list(phrases)
    for place in range(len(lent) - 2, -1, -1):
        left, right = lent[place], lent[place + 1]
        between = " ".join(token.text for token in tokens.tokens[left.end : right.start][:7])
        has_day = _is_day(right) or (right.clock != "" and _says_day(right) and right.note != BARE)
        if left.clock and left.note != BARE and not _says_day(left) and has_day and _ELSEWHERE.fullmatch(between):
            lent[place] = replace(right, type=TimeType.TIME, clock=left.clock, start=left.start, end=left.end)
    return lent


def _lend_year(left: TimePhrase, right: TimePhrase, between: str) -> TimePhrase:
    """As in "in June and October 2019": both are of 2019."""
    same_form = len(left.value) == len(right.value) and left.value[4:5] == right.value[4:5] == "-"
    if (
        not same_form
        or not left.value.startswith("XXXX-")
        or not right.value[:4].isdigit()
        or left.unit
        or _names_weekday(left)
        or left.direction
        or left.type is not TimeType.DATE
        or not _fits("[AND OR TO HYPHEN DASH THROUGH COMMA]", between)
    ):
        return left
    year = int(right.value[:4]) - (left.value[5:] > right.value[5:])
    return replace(left, value=left.value.replace("XXXX", f"{year:04}"))


def _names_weekday(phrase: TimePhrase) -> bool:
    return phrase.value.startswith("XXXX-WXX-") and phrase.type in (TimeType.DATE, TimeType.TIME) and not phrase.unit


def _is_weekday(phrase: TimePhrase) -> bool:
    return _names_weekday(phrase) and len(phrase.value) == 10 and phrase.type is TimeType.DATE


def _is_calendar_day(phrase: TimePhrase) -> bool:
    return len(phrase.value) == 10 and phrase.value[4] == phrase.value[7] == "-" and phrase.value[5] != "W"


def _is_day(phrase: TimePhrase) -> bool:
    if phrase.type is not TimeType.DATE:
        return False
    return _is_weekday(phrase) or _is_calendar_day(phrase) or (phrase.unit == "D" and not phrase.value)


def _says_day(phrase: TimePhrase) -> bool:
    """Whether a time of day has a day of its own ("last night", "8 p.m. Friday")."""
    return phrase.value != "today" or phrase.shift != 0


def _is_part_of_year(phrase: TimePhrase) -> bool:
    return (
        phrase.type is TimeType.DATE
        and phrase.value.startswith("XXXX-")
        and not phrase.unit
        and not _is_weekday(phrase)
    )


def _is_year(phrase: TimePhrase) -> bool:
    stated = len(phrase.value) == 4 and phrase.value.isdigit()
    return phrase.type is TimeType.DATE and (stated or (phrase.unit == "Y" and not phrase.value))


# --- widening -----------------------------------------------------------------------------------------------------


def _widen(phrase: TimePhrase, before: TimePhrase | None, tokens: Tokens) -> TimePhrase:
    """Takes "late", "the end of", "earlier", "around" before a date or a time of day into it."""
    if phrase.type not in (TimeType.DATE, TimeType.TIME) or phrase.value.endswith("_REF"):
        return phrase
    floor = before.end if before else 0
    for _ in range(2):
        width = _find_prefix(phrase, tokens)
        start = phrase.start - width
        if not width or start < floor:
            return phrase
        words = " ".join(token.text.lower() for token in tokens.tokens[start : phrase.start] if token.kind != "HYPHEN")
        if phrase.note == BARE and len(words.split()) < width:
            return phrase  # "a late-night meeting"
        note = f"{words} {phrase.note}".strip() if phrase.note != BARE else words
        phrase = replace(phrase, start=start, note=note)
    return phrase


def _is_topic(phrase: TimePhrase) -> bool:
    """Before these "about" is of a topic: "talk about today", "a remark about the 1960s"."""
    is_today = phrase.unit == "D" and not phrase.value and phrase.anchor is Anchor.REPORT
    return is_today or re.fullmatch(r"\d{2,4}", phrase.value) is not None


def _find_prefix(phrase: TimePhrase, tokens: Tokens) -> int:
    """How many tokens before a phrase belong to it."""
    classes = tokens.classes[max(phrase.start - 3, 0) : phrase.start]
    for pattern, width in (("EARLY HYPHEN", 2), ("EARLY", 1), ("EDGE", 1), ("[EARLIER LATER]", 1)):
        if _fits(pattern, classes[-width:]):
            return width
    if phrase.unit and _fits("[EARLIER LATER] IN", classes[-2:]):
        return 2
    after = tokens.tokens[phrase.end].kind if phrase.end < len(tokens.tokens) else ""
    if (
        _fits("APPROX", classes[-1:])
        and not (_is_topic(phrase) and tokens.tokens[phrase.start - 1].text.lower() == "about")
        and after != "POSSESSIVE"
        and tokens.tokens[phrase.start - 1].text.lower() in _ABOUT
    ):
        return 1
    return 0
