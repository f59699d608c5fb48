"""Usual sentences of news on diplomacy, with the values and intervals that a careful reader gives them.

The table was written before the program was run on it. The report is of Wednesday, 16 October 2019; "open" rows have
a report without a day. Sentences, persons and events are our own.
"""

from __future__ import annotations

import pytest

from communique.annotate.language_model import LanguageModel
from communique.annotate.parse import parse
from communique.annotate.times import find_times
from tests.annotate.test_times import WEDNESDAY, make_document

# A sentence with its time expressions in brackets; for each its TIMEX3 value and its EDTF ("" where it has none).
USUAL = [
    ("The two ministers met in Vienna [late Tuesday].", [("2019-10-15", "2019-10-15")]),
    ("The envoys will meet again on [Tuesday], her office said.", [("2019-10-22", "2019-10-22")]),
    ("Kovac said the delegations would gather in Geneva on [Friday].", [("2019-10-18", "2019-10-18")]),
    ("The talks, which will resume on [Monday], broke down over prisoners.", [("2019-10-21", "2019-10-21")]),
    (
        "The envoy left Ankara on [3 September] and returned [two days later].",
        [("2019-09-03", "2019-09-03"), ("2019-09-05", "2019-09-05")],
    ),
    ("A summit is planned for [March 23-25].", [("2020-03-23/2020-03-25", "2020-03-23/2020-03-25")]),
    ("The council sat from [May 7 to 8, 2018], behind doors.", [("2018-05-07/2018-05-08", "2018-05-07/2018-05-08")]),
    ("The sides signed protocols in [May] and [December 2015].", [("2015-05", "2015-05"), ("2015-12", "2015-12")]),
    (
        "He flew to Riyadh on [12 June 2018]; [the following day] he saw the crown prince.",
        [("2018-06-12", "2018-06-12"), ("2018-06-13", "2018-06-13")],
    ),
    (
        "The accord was signed on [14 June 2018]. [Two days earlier], the cabinet had backed it.",
        [("2018-06-14", "2018-06-14"), ("2018-06-12", "2018-06-12")],
    ),
    ("Both sides must submit their proposals by [August].", [("2020-08", "../2020-08")]),
    ("The withdrawal is to be complete by [the end of next year].", [("2020", "../2020")]),
    ("Observers stayed in the valley for [almost a month].", [("P1M", "")]),
    ("Elections are to be held in [10 months].", [("P10M", "")]),
    ("After [four hours] of talks the [two-day] conference closed.", [("PT4H", ""), ("P2D", "")]),
    ("The contact group meets [every two weeks].", [("P2W", "")]),
    ("The king will visit Baku in [the spring of 2021].", [("2021-SP", "2021-21")]),
    ("The treaty lapsed at [the end of 2018].", [("2018", "2018")]),
    ("The embassy was closed in [the early 1990s].", [("199", "199X")]),
    ("Theresa May may march on, said March, and the crowd may march on too.", []),
    ("The blast hit the consulate at [about 9:30 p.m. on Sunday].", [("2019-10-13T21:30", "2019-10-13~")]),
    ("Parliament votes on the accord on [Thursday morning].", [("2019-10-17TMO", "2019-10-17")]),
    ("[Last month], a court in The Hague rejected the appeal.", [("2019-09", "2019-09")]),
    ("The ceasefire has held for [the past two years].", [("P2Y", "")]),
    ("Relations have been frozen since [last November].", [("2018-11", "2018-11")]),
    ("[Earlier this year], the bank lifted the freeze.", [("2019", "2019")]),
    ("It was the first such visit in [nearly two decades].", [("P20Y", "")]),
    ("The ministry will brief reporters at [noon on Friday].", [("2019-10-18T12:00", "2019-10-18")]),
    (
        "The premier said [yesterday] that the mission would leave [tomorrow].",
        [("2019-10-15", "2019-10-15"), ("2019-10-17", "2019-10-17")],
    ),
    ("The captain was released on [Christmas Eve].", [("2018-12-24", "2018-12-24")]),
    ("Contacts were resumed in [the third quarter of 2018].", [("2018-Q3", "2018-07/2018-09")]),
    ("On [4 March 2019] the talks failed; [the week before], both sides had been hopeful.",
     [("2019-03-04", "2019-03-04"), ("2019-W09", "2019-02-25/2019-03-03")]),
    ("He landed on [the evening of 7 May 2018].", [("2018-05-07TEV", "2018-05-07")]),
    ("Shelling resumed [early Sunday morning].", [("2019-10-13TMO", "2019-10-13")]),
    ("The president, who is to visit Tokyo [next month], praised the emperor.", [("2019-11", "2019-11")]),
    ("The [six-year] war has shaped [the twenty-first century].", [("P6Y", ""), ("20", "20XX")]),
    ("The waivers expire on [31 January].", [("2020-01-31", "2020-01-31")]),
    ("Staff talks ran from [Monday] to [Tuesday].", [("2019-10-14", "2019-10-14"), ("2019-10-15", "2019-10-15")]),
    ("She will tour the region from [10 to 12 November].", [("2019-11-10/2019-11-12", "2019-11-10/2019-11-12")]),
    ("He had served as envoy from [2011] to [2013].", [("2011", "2011"), ("2013", "2013")]),
    ("The hostages, taken on [Saturday], will be home before [Sunday].",
     [("2019-10-12", "2019-10-12"), ("2019-10-20", "../2019-10-19")]),
    ("It is due within [two weeks], no later than [30 October].", [("P2W", ""), ("2019-10-30", "../2019-10-30")]),
    ("In [fiscal 2017], aid to the islands fell.", [("2017", "2017~")]),
]  # fmt: skip

# Written after the rules, and before the program was run on them.
LATER = [
    ("The two presidents spoke by telephone on [Sunday].", [("2019-10-13", "2019-10-13")]),
    ("A joint commission will convene in Minsk on [24 October].", [("2019-10-24", "2019-10-24")]),
    ("Sanctions imposed in [July 2014] were prolonged in [June] for [six months].",
     [("2014-07", "2014-07"), ("2019-06", "2019-06"), ("P6M", "")]),
    ("The ambassador presented his credentials [three weeks ago].", [("2019-W39", "2019-09-23/2019-09-29")]),
    ("Since [early September], shelling has subsided.", [("2019-09", "2019-09")]),
    ("The deal must be ratified before [the end of the year].", [("2019", "../2019")]),
    ("Experts met twice [last week].", [("2019-W41", "2019-10-07/2019-10-13")]),
    ("Deputy ministers have been meeting [every other month] since [2017].", [("P2M", ""), ("2017", "2017")]),
    ("The quartet last convened in [the autumn of 2016].", [("2016-FA", "2016-23")]),
    ("A ceasefire came into force at [6 a.m. on Tuesday].", [("2019-10-15T06:00", "2019-10-15")]),
    ("The envoy is expected back in Kyiv [early next week].", [("2019-W43", "2019-10-21/2019-10-27")]),
    ("The note of [5 September 2014] was followed by one on [12 February 2015]; [four days later] the hub fell.",
     [("2014-09-05", "2014-09-05"), ("2015-02-12", "2015-02-12"), ("2015-02-16", "2015-02-16")]),
    ("The hearing, originally due on [Monday], was adjourned until [28 October].",
     [("2019-10-14", "2019-10-14"), ("2019-10-28", "../2019-10-28")]),
    ("Since [yesterday morning], the crossing has been closed.", [("2019-10-15TMO", "2019-10-15")]),
    ("The visit, his first in [more than a decade], ends [tomorrow evening].",
     [("P10Y", ""), ("2019-10-17TEV", "2019-10-17")]),
    ("They exchanged notes on [1] and [3 October].", [("2019-10-01", "2019-10-01"), ("2019-10-03", "2019-10-03")]),
    # A length from the report's day on, as "the next few weeks" is (docs/times.md).
    ("The ministers are to sign in [the coming weeks].", [("PXW", "")]),
    # A quarter of accounts that ends within one of the calendar is none of these.
    ("Output fell in [the quarter] ended [July 29].", [("P3M", ""), ("2019-07-29", "2019-07-29")]),
    ("The border is shut from [today] through [17 November], shippers hit by it said.",
     [("2019-10-16", "2019-10-16"), ("2019-11-17", "2019-11-17")]),
    ("[This summer], three rounds were held in [the past few weeks] alone.", [("2019-SU", "2019-22"), ("PXW", "")]),
    ("He briefed the council on [Thursday, 10 October].", [("2019-10-10", "2019-10-10")]),
    ("On [9 October], the visas lapsed; [the same day], two inspectors were expelled.",
     [("2019-10-09", "2019-10-09"), ("2019-10-09", "2019-10-09")]),
    ("By [mid-2020] all troops are to be out.", [("2020", "../2020")]),
    ("The amnesty runs from [1 November 2019] to [31 January 2020].",
     [("2019-11-01", "2019-11-01"), ("2020-01-31", "2020-01-31")]),
    ("At [dawn today], convoys crossed the river.", [("2019-10-16TMO", "2019-10-16")]),
    ("The mandate expires at [midnight on 31 October].", [("2019-10-31T24:00", "2019-10-31")]),
    ("The premier will be in Cairo on [2] and [3 November], then in Amman until [5 November].",
     [("2019-11-02", "2019-11-02"), ("2019-11-03", "2019-11-03"), ("2019-11-05", "../2019-11-05")]),
    ("The talks broke off [hours] before the deadline.", [("PTXH", "")]),
    ("She told reporters in Doha on [Monday] that a text could be ready by [Friday].",
     [("2019-10-14", "2019-10-14"), ("2019-10-18", "../2019-10-18")]),
    ("The minister, who took office in [March], has yet to visit Seoul.", [("2019-03", "2019-03")]),
    ("Under the accord of [2015], inspections continue until [2025].", [("2015", "2015"), ("2025", "../2025")]),
    ("A truce agreed on [Saturday] collapsed within [hours]; a new one is to begin at [noon on Thursday].",
     [("2019-10-12", "2019-10-12"), ("PTXH", ""), ("2019-10-17T12:00", "2019-10-17")]),
]  # fmt: skip

OPEN = [
    ("They met [last Thursday] in Oslo.", [("XXXX-WXX-4", "")]),
    ("The hostages were freed [three weeks later].", [("XXXX-WXX", "")]),
    ("Talks will resume on [May 7].", [("XXXX-05-07", "XXXX-05-07")]),
    ("The envoy arrives [tomorrow], after talks [a year ago].", [("XXXX-XX-XX", ""), ("XXXX", "")]),
    ("Both capitals want a treaty by [August].", [("XXXX-08", "XXXX-08")]),
]


def read_values(marked: str, published: str, model: LanguageModel) -> tuple[list[tuple[str, str, str]], list[str]]:
    """What the program finds, and the words marked."""
    text = marked.replace("[", "").replace("]", "")
    times = find_times(parse(make_document(text, published), model))
    return [(t.quote, t.value, t.edtf or "") for t in times], [piece.split("]")[0] for piece in marked.split("[")[1:]]


@pytest.mark.parametrize(("marked", "expected"), USUAL + LATER)
def test_usual_sentences(marked: str, expected: list[tuple[str, str]], language_model: LanguageModel) -> None:
    found, words = read_values(marked, WEDNESDAY, language_model)
    assert found == [(quote, *pair) for quote, pair in zip(words, expected, strict=True)]


@pytest.mark.parametrize(("marked", "expected"), OPEN)
def test_sentences_without_a_day_of_the_report(
    marked: str, expected: list[tuple[str, str]], language_model: LanguageModel
) -> None:
    found, words = read_values(marked, "", language_model)
    assert found == [(quote, *pair) for quote, pair in zip(words, expected, strict=True)]
