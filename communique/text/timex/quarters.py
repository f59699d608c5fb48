"""Rules for quarters and halves of a year, by number ("the third quarter") or by the one told ("the year-ago quarter").

They belong beside the rules of `calendar` and follow the same form.
"""

from __future__ import annotations

from functools import cache

from communique.model import TimeType
from communique.text.timex.grammar import FISCAL, TOWARD, Match, Rule, make_date, make_duration, make_rules, read_number
from communique.text.timex.phrases import Anchor, TimePhrase

# Note of "the year-ago quarter", which is counted from the quarter told.
QUARTER = "quarter"
# Before "period last year" these mean that of which the text tells.
_ALIKE = ("comparable", "corresponding", "equivalent", "like", "similar")
_ENDED = ("ended", "ending")


def _build_quarter(match: Match) -> TimePhrase | None:
    """As in "the third quarter", "third-quarter", "the first half of", "Q3", "the 2004 quarter"."""
    letter = "H" if match.has("half") else "Q"
    if match.has("name"):
        number = int(match.get("name")[0].text[1])
    elif match.has("last"):
        number = 2
    else:
        number = read_number(match.get("nth")[0])
    if number > (2 if letter == "H" else 4):
        return None
    note = FISCAL if any(token.kind == "FISCAL" for token in match.get_all()) else ""
    return make_date(match, f"{match.value('year') or 'XXXX'}-{letter}{number}", anchor=Anchor.REPORT, note=note)


def _build_quarter_ended(match: Match) -> TimePhrase | None:
    """As in "the quarter ended Sept. 30"; a quarter of accounts that ends in another month has no number."""
    month = int(match.value("month"))
    if match.get("ended")[0].text not in _ENDED:
        return None
    if month % 3:
        return TimePhrase(*match.match.span(), TimeType.DURATION, make_duration(1, "Q"))
    return make_date(match, f"{match.value('year') or 'XXXX'}-Q{month // 3}", anchor=Anchor.REPORT)


def _build_quarter_of(match: Match) -> TimePhrase | None:
    """As in "the quarter", "the 2004 period", "the year-ago quarter"."""
    after = match.after()
    if match.has("year"):
        return make_date(match, match.value("year"), unit="Q", anchor=Anchor.STORY)
    if not match.has("toward") and after is not None and after.kind == "OF":
        return None  # "the quarter of voters who are young"
    shift = {"PREVIOUS": -1, "LAST": -1, "NEXT": 1, "FOLLOWING": 1}.get(match.kind("toward"), 0)
    if match.kind("toward") == "LATEST":  # the one that is over
        return make_date(match, unit="Q", anchor=Anchor.STORY, note="latest")
    if match.kind("toward") in ("CURRENT", "NEXT", "COMING"):
        return make_date(match, unit="Q", shift=shift, anchor=Anchor.REPORT)
    return make_date(match, unit="Q", shift=shift, anchor=Anchor.STORY)


def _build_year_ago(match: Match) -> TimePhrase | None:
    """As in "the year-ago quarter", "year-earlier"."""
    if match.value("unit") != "Y":
        return None
    if match.has("nth"):
        number = read_number(match.get("nth")[0])
        return make_date(match, f"XXXX-Q{number}", unit="Y", shift=-1, anchor=Anchor.REPORT)
    if match.has("noun"):
        return make_date(match, unit="Y", shift=-1, anchor=Anchor.REPORT, note=QUARTER)
    return make_date(match, unit="Y", shift=-1, anchor=Anchor.STORY)


def _build_told_quarter(match: Match) -> TimePhrase | None:
    """As in "last year's quarter", "the same period last year", "the quarter a year ago"."""
    word = match.get("word")
    if match.value("unit") != "Y" or (word and word[0].text not in _ALIKE):
        return None
    if match.has("ago") is any(token.kind == "LAST" for token in match.get_all()):
        return None
    return make_date(match, unit="Y", shift=-1, anchor=Anchor.REPORT, note=QUARTER)


@cache
def get_quarter_rules() -> list[Rule]:
    """The rules for quarters and halves of a year."""
    nth = "(?P<nth>NTH)"
    return make_rules(
        [
            (f"[THE THIS]? FISCAL? HYPHEN? {nth} FISCAL? QUARTER", _build_quarter),
            (f"FISCAL? {nth} HYPHEN QUARTER", _build_quarter),
            (f"THE? (?P<year>YEAR) FISCAL? {nth} HYPHEN? QUARTER", _build_quarter),
            (
                "THE? QUARTER (?=(?P<ended>CUE) (?P<month>[MONTH MABBR]) DOT? DAYNUMBER? (?:COMMA? (?P<year>YEAR))?)",
                _build_quarter_ended,
            ),
            ("THE? (?P<name>QUARTERNAME) (?:OF? (?P<year>YEAR))?", _build_quarter),
            (
                f"THE (?:{nth}|(?P<last>LAST)) (?P<half>HALF) (?=OF (?!THE? DECADE)[YEAR THE THIS LAST NEXT FISCAL])",
                _build_quarter,
            ),
            (f"THE (?P<year>YEAR) [QUARTER PERIOD]|(?:THE|{TOWARD}) FISCAL? QUARTER", _build_quarter_of),
            ("THE (?P<toward>LATEST) PERIOD", _build_quarter_of),
            ("(?P<unit>UNIT) HYPHEN [AGO EARLIER]", _build_year_ago),
            (
                f"THE? (?P<unit>UNIT) HYPHEN [AGO EARLIER] (?:{nth} HYPHEN?)? (?P<noun>[QUARTER PERIOD])",
                _build_year_ago,
            ),
            ("LAST (?P<unit>UNIT) POSSESSIVE [QUARTER PERIOD]", _build_told_quarter),
            (
                "(?:THAT|THE (?P<word>WORD)?) [QUARTER PERIOD] [OF IN]? [LAST AN] (?P<unit>UNIT)"
                " (?P<ago>[AGO EARLIER])?",
                _build_told_quarter,
            ),
        ]
    )
