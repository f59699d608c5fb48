"""Mail messages (.eml) and mailboxes (.mbox): the text of each message, and what is attached to it.

Of a message's alternatives the plain text is read, else the HTML; which one is told in the way. Attached documents and
messages are members of their own. Headers are read as words, never by parsers of addresses or parameters; only Subject,
From and Date count. Nothing that a message refers to is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from typing import NamedTuple

from communique.errors import ReadError
from communique.read.decode import decode
from communique.read.formats.archive import clean_name
from communique.read.formats.markup import find_lines
from communique.read.items import MAX_HEADER, MAX_MEMBERS, Draft, Loss, Member, Members, PassedOver
from communique.read.metadata import Metadata
from communique.text.dates import parse_printed_date

MEDIA_TYPE = "message/rfc822"
_BY = "own reader of mail, email of Python"
_HEAD_END = re.compile(rb"\r?\n\r?\n|\r\r")
_SENDER = re.compile(rb"(?:^|\n\r?\n|\r\n\r\n)From [^\r\n]{1,300}\r?\n")
_ADDRESS = re.compile(r"\s*<[^<>]*>\s*$")
_MAX_FACT = 500
_PREFERENCE = {"text/plain": 0, "text/html": 1}
_PASSED_OVER = frozenset(("image", "audio", "video", "font"))
_SIGNATURES = frozenset(("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"))


class _Body(NamedTuple):
    """The parts of a message: its text with the step that tells which it is, and what is attached."""

    text: list[str]
    steps: list[str]
    attached: list[Message]
    losses: list[str]


def open_mail(content: bytes, name: str) -> Members:
    """The message, then what is attached to it.

    Raises:
        ReadError: Its head is too long, or it has neither text nor attachment.
    """
    message = _parse(content, name)
    body = _Body([], [], [], [])
    _collect(message, body, name)
    subject = _words(message, "Subject")
    text = "\n\n".join(filter(None, (subject, *body.text)))
    if not body.text and not body.attached:
        raise ReadError("; ".join([f"{name} has no text", *body.losses]), "get the message again")
    if body.text:
        day = parse_printed_date(_words(message, "Date"))
        sender = _ADDRESS.sub("", _words(message, "From")).strip("\" '") or None
        declared = Metadata(subject or None, sender, None, None, None, day)
        draft = Draft(text, MEDIA_TYPE, _BY, bool(subject), declared, tuple(dict.fromkeys(body.losses)))
        step = f"mail: {', '.join(body.steps)}"
        yield Member("message" if body.attached else "", content, step, draft)
    for number, part in enumerate(body.attached, 1):
        yield _make_attached(part, number)


def _parse(content: bytes, name: str) -> Message:
    """The message. Only its structure is parsed; no header is (`policy.compat32`)."""
    end = _HEAD_END.search(content)
    head = content[: end.start()] if end else content
    if len(head) > MAX_HEADER:
        raise ReadError(f"{name} has a head of more than {MAX_HEADER:,} bytes", "save its text")
    if not re.match(rb"(?:From [^\n]*\n)?[!-9;-~]{1,100}:", head):
        raise ReadError(f"{name} is no mail message: it begins with no header", "save the report as plain text or HTML")
    return message_from_bytes(content, policy=policy.compat32)


def _collect(part: Message, body: _Body, name: str) -> None:
    body.losses.extend(f"the message is damaged ({type(defect).__name__})" for defect in part.defects)
    kind = _find_kind(part)
    if kind == "multipart/alternative" and part.is_multipart():
        _choose(part, body, name)
    elif kind.startswith("multipart/") and part.is_multipart():
        for inner in _children(part):
            _collect(inner, body, name)
    elif kind == MEDIA_TYPE or _is_attached(part):
        body.attached.append(part)
    elif kind in ("text/plain", "text/html") or kind.startswith("multipart/"):
        if lines := _read_text(part, kind, name):
            body.text.append(lines)
            body.steps.append(kind)
    else:
        body.attached.append(part)


def _choose(part: Message, body: _Body, name: str) -> None:
    """Of alternatives that say the same, the plainest that has text."""
    children = list(_children(part))
    order = sorted(children, key=lambda inner: _PREFERENCE.get(_find_kind(inner), 2))
    kinds = ", ".join(map(_find_kind, children))
    for inner in order:
        found = _Body([], [], [], [])
        _collect(inner, found, name)
        body.attached.extend(found.attached)
        body.losses.extend(found.losses)
        if found.text and not any(step.startswith("of ") for step in found.steps):
            body.text.extend(found.text)
            body.steps.extend(f"{step} of the alternatives {kinds}" for step in found.steps)
            break


def _children(part: Message) -> Iterator[Message]:
    payload = part.get_payload()
    if isinstance(payload, list):
        yield from (inner for inner in payload if isinstance(inner, Message))


def _find_kind(part: Message) -> str:
    """The media type as the first word of the header says it."""
    words = str(part.get("Content-Type", "text/plain"))[:200].split(";")[0].strip().lower()
    return words if re.fullmatch(r"[\w.+-]+/[\w.+-]+", words) else "text/plain"


def _is_attached(part: Message) -> bool:
    return str(part.get("Content-Disposition", ""))[:50].strip().lower().startswith("attachment")


def _read_text(part: Message, kind: str, name: str) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload.strip():
        return ""
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", str(part.get("Content-Type", ""))[:1000], re.IGNORECASE)
    text = decode(payload, name, charset[1] if charset else None).text
    if kind == "text/html":
        return "\n\n".join(find_lines(text))
    return re.sub(r"\r\n?", "\n", text).strip("\n")


def _words(message: Message, header: str) -> str:
    """A header's words on one line, encoded ones decoded; what cannot be decoded stays as it is."""
    raw = str(message.get(header, ""))[: 4 * _MAX_FACT]
    pieces = []
    try:
        for words, charset in decode_header(raw):
            pieces.append(words if isinstance(words, str) else decode(words or b" ", header, charset).text)
    except (HeaderParseError, ReadError, ValueError):
        pieces = [raw]
    return " ".join(re.sub(r"[\x00-\x1f\x7f\x80-\x9f]", " ", "".join(pieces)).split())[:_MAX_FACT]


def _make_attached(part: Message, number: int) -> Member | PassedOver:
    kind = _find_kind(part)
    if kind.split("/")[0] in _PASSED_OVER or kind in _SIGNATURES:
        return PassedOver(kind, 1)
    named = f"{part.get('Content-Disposition', '')};{str(part.get('Content-Type', ''))[:1000]}"
    wanted = re.search(r"(?:file)?name\s*=\s*\"?([^\";\r\n]{1,200})", named)
    payload = part.get_payload() if part.is_multipart() else part.get_payload(decode=True)
    if isinstance(payload, list):  # a message in a message
        content = b"".join(inner.as_bytes() for inner in payload[:1] if isinstance(inner, Message))
    else:
        content = payload if isinstance(payload, bytes) else b""
    suffix = {"text/plain": ".txt", "text/html": ".html", MEDIA_TYPE: ".eml", "application/pdf": ".pdf"}.get(kind, "")
    name = clean_name(wanted[1]) if wanted else f"attachment {number}{suffix}"
    return Member(name, content, f"mail: attachment {number}, {kind}", suffix=suffix)


def open_mailbox(content: bytes, name: str) -> Members:
    """The messages of a mailbox, each from its line ``From …`` to the next.

    Raises:
        ReadError: It has none.
    """
    starts = list(_SENDER.finditer(content))
    if not starts or content[: starts[0].start()].strip():
        raise ReadError(f"{name} is no mailbox: it does not begin with a line 'From …'", "save messages as .eml")
    for number, match in enumerate(starts[:MAX_MEMBERS], 1):
        end = starts[number].start() if number < len(starts) else len(content)
        message = re.sub(rb"^>(>*From )", rb"\1", content[match.end() : end], flags=re.MULTILINE)
        yield Member(f"message {number}", message, f"mailbox: message {number}", suffix=".eml")
    if len(starts) > MAX_MEMBERS:
        yield Loss(f"only {MAX_MEMBERS:,} of {len(starts):,} messages are read")
