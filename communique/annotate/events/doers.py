"""Who does what a verb tells: its subject, its agent, and what the parser leaves beside these."""

from __future__ import annotations

from spacy.tokens import Token

from communique.annotate.clauses import find_agent, find_subject, get_children, get_lemma, is_negated, is_verb

# Verbs without a passive: their participle behind a noun is a plain past.
_ACTIVE = frozenset(["gather", "arrive", "confer", "convene", "travel", "go", "come", "meet"])


def find_doer(verb: Token) -> Token | None:
    """The subject of a verb, or who does what is told in the passive; None where nobody is told."""
    root = verb.sent.root
    is_headless = root.pos_ in ("NOUN", "PROPN") and verb.dep_ == "acl" and verb.tag_ == "VBN"
    if is_headless and get_lemma(verb) in _ACTIVE and find_agent(verb) is None:
        return root  # "Ministers of the six powers gathered in Lima": a participle for the parser
    if get_children(verb, "auxpass") or (verb.tag_ == "VBN" and verb.dep_ == "acl"):
        agent = find_agent(verb)
        return agent if agent is not None or get_lemma(verb) != "invite" else find_subject(verb)
    own = get_children(verb, "nsubj")
    if len(own) > 1 and own[0].pos_ == "PROPN" and own[-1].pos_ == "NOUN":
        return own[0]  # "Paz and Ek, then his deputy, met": the parser takes the apposition for a second subject
    return find_subject(verb)


def find_doers(verb: Token, subject: Token | None) -> list[Token]:
    """A subject, with the pronoun that opens its list: "She, President Paz and Ann Ek met" has two for the parser."""
    if subject is None:
        return []
    beside = [child for child in get_children(verb, "nsubj", "npadvmod") if child.i != subject.i and child.i < verb.i]
    is_list = subject.i + 1 < len(subject.doc) and subject.nbor(1).text == ","
    if subject.tag_ == "PRP" and is_list:
        return [subject, *(child for child in beside if child.dep_ == "nsubj" and child.i > subject.i)]
    pronouns = [child for child in beside if child.tag_ == "PRP" and child.i < subject.i and child.nbor(1).text == ","]
    return [*pronouns, subject]


def stays_away(verb: Token) -> bool:
    """ "did not attend", "was not invited to take part in"."""
    if get_lemma(verb) not in ("attend", "take", "participate", "join", "invite", "be"):
        return False
    return is_negated(verb) or (verb.dep_ in ("xcomp", "advcl") and is_verb(verb.head) and is_negated(verb.head))
