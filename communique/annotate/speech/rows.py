"""Drafts to statements: form, polarity, when it was said, and how far the row can be trusted."""

from __future__ import annotations

from spacy.tokens import Token

from communique.annotate.parse import Parsed
from communique.annotate.speech.confidence import get_confidence
from communique.annotate.speech.drafts import Draft, to_span
from communique.annotate.speech.labels import is_asking
from communique.annotate.speech.verbs import get_verbs
from communique.model import (
    Document,
    Polarity,
    Statement,
    StatementForm,
    When,
    content_id,
)

# "know" is a cue only in "wanted to know".
_ASKING = frozenset(["ask", "wonder", "inquire", "query", "know"])
# Of a statement's words, what stands in quotation marks where it is direct speech.
DIRECT = 0.9


def make_statement(parsed: Parsed, draft: Draft, made: When | None, occasion: str | None) -> Statement:
    """The row of a draft.

    Args:
        parsed: The document.
        draft: With its speaker resolved.
        made: When it was said, None if the text does not tell.
        occasion: Id of the event mention at which it was said, if the text tells.
    """
    document = parsed.document
    content = tuple(document.evidence(s, e) for s, e in draft.content)
    cue = None
    if draft.cue is not None:
        words = to_span(parsed.blocks[draft.block], draft.cue.words)
        cue = document.evidence(words.start, words.end)
    form = _form(document, draft)
    return Statement(
        id=content_id("stm", document.id, draft.rule, *(f"{s}-{e}" for s, e in draft.content)),
        document=document.id,
        part=parsed.blocks[draft.block].part.part,
        form=form,
        content=content,
        cue=cue,
        source=draft.speaker,
        via=draft.via,
        addressee=draft.addressee,
        made=made,
        engagement=occasion,
        polarity=_polarity(draft),
        rule=draft.rule,
        resolution=draft.resolution,
        confidence=get_confidence(draft.rule, form, draft.resolution),
    )


def _form(document: Document, draft: Draft) -> StatementForm:
    if not draft.quotes:
        return StatementForm.DIRECT if draft.rule == "label" else StatementForm.INDIRECT
    quoted = sum(q.end - q.start for q in draft.quotes)
    whole = sum(e - s for s, e in draft.content)
    return StatementForm.DIRECT if quoted >= DIRECT * whole else StatementForm.MIXED


def _polarity(draft: Draft) -> Polarity:
    if draft.cue is None:
        is_asked = draft.rule == "label" and draft.speaker is not None and is_asking(draft.speaker.quote or "")
        return Polarity.ASKED if is_asked else Polarity.ASSERTED
    if draft.cue.declined:
        return Polarity.DECLINED
    lemma = draft.cue.token.lemma_
    if draft.cue.negated:
        # Who "does not believe that it is so" denies it; who "did not say so" said nothing.
        is_thought = lemma in get_verbs()["think"] and lemma not in get_verbs()["say"]
        return Polarity.DENIED if is_thought else Polarity.NOT_SAID
    if lemma == "deny" or (lemma in get_verbs()["denying"] and _is_claim(draft.cue.token)):
        return Polarity.DENIED
    return Polarity.ASKED if lemma in _ASKING else Polarity.ASSERTED


def _is_claim(verb: Token) -> bool:
    """ "rejected claims that", "a charge he rejected as": words of others; a rejected plan is denied by nobody."""
    claims = get_verbs()["claims"]
    if verb.dep_ == "relcl" and verb.head.lemma_.lower() in claims:
        return True
    return any(child.lemma_.lower() in claims for child in verb.children if child.dep_ == "dobj")
