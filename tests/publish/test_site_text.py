"""A text in sections, blocks and marks: nothing added, nothing lost, every mark where it belongs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from communique.publish.site.lists import Group, packed
from communique.publish.site.text import Mark, Section, Token, merge_marks, sections, snippet

TEXTS = st.text(st.sampled_from("ab \n\r\u00a0é\U0001f4f0"), max_size=60)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[dict[str, int]], list[Mark]]:
    text = draw(TEXTS)
    if not text:
        return text, [], []
    places = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(lambda p: p[0] < p[1])
    spans = draw(st.lists(places, max_size=8, unique=True))
    cuts = sorted({0, *draw(st.lists(st.integers(0, len(text) - 1), max_size=3))})
    parts = [{"start": start, "end": end} for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]
    return text, parts, [Mark(*span, ("k",), number) for number, span in enumerate(sorted(spans), start=1)]


def tokens_of(cut: list[Section]) -> list[Token]:
    return [token for section in cut for block in section.blocks for token in block.tokens]


@given(marked())
def test_the_text_stays_what_it_was(case: tuple[str, list[dict[str, int]], list[Mark]]) -> None:
    text, parts, marks = case
    assert "".join(token.text for token in tokens_of(sections(text, parts, marks))) == text


@given(marked())
def test_marks_are_closed_in_the_block_where_they_are_opened(
    case: tuple[str, list[dict[str, int]], list[Mark]],
) -> None:
    text, parts, marks = case
    for section in sections(text, parts, marks):
        for block in section.blocks:
            depth = 0
            for token in block.tokens:
                depth += {"open": 1, "close": -1}.get(token.kind, 0)
                assert depth >= 0
            assert depth == 0


@given(marked())
def test_every_mark_is_entered_once_and_covers_its_words(case: tuple[str, list[dict[str, int]], list[Mark]]) -> None:
    text, parts, marks = case
    tokens = tokens_of(sections(text, parts, marks))
    assert sorted(token.id for token in tokens if token.id) == sorted(f"c{m.start}-{m.end}" for m in marks)
    for mark in marks:
        covered = "".join(token.text for token in tokens if token.kind == "text" and mark.number in token.numbers)
        assert covered == text[mark.start : mark.end]
    assert sorted(n for token in tokens if token.kind == "note" for n in token.numbers) == [
        mark.number for mark in marks
    ]


def test_crossing_marks_are_split() -> None:
    # "one [two {three] four} five"
    text = "one two three four five"
    tokens = tokens_of(sections(text, [], [Mark(4, 13, ("a",), 1), Mark(8, 18, ("b",), 2)]))
    shown = [(token.text, token.kinds) for token in tokens if token.kind == "text"]
    assert shown == [("one ", ()), ("two ", ("a",)), ("three", ("a", "b")), (" four", ("b",)), (" five", ())]


def test_paragraphs_are_blocks_and_long_ones_are_broken_at_lines() -> None:
    cut = sections("First.\n\nSecond,\nin two lines.\n\n\nThird.\n", [], [])
    assert [block.tokens[0].text for block in cut[0].blocks] == [
        "First.\n\n",
        "Second,\nin two lines.\n\n\n",
        "Third.\n",
    ]
    long = "\n".join(["words " * 50] * 20)
    assert len(sections(long, [], [])[0].blocks) == 20


def test_marks_of_one_span_become_one() -> None:
    name, entry = Mark(0, 4, ("mention",), None, "n/x.html"), Mark(0, 4)
    assert list(merge_marks({(0, 4): Mark(0, 4, ("statement",), 1)}, [name, entry])) == [
        Mark(0, 4, ("statement", "mention"), 1, "n/x.html")
    ]


def test_a_snippet_stays_in_its_paragraph() -> None:
    text = "Before.\nThe minister said that Ada Holm had left the room.\nAfter."
    start = text.index("Ada")
    assert snippet(text, {"start": start, "end": start + 8}) == (
        "The minister said that ",
        "Ada Holm",
        " had left the room.",
    )
    assert snippet(text, {"start": start, "end": start + 8}, 10) == ("…that ", "Ada Holm", " had left…")


@given(st.lists(st.integers(0, 25), max_size=12), st.integers(1, 10))
def test_packing_keeps_every_row_in_order_and_pages_small(sizes: list[int], size: int) -> None:
    groups = [Group(f"g{n}", "", [f"{n}-{row}" for row in range(count)]) for n, count in enumerate(sizes)]
    pages = packed(groups, size)
    assert [row for page in pages for part in page for row in part.rows] == [row for g in groups for row in g.rows]
    assert all(sum(len(part.rows) for part in page) <= size for page in pages)
    assert all(page for page in pages) or pages == [[]]
