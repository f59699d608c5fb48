"""Time expressions of a document, anchored: TIMEX3 type and value, and days where they can be told.

For every paragraph, in text order: find expressions (`text.timex`), read the tense of the governing verb off the
parse, close what is open with the day of the report (a comment's own day inside a comment), the last day told, the
last quarter told. Where the day of the report is not known, "Tuesday" stays some Tuesday and "May 7" stays without
year: no year is borrowed from elsewhere, and the machine's clock is never asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from communique.annotate.parse import Block, Parsed
from communique.annotate.tenses import find_limit, find_tense, is_conjunction, is_soon_after
from communique.model import Basis, Document, Evidence, Part, PartKind, Precision, TimeExpression, TimeType, When
from communique.text.timex.days import Days, end_before, end_with, find_days, widen_fiscal
from communique.text.timex.finder import find_time_expressions
from communique.text.timex.grammar import FISCAL
from communique.text.timex.phrases import Anchor, Context, Direction, Resolved, Tense, TimePhrase
from communique.text.timex.quarters import QUARTER
from communique.text.timex.spans import AGE
from communique.text.timex.values import BESIDE, resolve

# A day told more than so many paragraphs ago is not the day of the story any more.
_STORY_REACH = 3
# "a year ago" compares with a quarter told in the same paragraph or the last, no further back than this (characters).
_QUARTER_REACH = 1000
_COMPARED = re.compile(r"\b(?:ago|earlier)(?: (?:quarter|period))?$", re.IGNORECASE)
_MONTHS = re.compile(r"the (?:first |latest )?(?:six|nine|6|9) months", re.IGNORECASE)
_BESIDE_EVENT = re.compile(r",? (?:the day|\w+ (?:days?|weeks?)) (?:before|after|earlier|later)\b")
# Notes of what lies before the whole time that it begins.
_BEGINNINGS = ("the beginning of", "beginning of", "the start of")
# Between the first and the last day of a range.
_RANGE = re.compile(r"\s*(?:to|until|till|through|-|–)\s*")
_DAY_TOLD = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?=$|T)")
_QUARTER_TOLD = re.compile(r"\d{4}-Q[1-4]")


@dataclass(slots=True)
class _Story:
    """What has been told so far in one part of a document."""

    value: str = ""
    evidence: tuple[Evidence, ...] = ()
    block: int = 0
    beside: TimeExpression | None = None  # the last of all, even a look back that does not move the story
    beside_block: int = 0
    quarter: str = ""
    quarter_block: int = 0
    quarter_at: int = 0
    months_block: int = -1  # of the last "the nine months", which results are told of instead of a quarter
    dateline: When | None = None  # the day that the date line gives, where it is near the printed one


# A paper prints an agency's story up to so many days after its date line.
_DATELINE_DAYS = 3


def find_times(parsed: Parsed) -> tuple[TimeExpression, ...]:
    """The time expressions of a document, in text order, site furniture left out."""
    found: list[TimeExpression] = []
    story, owner = _Story(), None
    for number, block in enumerate(parsed.blocks):
        if block.part.part is PartKind.NOTICE:
            continue
        if _owner(block.part) != owner:
            story, owner = _Story(dateline=story.dateline), _owner(block.part)
        for phrase in find_time_expressions(parsed.folded[block.start : block.end]):
            if phrase.note == AGE:
                continue  # "the 3-year-old boy" tells no time; 36 of 37 in TempEval-3 are not marked either
            if is_soon_after(block, phrase):
                continue
            phrase = _free(block, phrase)
            context = _make_context(parsed, block, number, phrase, story)
            resolved = resolve(phrase, context)
            expression = _make_expression(parsed, block, phrase, resolved, story)
            if found and _RANGE.fullmatch(parsed.folded[found[-1].end : expression.start]):
                if "-WXX-" in phrase.value:
                    found[-1], expression = _order(found[-1], expression, context.tense)
                elif phrase.value.startswith("XXXX-") and not (phrase.unit or phrase.holiday or phrase.weekday):
                    expression = _follow(found[-1], expression)
            found.append(expression)
            if block.part.part is PartKind.DATELINE:
                story.dateline = _find_dateline(parsed.document, expression)
            story.beside, story.beside_block = expression, block.start
            is_this = phrase.shift >= 0 and not (phrase.unit == "Q" and phrase.value)
            if phrase.unit not in ("Y", "Q") or is_this:  # no look back
                _tell(story, number, expression, resolved, context.report)
    return tuple(found)


def _free(block: Block, phrase: TimePhrase) -> TimePhrase:
    """Without the "that" of "it is likely that Friday's vote ...", which is no word of the day."""
    if phrase.anchor is not Anchor.STORY or "-WXX-" not in phrase.value or not is_conjunction(block, phrase):
        return phrase
    return replace(phrase, start=phrase.start + len("that "), anchor=Anchor.REPORT, direction=None)


def _owner(part: Part) -> tuple[PartKind, int]:
    """Parts whose days are told apart: a comment is its own story; title, body and captions are one."""
    if part.part in (PartKind.COMMENT, PartKind.BYLINE, PartKind.DATELINE):
        return part.part, part.start
    return PartKind.BODY, 0


def _find_dateline(document: Document, expression: TimeExpression) -> When | None:
    """ "KAZAN, Oct. 23" in a paper of 24 October: written on the 23rd, so "today" is the 23rd."""
    when, published = expression.when, document.published
    if when is None or published is None or when.start is None or published.start is None or when.start != when.end:
        return None
    return when if 0 <= (published.start - when.start).days <= _DATELINE_DAYS else None


def _get_published(document: Document, part: Part, story: _Story) -> When | None:
    if part.part is PartKind.COMMENT:
        return part.published
    is_story = part.part in (PartKind.BODY, PartKind.CAPTION)
    return story.dateline if is_story and story.dateline is not None else document.published


def _get_report_day(document: Document, part: Part, story: _Story) -> date | None:
    """The day from which a part is written; None where it is not known to the day."""
    published = _get_published(document, part, story)
    return published.start if published and published.start == published.end else None


def _make_context(parsed: Parsed, block: Block, number: int, phrase: TimePhrase, story: _Story) -> Context:
    reach = 1 if phrase.value == "today" else _STORY_REACH
    quote = parsed.folded[block.start + phrase.start : block.start + phrase.end]
    near = number - story.quarter_block <= 2 and block.start + phrase.start - story.quarter_at < _QUARTER_REACH
    compared = phrase.unit == "Y" and near and _COMPARED.search(quote)
    is_of_quarter = phrase.unit == "Q" or phrase.note == QUARTER or bool(compared)
    if number == story.months_block and (phrase.unit == "Y" or phrase.value) and "quarter" not in quote.lower():
        is_of_quarter = False  # "a year earlier" than the nine months told is a year
    told = story.value if number - story.block <= reach else ""
    if phrase.clock and phrase.value == "today" and _BESIDE_EVENT.match(parsed.folded, block.start + phrase.end):
        told = ""  # "at 6 a.m. ten days before the vote" is of a day that is not told
    if (beside := _get_beside(block, phrase, story)) is not None:
        told = beside.value
    return Context(
        _get_report_day(parsed.document, block.part, story),
        told,
        story.quarter if is_of_quarter else "",
        find_tense(block, phrase),
    )


def _get_beside(block: Block, phrase: TimePhrase, story: _Story) -> TimeExpression | None:
    """The "last year" from which "the year before" is counted in "than last year or the year before"."""
    beside = story.beside if phrase.note == BESIDE and phrase.unit == "Y" else None
    if beside is None or story.beside_block != block.start or not re.fullmatch(r"\d{4}", beside.value):
        return None
    return beside


def _tell(story: _Story, number: int, expression: TimeExpression, resolved: Resolved, report: date | None) -> None:
    """Remembers a day or quarter that was told."""
    if _MONTHS.fullmatch(expression.quote):
        story.months_block = number
    if expression.type not in (TimeType.DATE, TimeType.TIME):
        return
    if _QUARTER_TOLD.fullmatch(resolved.value):
        _tell_quarter(story, number, expression, resolved.value, report)
    told = _DAY_TOLD.match(resolved.value.split("/")[-1])  # of "March 23-25", the last day
    if told:
        story.value, story.block = told.group(), number
        story.evidence = expression.when.evidence if expression.when else ()


def _is_over(value: str, report: date | None) -> bool:
    days = find_days(value)
    return days is not None and days.end is not None and report is not None and days.end < report


def _tell_quarter(story: _Story, number: int, expression: TimeExpression, value: str, report: date | None) -> None:
    """Results are told of the last quarter that is over: neither an earlier one ("after a flat second quarter") nor one
    to come ("will take a charge in the fourth quarter") takes its place while it is near.
    """
    near = number - story.quarter_block <= 2 and expression.start - story.quarter_at < _QUARTER_REACH
    if near and _is_over(story.quarter, report) and (value < story.quarter or not _is_over(value, report)):
        return
    story.quarter, story.quarter_block, story.quarter_at = value, number, expression.start
    story.months_block = -1


# --- rows ---------------------------------------------------------------------------------------------------------


def _make_expression(
    parsed: Parsed, block: Block, phrase: TimePhrase, resolved: Resolved, story: _Story
) -> TimeExpression:
    document, start = parsed.document, block.start + phrase.start
    own = document.evidence(start, block.start + phrase.end)
    evidence: tuple[Evidence, ...] = (own,)
    # "today" in somebody's mouth is the day of the speaking, most often that of the report
    quoted = resolved.anchor is Anchor.REPORT and parsed.folded.count('"', block.start, start) % 2 == 1
    beside = _get_beside(block, phrase, story)
    if beside is not None and beside.when is not None:
        evidence += beside.when.evidence
    elif resolved.anchor is Anchor.STORY:
        evidence += tuple(other for other in story.evidence if other != own)
    elif resolved.anchor is Anchor.REPORT:
        published = _get_published(document, block.part, story)
        evidence += published.evidence if published else ()
    when = _make_when(phrase, resolved, evidence, quoted)
    if when is not None and when.end is not None:
        when = _doubt_next(when, phrase, _get_report_day(document, block.part, story))
        when = _limit(when, phrase, find_limit(block, phrase))
    edtf = when.edtf if when else None
    return TimeExpression(document.id, own.start, own.end, own.quote, phrase.type, resolved.value, edtf, when)


def _make_when(phrase: TimePhrase, resolved: Resolved, evidence: tuple[Evidence, ...], quoted: bool) -> When | None:
    """The days of a date or time; None for what has none."""
    days = find_days(resolved.value) if phrase.type in (TimeType.DATE, TimeType.TIME) else None
    if days is None:
        return None
    if FISCAL in phrase.note:
        days = widen_fiscal(days)
    about = phrase.note.startswith("about") and days.precision in (Precision.DAY, Precision.MONTH, Precision.YEAR)
    basis = Basis.STATED if resolved.anchor is Anchor.NONE else Basis.INFERRED if quoted else Basis.RELATIVE
    note = "" if phrase.note in (BESIDE, QUARTER) else phrase.note
    return When(days.edtf + "~" if about else days.edtf, days.start, days.end, days.precision, basis, evidence, note)


def _order(first: TimeExpression, last: TimeExpression, tense: Tense | None) -> tuple[TimeExpression, TimeExpression]:
    """ "from Tuesday to Friday": the Friday after that Tuesday, whichever of the two is nearer to the report."""
    if first.when is None or last.when is None or first.when.start is None or last.when.start is None:
        return first, last
    if not 0 < (first.when.start - last.when.start).days < 7 or first.when.start != first.when.end:
        return first, last
    if tense in (Tense.FUTURE, Tense.PLANNED):
        return first, _move(last, 7)
    return _move(first, -7), last


def _follow(first: TimeExpression, last: TimeExpression) -> TimeExpression:
    """ "from today through 17 November": the one after today, whatever the verb's tense."""
    if first.when is None or last.when is None or first.when.start is None or last.when.start is None:
        return last
    value = f"{int(last.value[:4]) + 1:04}{last.value[4:]}"
    days = find_days(value)
    if last.when.start >= first.when.start or days is None:
        return last
    when = replace(last.when, edtf=days.edtf, start=days.start, end=days.end)
    return replace(last, value=value, edtf=when.edtf, when=when)


def _move(expression: TimeExpression, days: int) -> TimeExpression:
    when = expression.when
    if when is None or when.start is None:
        return expression
    day = when.start + timedelta(days)
    moved = replace(when, edtf=day.isoformat(), start=day, end=day)
    return replace(expression, value=day.isoformat() + expression.value[10:], edtf=moved.edtf, when=moved)


def _doubt_next(when: When, phrase: TimePhrase, report: date | None) -> When:
    """ "next Friday", said on a Tuesday, is that of the week after for most, and in three days for some."""
    if phrase.direction is not Direction.NEXT or "-WXX-" not in phrase.value or report is None or when.start is None:
        return when
    near = when.start - timedelta(7)
    if near <= report:
        return when
    edtf, note = f"[{near},{when.start}]", f"{when.note} next: of this week or of the one after".strip()
    return replace(when, edtf=edtf, start=near, precision=Precision.RANGE, note=note)


def _limit(when: When, phrase: TimePhrase, limit: str) -> When:
    """ "by August" and "until August" are the days up to its end, "before August" those up to its beginning."""
    if not limit:
        return when
    days = Days(when.edtf or "", when.start, when.end, when.precision)
    # "before the end of the year", "before late May", "before 9 p.m. on Friday" lie within the time named
    is_whole = phrase.type is TimeType.DATE and (phrase.note in ("", "the") or phrase.note.startswith(_BEGINNINGS))
    days = end_before(days) if limit == "before" and is_whole else end_with(days)
    note = f"{limit} {when.note}".strip()
    return replace(when, edtf=days.edtf, start=days.start, end=days.end, precision=days.precision, note=note)
