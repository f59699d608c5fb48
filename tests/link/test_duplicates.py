"""Copies of one text count once."""

from __future__ import annotations

import random

from communique.link import link
from communique.link.duplicates import find_chains
from communique.model import Annotations, Document, EngagementKind, Part, PartKind, Reading, Relation
from tests.factory import make_document
from tests.link.build import Report

WORDS = [
    f"{a}{b}"
    for a in ("lake", "stone", "river", "cloud", "grain", "harbour", "letter")
    for b in ("", "s", "side", "man")
]


def make_paragraph(seed: int, n_words: int = 60) -> str:
    chosen = random.Random(seed)
    return " ".join(chosen.choice(WORDS) for _ in range(n_words)).capitalize() + "."


def make_reading(*paragraphs: str, title: str = "Title") -> Reading:
    return Reading(make_document(title + "\n\n" + "\n\n".join(paragraphs)), Annotations())


ONE, TWO, THREE, FOUR = (make_paragraph(seed) for seed in range(4))


def test_a_reprint_with_a_new_title_and_first_line_is_a_copy() -> None:
    wire = make_reading(ONE, TWO, THREE)
    reprint = make_reading("Our own first line.", ONE, TWO, THREE, title="Another title")
    chain, (row,) = find_chains([wire, reprint])
    first = min(wire.document.id, reprint.document.id)
    assert set(chain.values()) == {first}
    assert (row.about, row.property, row.relation) == (first, "text", Relation.SAME_CHAIN)
    assert {value.document for value in row.values} == {wire.document.id, reprint.document.id}
    assert {value.evidence.quote for value in row.values} == {ONE}


def test_a_shortened_copy_is_a_copy() -> None:
    assert len(find_chains([make_reading(ONE, TWO, THREE, FOUR, make_paragraph(9)), make_reading(TWO)])[1]) == 1


def test_a_shared_quotation_makes_no_copy() -> None:
    quotation = make_paragraph(7, 25)
    assert find_chains([make_reading(ONE, quotation, TWO), make_reading(THREE, quotation, FOUR)])[1] == ()


def test_site_furniture_makes_no_copy() -> None:
    def with_notice(body: str) -> Reading:
        text = f"{body}\n\n{FOUR}"
        end = len(body)
        parts = (Part(PartKind.BODY, 0, end), Part(PartKind.NOTICE, end + 2, len(text)))
        return Reading(Document("doc-" + body[:9], "a.txt", "0", text, parts=parts), Annotations())

    assert find_chains([with_notice(ONE), with_notice(TWO)])[1] == ()


def test_a_formula_of_two_sentences_makes_no_copy() -> None:
    assert find_chains([make_reading("No news today.", title="A"), make_reading("No news today.", title="B")])[1] == ()


def test_copies_of_copies_are_one_group() -> None:
    versions = [
        make_reading(ONE, TWO, THREE),
        make_reading(TWO, THREE, ONE, FOUR),
        make_reading(THREE, ONE, TWO, title="X"),
    ]
    _, (row,) = find_chains(versions)
    assert len(row.values) == 3


def test_the_order_makes_no_difference() -> None:
    readings = [make_reading(ONE, TWO), make_reading(ONE, TWO, title="B"), make_reading(THREE, FOUR)]
    assert find_chains(readings) == find_chains(readings[::-1])


def test_copies_do_not_corroborate_each_other() -> None:
    def report(title: str, body: str) -> Reading:
        text = f"{title} Anna Weber and Paul Novak met on 7 May. {body}"
        written = Report(text).knows("Anna Weber").knows("Paul Novak")
        clause = "Anna Weber and Paul Novak met on 7 May"
        written.tells(clause, EngagementKind.MEETING, "Anna Weber", "Paul Novak", day="2024-05-07", mood="frank")
        return written.read()

    copies = [report("Wire.", ONE + TWO), report("Reprint.", ONE + TWO)]
    relations = {row.relation for row in link(copies).comparisons if row.property != "text"}
    assert relations == {Relation.SAME_CHAIN}
    relations = {row.relation for row in link([*copies, report("Own.", FOUR)]).comparisons if row.property != "text"}
    assert relations == {Relation.CORROBORATES}
