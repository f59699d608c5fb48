"""Rules for durations, sets and references: "two days", "the past year", "every week", "recently".

They belong beside the rules of `calendar` and follow the same form.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from communique.model import TimeType
from communique.tables import load_table
from communique.text.timex.grammar import Match, Rule, count, is_in_name, make_duration, make_rules
from communique.text.timex.phrases import TimePhrase, get_open

# Note of a duration that is somebody's age.
AGE = "age"
# Words before "a year" that make it a length; after others it is a rate ("$5 million a year").
_LENGTH_CUES = (
    "IN", "CUE", "APPROX", "AFTER", "BEFORE", "THROUGH", "OF", "TO", "HALF", "AND", "OR", "MORE", "THE", "FULL",
    "NOTIME",
)  # fmt: skip
# Before bare "days" these make it a measure that tells of no time ("a matter of days", "older by decades").
_MEASURED = ("of", "by", "on")
_COUNTS = ("HYPHEN", "CURRENCY", "VAGUE", "NUMBER", "INTEGER", "DAY")
# With "one day" after them, these tell a length.
_SPENT = (
    "with",
    "spent", "spend", "spends", "took", "take", "takes", "last", "lasts", "lasted", "stay", "stayed", "wait", "waited",
    "only", "just", "least", "than", "need", "needs",
)  # fmt: skip
# After these, "last" is a verb.
_AUXILIARIES = ("will", "would", "to", "may", "might", "can", "could", "should", "must", "not", "did", "does", "do")
# After these, the words are of degree and tell no time.
_DEGREES = {"soon": ("how", "too", "so", "as"), "recently": ("as", "how", "so", "too")}
# After these, "a year" and "annually" are rates.
_RATED = ("COUNTED", "PERCENT", "INTEGER", "DECIMAL", "NUMBER", "DAY", "YEAR", "CURRENCY")


def _make(match: Match, type_: TimeType, value: str) -> TimePhrase:
    start, end = match.match.span()
    return TimePhrase(start, end, type_, value)


def _build_duration(match: Match) -> TimePhrase | None:
    """As in "more than four hours", "two-day", "the past 20 months", "12 to 18 months", "3-year-old"."""
    after, before = match.after(), match.before()
    unit = match.value("unit")
    if match.kind("unit") == "QUARTER":
        return None
    if unit == "Q" and match.kind("count") != "VAGUE" and (match.has("hyphen") or (after and after.kind == "OF")):
        return None  # "three quarters of the delegates"
    if before and (before.kind == "CURRENCY" or (before.text == "as" and match.kind("count") == "VAGUE" and unit)):
        return None  # "the third visit in as many months"
    name = match.tokens[match.match.end() : match.match.end() + 2]
    if any(token.text == "War" for token in name):
        return None  # "the Six-Day War", "the Hundred Years' War"
    if match.has("hyphen") and match.has("toward"):
        return None  # "the two-day visit": the article is the noun's
    if unit == "D" and match.get("count")[0].text.lower() == "one" and not match.has("hyphen") and _is_some_day(match):
        return None
    if _is_titled(match):
        return None
    number = None if match.has("high") else count(match.get("count"))
    phrase = _make(match, TimeType.DURATION, make_duration(number, unit))
    if match.kind("toward") == "LAST" and before and before.text.lower() in _AUXILIARIES:
        phrase = replace(phrase, start=phrase.start + 1)  # "the truce would last four years"
    return replace(phrase, note=AGE) if match.has("age") else phrase


def _is_some_day(match: Match) -> bool:
    """ "They hope one day to return" tells no length; "one day after the vote", "spent one day in Rome" do."""
    before, after = match.before(), match.after()
    if after is None or after.kind in ("DOT", "BEFORE", "AFTER", "EARLIER", "LATER", "OF", "OR", "POSSESSIVE", "OLD"):
        return False
    return before is None or not (before.kind in _LENGTH_CUES or before.text.lower() in _SPENT)


def _is_titled(match: Match) -> bool:
    """ "60 Minutes" is a broadcast, except in a line where all words have capitals."""
    before, count_of = match.before(), match.get("count")
    if before is None or not count_of or not count_of[0].text.isdigit() or not match.get("unit")[0].text.istitle():
        return False
    return not before.text[0].isupper() and before.kind != "DOT"


def _build_one(match: Match) -> TimePhrase | None:
    """As in "a year", "an hour and a half", "half an hour"; "$5 million a year" is a rate and tells no time."""
    unit = match.value("unit")
    half = match.has("half")
    number = 0.5 if match.has("only_half") else 1.5 if half else 1.0
    duration = make_duration(number, unit)
    before, after = match.before(), match.after()
    if after and after.text == "when":
        return None  # "on a day when most stayed at home"
    if match.has("approx") or half or match.has("only_half") or match.has("full"):
        return _make(match, TimeType.DURATION, duration)
    if before is None or before.kind in _LENGTH_CUES or before.kind in ("COMMA", "DOT", "MARK", "LATER", "TIMES"):
        return _make(match, TimeType.DURATION, duration)
    return None if _is_rated(match) else _make(match, TimeType.DURATION, duration)


def _is_rated(match: Match) -> bool:
    """Whether a number, or a number of things, stands before: "$5 million a year", "four new flights a week"."""
    place = match.match.start()
    kinds = [token.kind for token in match.tokens[max(place - 3, 0) : place]]
    before = match.before()
    is_plural = before is not None and before.kind == "WORD" and before.text.endswith("s")
    return any(kind in _RATED for kind in (kinds if is_plural else kinds[-1:]))


def _build_quarter_of_unit(match: Match) -> TimePhrase | None:
    """As in "a quarter of an hour", "a quarter of a century"."""
    value = {"TH": "PT15M", "Y": "P3M", "C": "P25Y"}.get(match.value("unit"))
    return _make(match, TimeType.DURATION, value) if value else None


def _build_weekends(match: Match) -> TimePhrase | None:
    """As in "on weekends"."""
    return _make(match, TimeType.SET, "XXXX-WXX-WE") if match.value("weekends") == "WE" else None


def _build_past_unit(match: Match) -> TimePhrase | None:
    """As in "the past year" is a length of time; "last year" would be a year."""
    return _make(match, TimeType.DURATION, make_duration(1, match.value("unit")))


def _build_units(match: Match) -> TimePhrase | None:
    """As in "years", "the first weeks", the "weeks" of "the weeks before"."""
    before, after = match.before(), match.after()
    if (before and before.kind in _COUNTS) or match.value("unit") == "Q":
        return None
    if after and after.kind == "YEAR":
        return None  # "the years 2013 to 2015"
    if (before and before.text in _MEASURED) or (after and after.text in ("apart", "when")):
        return None
    unit = match.value("unit")
    is_beside = after is not None and after.kind in ("BEFORE", "AFTER") and (before is None or before.text != "for")
    if is_beside and not unit.startswith("T"):
        return _make(match, TimeType.DATE, get_open(unit))  # "in the days before the vote": of no known length
    return _make(match, TimeType.DURATION, make_duration(None, unit))


def _build_long_units(match: Match) -> TimePhrase | None:
    """As in "months-long", "centuries-old"."""
    before = match.before()
    if match.get("long")[0].text not in ("long", "old") or (before and before.kind in ("HYPHEN", "NUMBER", "VAGUE")):
        return None
    return _make(match, TimeType.DURATION, make_duration(None, match.value("unit")))


def _build_near_units(match: Match) -> TimePhrase | None:
    """As in "recent years", "the weeks ahead": lengths of time that end or begin at the day of the report."""
    if match.kind("toward") == "FUTURE":
        return _make(match, TimeType.DATE, "FUTURE_REF")
    return _make(match, TimeType.DURATION, make_duration(None, match.value("unit")))


def _build_long(match: Match) -> TimePhrase | None:
    return _make(match, TimeType.DURATION, match.value("long"))


def _build_every(match: Match) -> TimePhrase | None:
    """As in "every week", "each Thursday", "every other year", "twice a week"."""
    kind, value = match.kind("what"), match.value("what")
    if match.has("times") and match.get("times")[0].text.lower() != "times":
        return None
    if kind in ("UNIT", "UNITS", "QUARTER"):
        number = count(match.get("count")) if match.has("count") else 1.0
        if match.has("every") and match.get("every")[0].text.lower().endswith("other"):
            number = 2.0
        return _make(match, TimeType.SET, make_duration(number, value))
    part = f"T{match.value('part')}" if match.has("part") else ""
    form = {"MONTH": f"XXXX-{value}", "SEASON": f"XXXX-{value}", "DAYPART": f"XXXX-XX-XXT{value}"}
    return _make(match, TimeType.SET, form.get(kind, f"XXXX-WXX-{value}{part}"))


def _build_often(match: Match) -> TimePhrase | None:
    word, after = match.get("often")[0], match.after()
    if is_in_name(match):
        return None
    if after and (after.kind == "NAME" or (after.kind == "PAPER" and word.text[0].isupper())):
        return None  # "The Daily Star", "the party daily Granma"
    if word.text.lower() == "annually" and _is_rated(match):
        return None  # "20% annually", "10,000 units annually"
    return _make(match, TimeType.SET, match.value("often"))


def _build_ref(match: Match) -> TimePhrase | None:
    before, after, words = match.before(), match.after(), match.get("ref")[0].text.lower()
    if before and before.text.lower() in _DEGREES.get(words, ()):
        return None  # "how soon", "as recently as May"
    if after and (
        (words in ("of late", "soon") and after.kind == "HYPHEN") or (words.endswith("future") and after.kind == "OF")
    ):
        return None  # "a surge of late-deciding voters", "the future of the alliance"
    return _make(match, TimeType.DATE, match.value("ref"))


def _build_past(match: Match) -> TimePhrase | None:
    return _make(match, TimeType.DATE, "PAST_REF")


def _build_one_day(match: Match) -> TimePhrase | None:
    """ "He will one day return" tells no length."""
    if match.get("one")[0].text.lower() != "one" or match.value("unit") != "D":
        return None
    before = match.before()
    ahead = before is not None and before.text.lower() in load_table("times")["verbs"]["future"]
    return _make(match, TimeType.DATE, "FUTURE_REF") if ahead else None


def _build_adjective(match: Match) -> TimePhrase | None:
    return _make(match, TimeType.DATE, "PRESENT_REF")


@cache
def get_span_rules() -> list[Rule]:
    """The rules for durations, sets and references."""
    counted = "(?P<count>COUNT) (?:[TO OR HYPHEN DASH] (?:TO HYPHEN)? (?P<high>NUMERAL))? [MORE FULL]?"
    counted += "(?P<hyphen>HYPHEN)? (?P<unit>SOMEUNIT)"
    toward = "THE? [LAST PAST NEXT COMING FOLLOWING PREVIOUS FIRST FINAL LATEST FUTURE]|[THE THIS THESE]"
    return make_rules(
        [
            ("(?P<one>NUMBER) (?P<unit>UNIT)", _build_one_day),
            (f"(?P<approx>APPROX)? (?P<toward>{toward})? {counted} SO?", _build_duration),
            (f"(?P<approx>APPROX)? {counted} SO?", _build_duration),
            (f"(?P<approx>APPROX)? {counted} HYPHEN? (?P<age>OLD)", _build_duration),
            ("AN (?P<count>COUNT) HYPHEN (?P<unit>UNIT) PERIOD", _build_duration),
            ("(?P<approx>APPROX)? AN (?P<full>FULL)? (?P<unit>UNIT) (?!HYPHEN) (?:AND AN (?P<half>HALF))?", _build_one),
            ("(?P<approx>APPROX)? (?P<only_half>HALF) AN (?P<unit>UNIT)", _build_one),
            ("AN (?P<quarter>QUARTER) OF AN (?P<unit>UNIT)", _build_quarter_of_unit),
            ("(?<=[ON AT EVERY]) (?P<weekends>UNITS)", _build_weekends),
            ("THE? PAST (?P<unit>UNIT)", _build_past_unit),
            ("(?:THE? [FIRST FINAL EARLY])? (?P<unit>UNITS) (?:[AND OR] UNITS)?", _build_units),
            ("(?P<unit>UNITS) HYPHEN (?P<long>[SHORTLY OLD])", _build_long_units),
            (
                "THE? (?P<toward>[RECENT PAST LAST PREVIOUS COMING FUTURE NEXT]) (?P<unit>UNITS) (?:[AND OR] UNITS)?",
                _build_near_units,
            ),
            ("THE? (?P<unit>UNITS) AHEAD (?!OF)", _build_near_units),
            ("(?P<long>LONG)", _build_long),
            ("(?P<every>EVERY) (?P<count>COUNT)? (?P<what>[UNIT UNITS QUARTER])", _build_every),
            ("(?P<every>EVERY) (?P<what>WEEKDAY) (?P<part>DAYPART)?", _build_every),
            ("(?P<every>EVERY) (?P<what>[MONTH SEASON DAYPART])", _build_every),
            ("(?P<count_of>COUNT) (?:UNIT|UNITS) [AN PER EVERY] (?P<what>UNIT)", _build_every),
            ("(?:TIMES|COUNT (?P<times>[COUNTED PAPER])) [AN PER EVERY] (?P<what>UNIT)", _build_every),
            ("(?P<what>WEEKDAYS) (?P<part>[DAYPART DAYPARTS])?|(?P<day>(?=WEEKDAY DAYPARTS))", _build_every),
            ("(?P<what>WEEKDAY) (?P<part>DAYPARTS)", _build_every),
            ("(?P<often>OFTEN)", _build_often),
            ("(?P<ref>REF)", _build_ref),
            ("THE PAST (?=[DOT COMMA MARK AND OR POSSESSIVE DASH IN OF TO]|$)", _build_past),
            (
                "(?<=IN) THE PAST (?![UNIT UNITS QUARTER NUMBER DAY VAGUE APPROX SEASON WEEKDAY MONTH DAYPART TODAY])",
                _build_past,
            ),
            ("(?P<word>CURRENT) (?![DOT COMMA MARK AND OR IN UNIT UNITS QUARTER]|$)", _build_adjective),
        ]
    )
