"""Which span holds another one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from communique.text.holding import SpanIndex

SPANS = st.tuples(st.integers(0, 3000), st.integers(1, 1500)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.lists(SPANS, max_size=12), SPANS)
def test_the_shortest_span_that_holds_another_is_found(spans: list[tuple[int, int]], asked: tuple[int, int]) -> None:
    index = SpanIndex((start, end, str(k), k) for k, (start, end) in enumerate(spans))
    holding = [k for k, (start, end) in enumerate(spans) if start <= asked[0] and asked[1] <= end]
    expected = min(holding, key=lambda k: (spans[k][1] - spans[k][0], str(k)), default=None)
    assert index.find_shortest(*asked) == expected


@given(st.lists(SPANS, max_size=12), SPANS)
def test_all_spans_that_hold_another_are_found(spans: list[tuple[int, int]], asked: tuple[int, int]) -> None:
    index = SpanIndex((start, end, str(k), k) for k, (start, end) in enumerate(spans))
    holding = [k for k, (start, end) in enumerate(spans) if start <= asked[0] and asked[1] <= end]
    assert index.find_all(*asked) == sorted(holding, key=lambda k: (spans[k][1] - spans[k][0], str(k)))
