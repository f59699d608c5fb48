"""When something was said: the day beside a cue, and no other. The cases were written before the rules were run."""

from __future__ import annotations

import pytest

import communique

CASES = [
    ("On March 26, spokesman Jan Novak noted that the port would open.", ["2019-03-26"]),
    ("On 26 March 2019 Jan Novak, the ministry's spokesman, noted progress in relations.", ["2019-03-26"]),
    ("Anna Berg said on Tuesday that the talks would go on.", ["2019-04-02"]),
    ("Anna Berg told reporters Tuesday the talks would go on.", ["2019-04-02"]),
    ("Speaking in Oslo on 29 March 2019, Anna Berg said the treaty was dead.", ["2019-03-29"]),
    ("“The treaty is dead,” Anna Berg said in a statement issued on 29 March 2019.", ["2019-03-29"]),
    ("The ministry said in a statement on Monday that two envoys had left.", ["2019-04-01"]),
    ("According to a statement released on 29 March 2019, two envoys had left.", ["2019-03-29"]),
    ("Anna Berg, who visited Kyiv on 1 March 2019, said the road was long.", [None]),
    ("Anna Berg said the treaty was signed on 1 March 2019.", [None]),
    ("Anna Berg said that on 1 March 2019 the envoys had left.", [None]),
    ("Citing a report published on 1 March 2019, Anna Berg said the road was long.", [None]),
    ("“We go on,” Anna Berg said on Tuesday. “There is no other way,” she added.", ["2019-04-02"]),
    ("Anna Berg said on Tuesday that talks would go on. She added that a date was set.", ["2019-04-02", "2019-04-02"]),
    ("Anna Berg said on Tuesday that talks would go on. Earlier she said that they were over.", ["2019-04-02", None]),
    ("Anna Berg said on Tuesday that talks would go on. Jan Novak said that they were over.", ["2019-04-02", None]),
    ("Anna Berg called the deal “historic” at a news conference in Lima on 29 March 2019.", ["2019-03-29"]),
    ("In late March 2019, announcing the trip, Anna Berg called it “overdue.”", [None, "2019-03"]),
    ("Announcing the trip to reporters in late March 2019, Anna Berg called it “overdue.”", ["2019-03", "2019-03"]),
    ("In announcing the trip in March 2019, Anna Berg called it “overdue.”", ["2019-03"]),
    ("After arriving in Lima in March 2019, Anna Berg called the trip “overdue.”", [None]),
    ("Anna Berg, the party’s nominee in 2008, issued a statement saying that the road was long.", [None]),
    ("In his famous 1963 refrain, Jan Novak pledged to go on.", [None]),
    ("In a 1963 speech, Jan Novak said that the road was long.", ["1963"]),
    ("Jan Novak has said since 1 March 2019 that the road was long.", [None]),
]


@pytest.mark.parametrize(("text", "days"), CASES)
def test_a_day_beside_the_cue_dates_what_is_said(text: str, days: list[str | None]) -> None:
    found = communique.read(text, published="2019-04-03").annotations.statements
    made = [row.made.edtf if row.made else None for row in found]
    assert made[: len(days)] == days
