"""On which side of the report a day lies: told by the verb. The report is of Wednesday, 16 October."""

from __future__ import annotations

import pytest

from communique.annotate.language_model import LanguageModel
from tests.annotate.test_times import WEDNESDAY, make_document, read
from tests.annotate.test_times_usual import read_values

# A sentence with its times in brackets, and their values.
SENTENCES = [
    ("Kovac will meet the envoy on [Friday].", ["2019-10-18"]),
    ("Kovac met the envoy on [Friday].", ["2019-10-11"]),
    ("Kovac meets the envoy on [Friday].", ["2019-10-18"]),
    ("Kovac is meeting the envoy on [Friday].", ["2019-10-18"]),
    ("Kovac has met the envoy on [Friday].", ["2019-10-11"]),
    ("Kovac will meet the envoy and sign a treaty on [Friday].", ["2019-10-18"]),
    ("Kovac, who met the envoy on [Friday], will resign.", ["2019-10-11"]),
    ("Kovac, who will meet the envoy on [Friday], resigned.", ["2019-10-18"]),
    ("The ministry said on [Monday] that Kovac would fly to Oslo on [Thursday].", ["2019-10-14", "2019-10-17"]),
    ("Both sides agreed on [Tuesday] to hold talks on [Friday].", ["2019-10-15", "2019-10-18"]),
    ("Kovac proposed on [Tuesday] that the talks move to Oslo.", ["2019-10-15"]),
    ("Kovac vowed on [Tuesday] to return.", ["2019-10-15"]),
    ("Talks resumed on [Tuesday].", ["2019-10-15"]),
    ("Talks are due to resume on [Tuesday].", ["2019-10-22"]),
    ("Talks had been due to resume on [Friday].", ["2019-10-11"]),
    ("A vote was planned for [Tuesday], but the chamber was closed.", ["2019-10-15"]),
    ("A vote planned for [Friday] has been called off.", ["2019-10-18"]),
    ("The visit, originally planned for [February], took place in [April].", ["2019-02", "2019-04"]),
    ("Unions planned a march on [Saturday].", ["2019-10-19"]),
    ("The court has set [Friday] as the deadline.", ["2019-10-18"]),
    ("The record was set on [6 August].", ["2019-08-06"]),
    ("The summit is set for Rome in [April].", ["2020-04"]),
    ("They met on [November 30].", ["2018-11-30"]),
    ("They invited her to a ceremony on [November 12].", ["2019-11-12"]),
    ("The session was extended to [November 12].", ["2019-11-12"]),
    ("The session was put off until [Tuesday].", ["2019-10-22"]),
    ("Kovac managed to reach the envoy on [Friday].", ["2019-10-11"]),
    ("Kovac hopes to reach the envoy on [Friday].", ["2019-10-18"]),
    ("Kovac flew to Oslo to meet the envoy on [Friday].", ["2019-10-11"]),
    ("The envoy is believed to have left on [Friday].", ["2019-10-11"]),
    ("The envoy could not be reached on [Friday].", ["2019-10-11"]),
    ("Talks could resume on [Friday].", ["2019-10-18"]),
    ("The talks on [October 10-11] could be read as a thaw.", ["2019-10-10/2019-10-11"]),
    ("By [Friday] a thousand people had fled.", ["2019-10-11"]),
    ("The envoy wanted an answer by [Friday].", ["2019-10-18"]),
    ("Talks may start as early as [Friday].", ["2019-10-18"]),
    ("The chancellor may go in [May].", ["2020-05"]),
    ("The [Friday] session will be long.", ["2019-10-18"]),
    ("Envoys will attend [Friday]'s summit.", ["2019-10-18"]),
    ("Envoys will speak at [Sunday]'s conference.", ["2019-10-20"]),
    ("Envoys will discuss [Friday]'s attack.", ["2019-10-11"]),
    ("Envoys arrived in Tripoli ahead of [Friday]'s summit.", ["2019-10-18"]),
    ("The party is in a tight race ahead of a vote on [Sunday].", ["2019-10-20"]),
    ("The losses in Jaffna on [Sunday] will only speed up that shift.", ["2019-10-13"]),
    ("After a plunge in its currency on [Sunday], pressure is growing.", ["2019-10-13"]),
    ("The premier does not want war, she said in an interview with the paper on [Sunday].", ["2019-10-13"]),
    ("The envoy has also been raising money, including on [Sunday].", ["2019-10-13"]),
    ("The alliance would gain if she won the election on [November 8].", ["2019-11-08"]),
    ("The pact can be undone if he is elected president in [May].", ["2020-05"]),
    ("The ministry must prepare for it before the [May] election.", ["2020-05"]),
    ("The year of accounts, which ends on [30 September], was bad.", ["2020-09-30"]),
    ("The fund raised a million euros by [the end of September].", ["2019-09"]),
    ("As the premier prepared to speak in Porto on [Tuesday], a fight broke out.", ["2019-10-15"]),
    ("The president is upbeat about her chances of winning in [March].", ["2020-03"]),
    ("The party's candidate for the [March] election spoke first.", ["2020-03"]),
    ("Both camps claim victory ahead of [Monday]'s vote.", ["2019-10-21"]),
    ("It is likely that [Friday]'s vote will be close.", ["2019-10-18"]),
    ("The firm holds a stake after it sold shares on [Friday].", ["2019-10-11"]),
]


@pytest.mark.parametrize(("marked", "values"), SENTENCES)
def test_the_verb_tells_the_side(marked: str, values: list[str], language_model: LanguageModel) -> None:
    found, words = read_values(marked, WEDNESDAY, language_model)
    assert [(quote, value) for quote, value, _ in found] == list(zip(words, values, strict=True))


@pytest.mark.parametrize(
    ("text", "edtf", "note"),
    [
        ("They must agree by August 2020.", "../2020-08", "by"),
        ("They must agree no later than 3 August 2020.", "../2020-08-03", "by"),
        ("The truce holds until 3 August 2020.", "../2020-08-03", "until"),
        ("They left before 3 August 2018.", "../2018-08-02", "before"),
        ("They left before 2018.", "../2017-12-31", "before"),
        ("They must agree by the end of 2020.", "../2020", "by the end of"),
        ("They must agree before the end of 2020.", "../2020", "before the end of"),
        ("They must agree before late May 2020.", "../2020-05", "before late"),
        ("They must agree before the start of 2020.", "../2019-12-31", "before the start of"),
        ("They left two days before 3 August 2018.", "2018-08-03", ""),
        ("They will not leave before 3 August 2020.", "2020-08-03", ""),
        ("They met before the 3 August 2018 vote.", "2018-08-03", ""),
        ("They stayed from 1 August 2018 until 3 August 2018.", "2018-08-03", ""),
    ],
)
def test_what_a_preposition_limits(text: str, edtf: str, note: str, language_model: LanguageModel) -> None:
    *_, time = read(make_document(text, WEDNESDAY), language_model).values()
    assert time.when is not None
    assert (time.edtf, time.when.edtf, time.when.note) == (edtf, edtf, note)


def test_a_limit_has_no_first_day(language_model: LanguageModel) -> None:
    when = read(make_document("They must agree by August 2020.", WEDNESDAY), language_model)["August 2020"].when
    assert when is not None
    assert when.start is None
    assert str(when.end) == "2020-08-31"
