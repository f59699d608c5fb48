"""Short reports of our own with the silences that a reader would note; written before the rules they measure.

Each has its silences as (kind, who is silent or absent, words of what): ``who`` is part of a name, empty for nobody;
``what`` is part of what was not said.
"""

from __future__ import annotations

from typing import NamedTuple


class Case(NamedTuple):
    """A text, and its silences."""

    text: str
    silences: tuple[tuple[str, str, str], ...] = ()


TOPIC, WORDS, ABSENT, REFUSED = "avoided topic", "words not said", "absent", "comment refused"

CASES = (
    Case(
        "Chilean President Ricardo Lagos met Bolivian President Carlos Mesa in Monterrey. The two avoided the "
        "question of access to the sea.",
        ((TOPIC, "", "access to the sea"),),
    ),
    Case(
        "Spanish Foreign Minister Josep Piqué met his Moroccan counterpart in Tangier. A ministry spokesman "
        "declined to comment on the fishing dispute.",
        ((REFUSED, "spokesman", "fishing dispute"),),
    ),
    Case(
        "Italian Foreign Minister Lamberto Dini met Libyan leader Muammar Gaddafi in Sirte on Monday. No "
        "joint statement was issued.",
        ((WORDS, "", "joint statement"),),
    ),
    Case(
        "Israel's embassy in Ankara did not respond to requests for comment on Tuesday.",
        ((REFUSED, "embassy", "comment"),),
    ),
    Case(
        "Canadian Prime Minister Paul Martin met French President Jacques Chirac in Paris. Finance Minister "
        "Ralph Goodale did not attend the meeting.",
        ((ABSENT, "Goodale", "meeting"),),
    ),
    Case(
        "The presidents of Kenya and Uganda, Mwai Kibaki and Yoweri Museveni, held talks in Kampala. Rwandan "
        "President Paul Kagame was not invited to the talks.",
        ((ABSENT, "Kagame", "talks"),),
    ),
    Case(
        "Japanese Foreign Minister Makiko Tanaka met her Russian counterpart in Moscow. She did not say when "
        "the islands would be discussed.",
        ((WORDS, "Tanaka", "when the islands would be discussed"),),
    ),
    Case(
        "Thai Prime Minister Chuan Leekpai met Burmese officials in Rangoon and left without speaking to reporters.",
        ((WORDS, "Chuan", "speaking to reporters"),),
    ),
    Case(
        "The Nepali foreign minister, Ram Sharan Mahat, said that agreement was near. He gave no details.",
        ((WORDS, "Mahat", "details"),),
    ),
    Case(
        "Algerian diplomats could not be reached for comment.",
        ((REFUSED, "diplomats", "comment"),),
    ),
    Case(
        "The talks between President Alpha Konaré and President Abdoulaye Wade ended in Bamako without a "
        "joint communique.",
        ((WORDS, "", "joint communique"),),
    ),
    Case(
        "Saudi Foreign Minister Saud al-Faisal stayed away from the summit in Beirut in March.",
        ((ABSENT, "Saud", "summit"),),
    ),
    Case(
        "Egyptian President Hosni Mubarak skipped the summit in Amman, and King Hussein boycotted the dinner.",
        (
            (ABSENT, "Mubarak", "summit"),
            (ABSENT, "Hussein", "dinner"),
        ),
    ),
    Case(
        "Neither minister said whether the embassy would reopen.",
        ((WORDS, "minister", "whether the embassy would reopen"),),
    ),
    Case(
        "Austrian Chancellor Wolfgang Schüssel refused to answer questions about the dam after his talks with "
        "Václav Klaus in Prague.",
        ((REFUSED, "Schüssel", "questions about the dam"),),
    ),
    Case(
        "“No comment,” said Australian Foreign Minister Alexander Downer when asked about the cable.",
        ((REFUSED, "Downer", ""),),
    ),
    Case(
        "Not a word was said about the hostages at the news conference of President Andrés Pastrana and "
        "President Hugo Chávez in Caracas.",
        ((TOPIC, "", "hostages"),),
    ),
    Case(
        "Turkish officials would not comment on the report, which appeared in a newspaper on Sunday.",
        ((REFUSED, "officials", "report"),),
    ),
    Case(
        "Peruvian President Alejandro Toledo met President Vicente Fox in Lima. The foreign ministers were "
        "absent from the talks.",
        ((ABSENT, "ministers", "talks"),),
    ),
    Case(
        "Neither side announced an agreement after the talks in Geneva between Foreign Minister Alain Juppé "
        "and Foreign Minister Klaus Kinkel.",
        ((WORDS, "side", "agreement"),),
    ),
    Case(
        "Finnish Foreign Minister Erkki Tuomioja met Iraqi officials in Amman. He did not elaborate on the offer.",
        ((WORDS, "Tuomioja", "offer"),),
    ),
    Case(
        "The ministry gave no date for the visit of President Kocharian to Tbilisi.",
        ((WORDS, "ministry", "date"),),
    ),
    Case(
        "Philippine President Fidel Ramos declined the invitation. Trade did not grow, and the port was not built.",
        (),
    ),
    Case(
        "The minister said nothing new. She did not attend school in Paris.",
        (),
    ),
    Case(
        "Indian Prime Minister Deve Gowda met Sri Lankan officials in Delhi. No agreement is perfect.",
        (),
    ),
    Case(
        "He had no date that evening. The house had no details worth mentioning.",
        (),
    ),
    Case(
        "The Omani foreign minister, Yusuf bin Alawi, made no mention of the strait in Muscat.",
        ((TOPIC, "Alawi", "strait"),),
    ),
    Case(
        "The declaration says nothing about the fate of the prisoners and omits any reference to the wall.",
        (
            (TOPIC, "declaration", "fate of the prisoners"),
            (TOPIC, "declaration", "wall"),
        ),
    ),
    Case(
        "President Ricardo Martinelli kept silent on the canal.",
        ((TOPIC, "Martinelli", "canal"),),
    ),
    Case(
        "President Ricardo Martinelli stopped short of calling the vote a fraud.",
        ((WORDS, "Martinelli", "calling the vote a fraud"),),
    ),
    Case(
        "President Ricardo Martinelli did not use the word “coup”.",
        ((WORDS, "Martinelli", "coup"),),
    ),
    Case(
        "President Ricardo Martinelli failed to mention the wreck. There is no sign of a storm.",
        ((WORDS, "Martinelli", "mention the wreck"),),
    ),
    Case(
        "The size of the loan was not disclosed.",
        ((WORDS, "", "size of the loan"),),
    ),
    Case(
        "No date and no place were given.",
        ((WORDS, "", "No date and no place"),),
    ),
    Case(
        "The Panamanian government had no immediate comment on the report. There was no reaction from Bogotá.",
        (
            (REFUSED, "government", "report"),
            (REFUSED, "Bogota", "reaction"),
        ),
    ),
    Case(
        "President Ricardo Martinelli dodged a question about the bank.",
        ((REFUSED, "Martinelli", "bank"),),
    ),
    Case(
        "President Ricardo Martinelli did not reply when asked whether the canal would be widened.",
        ((REFUSED, "Martinelli", "whether the canal would be widened"),),
    ),
    Case(
        "Panama was not represented at the talks. The rebels were excluded from the negotiations.",
        (
            (ABSENT, "Panama", "talks"),
            (ABSENT, "rebels", "negotiations"),
        ),
    ),
    Case(
        "Panama has not endorsed a candidate. The study has not shown that the canal is safe.",
        (),
    ),
    Case(
        "If Panama makes no mention of the canal, Colombia will.",
        (),
    ),
)
