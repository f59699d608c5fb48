"""What is read from the forty pages is at least as good as what the library reads from them."""

from __future__ import annotations

from eval.pages.__main__ import judge, read_ours, read_trafilatura
from eval.pages.pages import make_pages


def test_pages_are_read_at_least_as_well_as_by_the_library() -> None:
    pages = make_pages()
    assert len(pages) == 40
    ours = [judge(page.story, read_ours(page)) for page in pages]
    theirs = [judge(page.story, read_trafilatura(page)) for page in pages]
    assert sum(score.body for score in ours) >= sum(score.body for score in theirs)
    assert sum(score.body for score in ours) / len(pages) > 0.985
    assert sum(score.title for score in ours) == 40
    assert sum(score.authors for score in ours) == 40
    assert sum(score.day for score in ours) >= 38
    wrong_days = [page.name for page, score in zip(pages, ours, strict=True) if not score.day and read_ours(page).day]
    assert wrong_days == [], "a day that is not sure is unknown"
