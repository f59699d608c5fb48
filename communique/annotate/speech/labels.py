"""Speech that a label gives to its speaker, without a verb.

1. `read_label`: a whole paragraph behind a name and a colon: lines of a transcript ("MR. NOVAK: ..."), of an interview
   ("Q: ..."), a headline ("Novak: no date set"), or one with the name behind it ("No date set: Novak");
2. `read_post`: a post of a social network as pages embed it: its words, a dash, name, handle and day;
3. `find_labelled`: a quotation behind a name and a colon;
4. `find_signed`: a quotation before a dash and a name, on its line or on a line of its own.
"""

from __future__ import annotations

import re
from collections import Counter

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from communique.annotate.parse import Block, Parsed
from communique.annotate.speech.drafts import Draft, trim
from communique.annotate.who.actors import Actors
from communique.model import EntityKind, PartKind, Span
from communique.text.quotes import Quote

_LABEL = re.compile(r"^[\"“]?([A-Z][A-Z.'’ -]{1,50}):(?= )", re.MULTILINE)
_TRANSCRIPT = re.compile(r"[\"“]?((?:[A-Z][A-Z.'’ -]{1,50}|Q|A)(?:,? ?\([^)\n]{2,40}\))?): +(?=\S)")
_NAMED = re.compile(r"([A-Z][\w.'’ -]{1,40}): +(?=\S)")
_NAMED_LAST = re.compile(r": +([A-Z][\w.'’ -]{1,40})\Z")
_NAMED_BEFORE = re.compile(r"([A-Z][\w.'’ -]{1,60}):\s*\Z")
_DASH = r"(?:[―—–-]|--)"
# "― Anna Weber", "- Weber, Vienna", "—President Weber, in an interview": a name, and at most a little behind it.
_SIGNATURE = re.compile(rf"\s*{_DASH}\s*(\w[\w.'’ -]{{1,60}}?)\s*(?:[.,(][^\"“”«»\n]{{0,80}})?(?=$|[\n\"“«])")
# "... — Anna Weber (@aweber) May 7, 2013"
_POST = re.compile(rf"\s*{_DASH}\s*([^\n—―]{{1,80}}?)\s*\(@\w{{1,30}}\)(?:\s+\w+\s+\d{{1,2}},\s+\d{{4}})?\s*\Z")
# Labels under which nobody in particular asks.
ASKING = frozenset(["q", "question", "reporter", "journalist", "the press", "press", "moderator"])
_ADDRESSES = frozenset(
    [
        *("mr.", "mrs.", "ms.", "mr", "mrs", "ms", "dr.", "dr", "sir", "lady", "lord", "president", "secretary"),
        *("minister", "ambassador", "senator", "chairman", "gen.", "gen", "foreign", "prime", "chancellor", "premier"),
        *("king", "queen", "general", "spokesman", "spokeswoman", "moderator", "vice", "deputy", "chief"),
    ]
)
# A label ends within so many code points of its paragraph.
MAX_LABEL = 120
# Words at least behind a name and a colon in running text: less is an item of a list.
LINE_WORDS = 4
# A document with so many labelled paragraphs is a transcript: what stands between two of them goes on.
TRANSCRIPT_LINES = 4


def read_label(parsed: Parsed, actors: Actors, b: int, labels: frozenset[str]) -> Draft | None:
    """ "MR. NOVAK: ..." in a transcript, "Novak: ..." in a headline or an interview; None for other paragraphs."""
    block, text = parsed.blocks[b], parsed.document.text
    end = min(block.end, block.start + MAX_LABEL)
    is_title = block.part.part is PartKind.TITLE
    match = None if is_title else _TRANSCRIPT.match(text, block.start, end)
    if match is not None and not _is_known(match.group(1), labels):
        return None
    if match is None:
        match = _NAMED.match(text, block.start, end)
        if match is None:
            return _read_label_behind(parsed, actors, b) if is_title else None
        head = _get_tokens(block, match.start(1), match.end(1))
        if head is None or not (_is_speaker(actors, b, head) or (is_title and _is_office(actors, b, head))):
            return None
        if is_title and not _says_something(block, match.end()):
            return None
        if not is_title and not _is_line(actors, b, head, text[match.end() : block.end]):
            return None
    return _draft(text, b, Span(match.end(), block.end), Span(match.start(1), match.end(1)))


def find_labels(text: str, actors: Actors) -> frozenset[str]:
    """What can stand in capitals before a colon and speak: labels of several paragraphs, and surnames of persons."""
    counts = Counter(match.group(1) for match in _LABEL.finditer(text))
    persons = (r.name.upper() for r in actors.referents.values() if r.kind is EntityKind.PERSON)
    return frozenset([label for label, number in counts.items() if number > 1] + [name.split()[-1] for name in persons])


def is_asking(label: str) -> bool:
    """ "Q", "QUESTION (Weber, The Herald)": a label under which somebody asks."""
    return label.split("(")[0].rstrip(", ").lower() in ASKING


def _is_known(label: str, labels: frozenset[str]) -> bool:
    """ "MR. NOVAK", "NOVAK" for a person of the document, "Q"; but "EMAIL: ..." and "VIDEO: ..." are none."""
    words = label.split("(")[0].rstrip(", ")
    is_asked = is_asking(label) or words == "A"
    return is_asked or words.lower().split()[0] in _ADDRESSES or label in labels or words.split()[-1] in labels


def _read_label_behind(parsed: Parsed, actors: Actors, b: int) -> Draft | None:
    block, text = parsed.blocks[b], parsed.document.text
    match = _NAMED_LAST.search(text, max(block.start, block.end - MAX_LABEL), block.end)
    if match is None:
        return None
    head = _get_tokens(block, match.start(1), match.end(1))
    if head is None or not all(token.pos_ in ("PROPN", "PUNCT") for token in head) or not _is_speaker(actors, b, head):
        return None
    return _draft(text, b, Span(block.start, match.start()), Span(match.start(1), match.end(1)))


def _draft(text: str, b: int, content: Span, named: Span) -> Draft | None:
    content = trim(text, content)
    return Draft(b, [content], None, "label", [], named=named) if content.end > content.start else None


def _get_tokens(block: Block, start: int, end: int) -> Tokens | None:
    return block.tokens.char_span(start - block.start, end - block.start, alignment_mode="contract")


def _is_speaker(actors: Actors, b: int, words: Tokens) -> bool:
    """ "Clinton camp", not "Visit to Moscow": a person or body, and nothing that makes a clause of it."""
    if any(token.pos_ in ("VERB", "AUX", "ADP", "PART", "PRON") for token in words):
        return False
    if any(token.ent_type_ in ("PERSON", "ORG") for token in words):
        return True
    kinds = (EntityKind.PERSON, EntityKind.ORGANIZATION)
    return any(_is_named(actors, b, token, kinds) for token in words)


def _is_office(actors: Actors, b: int, words: Tokens) -> bool:
    """ "Peruvian minister: ..." in a headline."""
    return (b, words[-1].i) in actors.phrases


def _says_something(block: Block, start: int) -> bool:
    """Behind the label of a topic ("Nagorno-Karabakh: a chronology of the talks") stands no verb."""
    return any(token.pos_ in ("VERB", "AUX") for token in block.tokens if block.start + token.idx >= start)


def _is_named(actors: Actors, b: int, token: Token, kinds: tuple[EntityKind, ...]) -> bool:
    found = actors.names.get((b, token.i))
    return found is not None and found[0].kind in kinds


def _is_line(actors: Actors, b: int, head: Tokens, said: str) -> bool:
    """A line of an interview in running text: all of the label is a person's name, and a sentence follows."""
    is_person = all(_is_named(actors, b, t, (EntityKind.PERSON,)) for t in head if not t.is_punct)
    return is_person and len(said.split()) >= LINE_WORDS and said[:1] not in "\"“”„«'‘"


def read_post(parsed: Parsed, b: int) -> Draft | None:
    """ "... — Anna Weber (@aweber) May 7, 2013": a post with its author; None for other paragraphs."""
    block, text = parsed.blocks[b], parsed.document.text
    match = _POST.search(text, max(block.start, block.end - 2 * MAX_LABEL), block.end)
    if match is None:
        return None
    draft = _draft(text, b, Span(block.start, match.start()), Span(match.start(1), match.end(1)))
    if draft is not None:
        draft.beside = Span(match.start(1), match.end())
    return draft


def find_labelled(parsed: Parsed, actors: Actors, b: int, free: list[Quote]) -> list[Draft]:
    """ "... Michael Novak: "..." ": quotations behind a name and a colon."""
    block, text = parsed.blocks[b], parsed.document.text
    found = []
    for quote in free:
        match = _NAMED_BEFORE.search(text, max(block.start, quote.start - 80), quote.start)
        if match is None:
            continue
        words = _get_tokens(block, match.start(1), match.end(1))
        if words is not None and _is_speaker(actors, b, words):
            named = Span(match.start(1), match.end(1))
            found.append(Draft(b, [Span(quote.start, quote.end)], None, "label", [quote], named=named))
    return found


def find_signed(parsed: Parsed, b: int, free: list[Quote]) -> list[Draft]:
    """ "..." ― Anna Weber: quotations with the speaker's name behind a dash, there or on the next line."""
    block, text = parsed.blocks[b], parsed.document.text
    found = []
    for number, quote in enumerate(free):
        end = min(block.end, free[number + 1].start if number + 1 < len(free) else block.end)
        named = _read_signature(parsed, b, quote.end, end)
        if named is None and quote.end == block.end and b + 1 < len(parsed.blocks):
            following = parsed.blocks[b + 1]
            named = _read_signature(parsed, b + 1, following.start, following.end)
        if named is not None and len(text[quote.start : quote.end].split()) >= LINE_WORDS:
            found.append(Draft(b, [Span(quote.start, quote.end)], None, "label", [quote], named=named))
    return found


def _read_signature(parsed: Parsed, b: int, start: int, end: int) -> Span | None:
    block, text = parsed.blocks[b], parsed.document.text
    match = _SIGNATURE.match(text, start, end)
    if match is None:
        return None
    tokens = _get_tokens(block, match.start(1), match.end(1))
    if tokens is None or any(token.pos_ in ("VERB", "AUX") for token in tokens):
        return None
    is_name = tokens[0].text[:1].isupper() and any(token.pos_ == "PROPN" or token.ent_type_ for token in tokens)
    return Span(match.start(1), match.end(1)) if is_name else None


def carry_turns(parsed: Parsed, drafts: list[Draft]) -> list[Draft]:
    """In a transcript, paragraphs without a label belong to the speaker before."""
    labelled = {draft.block: draft for draft in drafts if draft.rule == "label" and not draft.quotes}
    transcript = _find_transcript(labelled)
    if transcript is None:
        return drafts
    first, last = transcript
    speaking: Draft | None = None
    carried = set()
    for b in range(first, last + 1):
        speaking = labelled.get(b, speaking)
        block = parsed.blocks[b]
        if b not in labelled and speaking is not None and block.part.part is PartKind.BODY:
            speaking.content.append(trim(parsed.document.text, Span(block.start, block.end)))
            carried.add(b)
    return [draft for draft in drafts if draft.block not in carried]


def _find_transcript(drafts: dict[int, Draft]) -> tuple[int, int] | None:
    """First and last labelled paragraph of a transcript, None where a document is none."""
    if len(drafts) < TRANSCRIPT_LINES:
        return None
    first, last = min(drafts), max(drafts)
    return (first, last) if 2 * len(drafts) >= last - first + 1 else None
