"""Short news from five countries and six days, with the values that a careful reader gives their times.

Both tables were written before the program was run on them. Sentences, persons and events are our own.
"""

from __future__ import annotations

import pytest

from communique.annotate.language_model import LanguageModel
from tests.annotate.test_times_usual import read_values

# The day of the report, a sentence with its times in brackets, their TIMEX3 values.
PLAIN = [
    (
        "2007-03-14",
        "Uganda's foreign minister flew to Juba on [Monday] and left [the same day].",
        "2007-03-12 2007-03-12",
    ),
    ("2007-03-14", "The rebels have until [the end of April] to answer the mediators.", "2007-04"),
    ("2007-03-14", "Rwanda closed the border [last week].", "2007-W10"),
    ("2007-03-14", "[Early Saturday], shells fell on the port of Mogadishu.", "2007-03-10"),
    ("2007-03-14", "Talks on the dam began [three years ago] in Addis Ababa.", "2004"),
    (
        "2007-03-14",
        "The truce was signed on [Aug. 26, 2006]; fighting broke out again [a month later].",
        "2006-08-26 2006-09",
    ),
    ("2007-03-14", "The mission has cost $2 million a month since [January].", "2007-01"),
    ("2007-03-14", "The ambassador served in Lusaka in [the mid-1980s].", "198"),
    ("2007-03-14", "He is expected in Khartoum on [Sunday night].", "2007-03-18TNI"),
    ("2007-03-14", "The parties last met [two weeks ago].", "2007-W09"),
    ("1996-08-05", "The border war of [1995] lasted [five weeks].", "1995 P5W"),
    ("1996-08-05", "Ecuador's president-elect takes office on [Saturday].", "1996-08-10"),
    ("1996-08-05", "Over [the weekend], envoys of the guarantors met in Quito.", "1996-W31-WE"),
    ("1996-08-05", "[Sunday]'s session ran until [midnight].", "1996-08-04 1996-08-04T24:00"),
    ("1996-08-05", "Trade across the border rose 12 percent in [the second quarter].", "1996-Q2"),
    ("1996-08-05", "The two armies had pulled back in [the fall of 1995].", "1995-FA"),
    ("1996-08-05", "The treaty is to be signed [later this year].", "1996"),
    (
        "1996-08-05",
        "The guarantors met in Brasilia on [July 23]. [Four days earlier] a mine had killed two soldiers.",
        "1996-07-23 1996-07-19",
    ),
    ("1996-08-05", "Peru has had [daily] contacts with the guarantors.", "P1D"),
    ("1996-08-05", "The 60-year-old diplomat retired in [June].", "1996-06"),
    ("2022-11-30", "Fiji votes on [14 December].", "2022-12-14"),
    ("2022-11-30", "The two leaders spoke by telephone [this morning].", "2022-11-30TMO"),
    ("2022-11-30", "It was the first visit by a Fijian leader in [more than a decade].", "P10Y"),
    ("2022-11-30", "The court in Suva will rule [next Thursday].", "2022-12-08"),
    ("2022-11-30", "Officials from Jakarta will meet again [next week].", "2022-W49"),
    ("2022-11-30", "The pact runs for [10 years] from [2024].", "P10Y 2024"),
    ("2022-11-30", "The ship docked at [dawn Tuesday].", "2022-11-29TMO"),
    ("2022-11-30", "In [the past few months], both sides have softened their tone.", "PXM"),
    ("2022-11-30", "The joint panel meets [every Monday].", "XXXX-WXX-1"),
    ("2003-05-22", "The Tigers suspended the talks in [April], [14 months] after the truce.", "2003-04 P14M"),
    ("2003-05-22", "The donors will gather in Tokyo on [June 9].", "2003-06-09"),
    ("2003-05-22", "At [8:30 a.m. Wednesday], the convoy left Jaffna.", "2003-05-21T08:30"),
    ("2003-05-22", "The ceasefire is [now] in force on land and at sea.", "PRESENT_REF"),
    ("2003-05-22", "Monitors were [recently] attacked near Trincomalee.", "PAST_REF"),
    ("2003-05-22", "The war has gone on for [two decades].", "P20Y"),
    ("2003-05-22", "The prime minister will visit Oslo in [early July].", "2003-07"),
    ("2003-05-22", "The mediator was born in Bergen on [9 October 1957].", "1957-10-09"),
    ("1989-12-01", "The two presidents meet [this weekend] off Malta.", "1989-W48-WE"),
    ("1989-12-01", "[Thursday evening], demonstrators filled the square.", "1989-11-30TEV"),
    ("1989-12-01", "Hungary opened its border in [September].", "1989-09"),
    ("1989-12-01", "The bloc's exports fell to $4 billion from $5 billion [a year earlier].", "1988"),
    ("1989-12-01", "The old guard had ruled through [the 1970s].", "197"),
    ("1989-12-01", "A new cabinet in Prague will be sworn in within [days].", "PXD"),
    ("2010-01-04", "Yemen's embassies were closed on [New Year's Eve].", "2009-12-31"),
    ("2010-01-04", "The airliner was attacked on [Christmas Day].", "2009-12-25"),
    ("2010-01-04", "London will host a conference on [Jan. 28].", "2010-01-28"),
    ("2010-01-04", "The number of attacks doubled [last year].", "2009"),
    ("2010-01-04", "A similar warning was issued [last summer].", "2009-SU"),
    ("2010-01-04", "The consulate was shut on [Sunday]; it reopened [two days later].", "2010-01-03 2010-01-05"),
    ("2010-01-04", "In [the 20th century] the port was British.", "19"),
    ("2010-01-04", "Aid to Sanaa will double over [the next three years].", "P3Y"),
]
HARDER = [
    ("2007-03-14", "Uganda will send two battalions before the [May] summit of the union.", "2007-05"),
    ("2007-03-14", "Envoys gathered in Kigali ahead of [Monday]'s talks.", "2007-03-12"),
    ("2007-03-14", "Over [the last month], the price of maize has doubled in Nairobi.", "P1M"),
    ("2007-03-14", "The president said he would resign if he lost the vote on [April 21].", "2007-04-21"),
    ("2007-03-14", "The ceasefire soon collapsed, and both armies will meet the mediators [soon].", "FUTURE_REF"),
    (
        "2007-03-14",
        "She told The Standard on [Sunday] that the camp would stay open until [the end of the year].",
        "2007-03-11 2007",
    ),
    ("2007-03-14", "By [the end of the year], the force had lost 40 men.", "2006"),
    ("2007-03-14", "They fear for the future of the lake region and for [the next decade].", "P10Y"),
    ("2007-03-14", "The bombing in Kismayo on [Saturday] will be raised by the council.", "2007-03-10"),
    ("2007-03-14", "Kenya is to host [next week]'s conference in Mombasa.", "2007-W12"),
    ("1996-08-05", "The minister will not attend [Thursday]'s ceremony in Lima.", "1996-08-08"),
    ("1996-08-05", "It was the year the two countries went to war.", ""),
    ("1996-08-05", "The [months-long] standoff ended [last Wednesday].", "PXM 1996-07-31"),
    ("1996-08-05", "The parties returned to the table on [the morning of Aug. 2].", "1996-08-02TMO"),
    ("1996-08-05", "Nobody slept on [the night] of the coup.", "XXXX-XX-XXTNI"),
    ("1996-08-05", "Brazil hopes one day to see the border opened.", ""),
    ("1996-08-05", "Coffee exports fell 4 percent from [the same period a year ago].", "1995"),
    ("1996-08-05", "The general has spent [the last year] in exile in Panama.", "P1Y"),
    ("1996-08-05", "Bolivia and Chile hold talks on [Wednesday], their first since [March].", "1996-08-07 1996-03"),
    ("1996-08-05", "Colombia froze the accounts [a fortnight ago].", "1996-W30"),
    ("2022-11-30", "Tonga has been rebuilding since the eruption in [January].", "2022-01"),
    ("2022-11-30", "Leaders will meet again at [Friday]'s forum in Suva.", "2022-12-02"),
    ("2022-11-30", "He spoke with reporters [late Tuesday], [hours] before the vote.", "2022-11-29 PTXH"),
    ("2022-11-30", "The new tariff, which expires on [31 March], hurts growers.", "2023-03-31"),
    (
        "2022-11-30",
        "The pact was signed on [22 November 2021]; [a year later], nothing has been built.",
        "2021-11-22 2022",
    ),
    ("2022-11-30", "New Caledonia voted in [December 2021] after [three decades] of debate.", "2021-12 P30Y"),
    ("2022-11-30", "In [the 1980s] and [1990s], the bases were leased to France.", "198 199"),
    ("2003-05-22", "The rebels said that [Tuesday]'s raid broke the truce.", "2003-05-20"),
    ("2003-05-22", "The premier is likely to travel to Delhi [later this month].", "2003-05"),
    ("2003-05-22", "The aid conference opens on [June 9] and runs for [two days].", "2003-06-09 P2D"),
    ("2003-05-22", "He was arrested on [18 April] and freed [eleven days later].", "2003-04-18 2003-04-29"),
    ("2003-05-22", "The foreign ministry confirmed [Thursday morning] that a ship had sunk.", "2003-05-22TMO"),
    ("2003-05-22", "Fighting has cost 60,000 lives in [the past 20 years].", "P20Y"),
    ("2003-05-22", "The monitors' mandate, renewed [every six months], ends on [August 1].", "P6M 2003-08-01"),
    ("2003-05-22", "The party invited its rivals to a rally on [June 1].", "2003-06-01"),
    ("2003-05-22", "A Reuters poll in [March] put support at 61 percent.", "2003-03"),
    ("2003-05-22", "By [dusk on Wednesday], the road was open again.", "2003-05-21TEV"),
]


@pytest.mark.parametrize(("published", "marked", "values"), [*PLAIN, *HARDER])
def test_news_from_abroad(published: str, marked: str, values: str, language_model: LanguageModel) -> None:
    found, words = read_values(marked, published, language_model)
    assert [(quote, value) for quote, value, _ in found] == list(zip(words, values.split(), strict=True))
