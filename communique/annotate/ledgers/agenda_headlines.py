"""Headlines that tell what is talked about: "Visit To Focus On Trade", "A, B to Talk Gas", "A, B Discuss Beef".

The tagger takes the words of headlines for names; they are read as they stand.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from communique.annotate.ledgers.cue import Cue, Need
from communique.annotate.ledgers.issues import get_issue_words, iter_listed_issues
from communique.model import Phase

_AHEAD = ("to", "will", "may")


def find_headline_cues(tokens: Doc) -> Iterator[Cue]:
    """The cues of a title."""
    for token in tokens[1:]:
        first = _find_first(token)
        if first is None:
            continue
        ahead = token.nbor(-1).lower_ in _AHEAD
        issues = tuple(iter_listed_issues(first, _find_end(first)))
        if issues and (ahead or token.i > 1):
            yield Cue(token, (), Phase.EXPECTED if ahead else Phase.ADDRESSED, Need.NOTHING, True, listed=issues)


def _find_first(token: Token) -> Token | None:
    """The first word of what is talked about, if a token is the verb of a headline."""
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    if after is None:
        return None
    ahead = token.nbor(-1).lower_ in _AHEAD
    if token.lower_ in ("focus", "center", "centre") and ahead and after.lower_ == "on":
        return after.nbor(1) if after.i + 1 < len(token.doc) else None
    is_base = token.lower_ in get_issue_words("headline", "verbs")
    if not is_base or not after.text[:1].isalpha() or after.lower_ in get_issue_words("headline", "ends"):
        return None
    return after


def _find_end(first: Token) -> int:
    for token in first.doc[first.i : first.sent.end]:
        if token.lower_ in get_issue_words("headline", "ends") or token.text in ";:.–—":
            return token.i
    return int(first.sent.end)
