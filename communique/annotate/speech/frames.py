"""What a verb reports without a clause of its own: a name, a judgement, an intention, a topic, a mere object.

`find_frame` reads the complements of a verb. Which verb takes which of them stands in ``tables/cues.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from communique.annotate.parse import get_lemmas
from communique.annotate.speech.unreal import is_withheld
from communique.annotate.speech.verbs import get_declining, get_prepositions, get_verbs, is_speaking_noun
from communique.tables import load_table

# Frames that hold less than a clause.
WEAK = frozenset(["name", "judge", "infinitive", "preposition", "object"])
# Prepositions behind which a judgement gives its ground.
_GROUNDS = frozenset(["of", "for", "as", "over", "with"])
# Several who do this do it with each other.
_TOGETHER = frozenset(["talk", "speak"])
_OBJECTS = frozenset(["dobj", "oprd", "attr", "nsubjpass"])
# A name in quotation marks begins within so many tokens behind the object.
_NEAR = 3


def find_frame(verb: Token, passive: bool) -> tuple[str, list[Token]] | None:
    """The frame of a verb and the heads of what it reports; None where it reports nothing."""
    lemma, kinds = get_lemmas(verb.doc)[verb.i], get_verbs()
    after = [child for child in verb.children if child.i > verb.i]
    objects = [child for child in after if child.dep_ in _OBJECTS]
    preps = [child for child in after if child.dep_ == "prep"]
    if lemma in kinds["name"] and (named := _find_name(lemma, after, objects, preps)):
        return "name", named
    if lemma in kinds["compare"] and (objects or verb.dep_ == "relcl") and (named := _find_comparison(objects, preps)):
        return "name", [*_find_passive_subject(verb, passive), *objects, *named]
    if passive:
        return _find_blame(verb, lemma, preps)
    infinitives = [child for child in after if child.dep_ in ("xcomp", "advcl") and _has_to(child)]
    if lemma in kinds["commit"] and infinitives:
        if any(_is_staying_unnamed(child) for child in infinitives):
            return None
        addressed = [child for child in after if child.dep_ == "dobj" and lemma not in ("tell", "ask")]
        return "infinitive", addressed + infinitives
    if lemma in _TOGETHER and _is_plural(verb):
        return None  # "the ministers talked about trade": what was on their agenda, not what they said
    if governed := _find_governed(lemma, after, objects):
        called_on = infinitives if any(child.lower_ in ("on", "upon") for child in governed) else []
        return "preposition", (objects if lemma == "accuse" else []) + governed + called_on
    if lemma in kinds["judge"] and objects and not _is_sought(verb):
        return "judge", objects + [child for child in preps if child.lower_ in _GROUNDS]
    if verb.dep_ == "pcomp" or _has_to(verb) or _is_sought(verb):
        return None  # "In announcing the trip, ..." comes before what is told; "seeks to defend a regime" is a deed
    if lemma in ("quote", "cite") and any(c.dep_ == "pcomp" for child in preps for c in child.children):
        return None  # "quoted the envoy as saying": the saying has the words
    if lemma == "quote" and any(_is_somebody(child) for child in objects):
        return None  # "is quoting the minister as follows": whose words it takes up
    if lemma == "recall" and any(is_speaking_noun(child.lemma_.lower()) for child in objects):
        return None  # "recalled its ambassador": he was called home
    is_told = lemma in kinds["object"] and (lemma in kinds["say"] or not is_negated(verb))
    if objects and (is_told or (lemma in kinds["show"] and not is_negated(verb) and _is_text(verb))):
        return "object", objects
    return None


def _is_plural(verb: Token) -> bool:
    subjects = [child for child in verb.children if child.dep_ == "nsubj"]
    return any(s.tag_ in ("NNS", "NNPS") or s.lower_ in ("they", "we") or any(s.conjuncts) for s in subjects)


def _find_name(lemma: str, after: list[Token], objects: list[Token], preps: list[Token]) -> list[Token]:
    """ "called it overdue", "called the trip "overdue"", "described the talks as useful"."""
    named = [child for child in after if child.dep_ in ("oprd", "ccomp", "attr") and not _has_to(child)]
    as_ = [child for child in preps if child.lower_ == "as" and lemma != "call"]
    if named or as_ or (objects and lemma not in ("call", "refer")):
        return [*objects, *named, *as_]
    if len(objects) > 1 or (objects and _is_before_quotation(objects[-1])):
        return objects
    return []


def _is_before_quotation(token: Token) -> bool:
    """ "calls the idea "useless"": a quotation opens behind the object or ends its phrase."""
    tokens = token.doc
    end = min(token.right_edge.i + _NEAR, token.sent.end)
    return any(t.tag_ == "``" or t.text in ('"', "'") for t in tokens[token.i + 1 : end])


def _find_comparison(objects: list[Token], preps: list[Token]) -> list[Token]:
    """ "sees it as a threat", "likened it to a siege": the words behind "as" or "to", beside the object or in it."""
    inside = [child for one in objects for child in one.children if child.dep_ == "prep"]
    return [child for child in (*preps, *inside) if child.lower_ in ("as", "to")]


def _find_passive_subject(verb: Token, passive: bool) -> list[Token]:
    return [child for child in verb.children if child.dep_ == "nsubjpass"] if passive else []


def _find_blame(verb: Token, lemma: str, preps: list[Token]) -> tuple[str, list[Token]] | None:
    """ "was accused by the ministry of spying": who is blamed, and for what, where it is told by whom."""
    if lemma not in get_verbs()["judge"] or not any(child.dep_ == "agent" for child in verb.children):
        return None
    subjects = _find_passive_subject(verb, passive=True)
    return ("judge", subjects + [child for child in preps if child.lower_ in _GROUNDS]) if subjects else None


def _find_governed(lemma: str, after: list[Token], objects: list[Token]) -> list[Token]:
    """What stands behind the preposition that a verb wants: "called for restraint", "called for them to leave"."""
    if lemma == "refer" and objects:
        return []  # "referred reporters to its website"
    wanted = get_prepositions().get(lemma, frozenset())
    governed = [child for child in after if child.dep_ in ("prep", "prt") and child.lower_ in wanted]
    governed += [child for child in after if child.dep_ in ("advcl", "ccomp", "xcomp") and _get_marks(child) & wanted]
    if governed or not objects:
        return governed
    return [c for one in objects for c in one.children if c.dep_ == "prep" and c.lower_ in wanted and lemma == "accuse"]


def _get_marks(clause: Token) -> set[str]:
    return {child.lower_ for child in clause.children if child.dep_ == "mark"}


def _is_staying_unnamed(clause: Token) -> bool:
    """ "asked not to be named": nothing about the matter."""
    is_passive = any(child.dep_ == "auxpass" for child in clause.children)
    return is_passive and get_lemmas(clause.doc)[clause.i] in get_verbs()["naming"]


def _has_to(clause: Token) -> bool:
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in clause.children)


def _is_sought(verb: Token) -> bool:
    """ "seeks to support and defend a regime": a deed, not words."""
    if verb.dep_ == "conj":
        verb = verb.head
    return verb.dep_ == "xcomp" and _has_to(verb) and get_lemmas(verb.doc)[verb.head.i] in ("seek", "try")


def _is_somebody(token: Token) -> bool:
    return token.ent_type_ in ("PERSON", "ORG", "GPE", "NORP") or is_speaking_noun(get_lemmas(token.doc)[token.i])


def _is_text(verb: Token) -> bool:
    """True where the subject is a poll, a report or the like: what it shows is what it says."""
    documents: Iterable[str] = load_table("nouns")["documents"]
    return any(child.dep_ == "nsubj" and child.lemma_.lower() in documents for child in verb.children)


def is_negated(verb: Token) -> bool:
    """ "did not express", "neither side expressed"."""
    subjects = [child for child in verb.children if child.dep_ == "nsubj"]
    return any(child.dep_ == "neg" for child in verb.children) or any(
        t.lower_ in ("neither", "no", "none", "nobody") for s in subjects for t in s.subtree if t.i <= s.i
    )


def is_declining(verb: Token) -> bool:
    """ "refused to comment", "declined to say": nothing was said."""
    if is_withheld(verb):
        return True
    refusing, of = get_declining()
    lemmas = get_lemmas(verb.doc)
    if verb.dep_ == "conj" and lemmas[verb.i] == "deny" and lemmas[verb.head.i] == "confirm":
        return any(child.lower_ in ("neither", "nor") for child in verb.head.children)  # "neither confirmed nor denied"
    return lemmas[verb.i] in refusing and any(c.dep_ == "xcomp" and lemmas[c.i] in of for c in verb.children)
