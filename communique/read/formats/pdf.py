"""The text layer of a PDF, page by page, as paragraphs.

Order of the steps: pdfium gives the characters of each page in its order; lines that run on are joined; pages are put
together, an empty line between them. Titles, authors and dates of the file's own dictionary are not looked at: programs
write them. Nothing in the file is run, and nothing is recognised in pictures.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from communique.errors import ReadError
from communique.model import PageSpan
from communique.read.items import MAX_CHARACTERS, MAX_PAGES, Draft

BY = f"pdfium of pypdfium2 {pypdfium2.PYPDFIUM_INFO}"
_HYPHEN = "\x02"  # pdfium's sign for a hyphen that only the end of a line put there
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_HALF = re.compile("[\ud800-\udfff]")
_ENDS = re.compile(r"[.!?:;\"”»)\]…]\s*$")
# A line that ends so far before the right edge of the text, as a share of its width, ends a paragraph.
_SHORT = 0.15
# A gap between lines of so many times the usual one is a paragraph's.
_WIDE = 1.4
_MAX_OBJECTS = 20_000  # of a page, looked at for text that is not shown
_AS_TEXT = "save its text as a text file"


class _Line(NamedTuple):
    words: str
    left: float
    right: float
    top: float


def read_pdf(content: bytes, name: str) -> Draft:
    """The text of a PDF, with where each page stands; pages that cannot be read are losses.

    Raises:
        ReadError: It is encrypted, damaged beyond reading, or without text.
    """
    document = _open(content, name)
    try:
        number = len(document)
        if not number:
            raise ReadError(f"{name} has no pages", "get the file again")
        pieces: list[str] = []
        pages: list[PageSpan] = []
        losses = _find_losses(content, number)
        hidden: list[str] = []
        length = 0
        for index in range(min(number, MAX_PAGES)):
            try:
                text, is_hidden = _read_page(document, index)
            except pypdfium2.PdfiumError:
                losses.append(f"page {index + 1} cannot be read")
                continue
            if is_hidden:
                hidden.append(str(index + 1))
            if text:
                start = length + 2 * bool(pieces)
                length = start + len(text)
                pieces.append(text)
                pages.append(PageSpan(index + 1, start, length))
            if length > MAX_CHARACTERS:
                raise ReadError(f"{name} has more than {MAX_CHARACTERS:,} characters", "split it into single reports")
    finally:
        document.close()
    if not pieces:
        step = "make its pages text by character recognition (OCR), and save that"
        raise ReadError("; ".join([f"{name} has no text layer", *losses]), step)
    if number - len(pages) > 0 and not losses:
        losses.append(f"{number - len(pages)} of {number} pages have no text layer")
    # So do scans whose text a program recognised; it is read, and said.
    by = f"{BY}; with text that is not visible on page {', '.join(hidden[:20])}" if hidden else BY
    return Draft("\n\n".join(pieces), "application/pdf", by, losses=tuple(losses), pages=tuple(pages))


def _open(content: bytes, name: str) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD or b"/Encrypt" in content[-4096:]:
            raise ReadError(f"{name} is encrypted: password needed", "save it without a password") from error
        if re.search(rb"/Kids\s*\[\s*\]", content):
            raise ReadError(f"{name} has no pages", "get the file again") from error
        raise ReadError(f"{name} cannot be opened as a PDF file: it is damaged", _AS_TEXT) from error


def _find_losses(content: bytes, number: int) -> list[str]:
    losses = [f"only {MAX_PAGES:,} of {number:,} pages are read"] if number > MAX_PAGES else []
    # Every writer ends a file so; pdfium repairs one that was cut, and keeps silent about it.
    if b"%%EOF" not in content[-2048:].rstrip(b"\0 \r\n\t")[-1024:]:
        losses.append("the end of the file is missing: it was cut off or is damaged")
    return losses


def _read_page(document: pypdfium2.PdfDocument, index: int) -> tuple[str, bool]:
    """The text of a page, and whether any of it is drawn invisibly."""
    page = document[index]
    try:
        text_page = page.get_textpage()
        try:
            return _join(list(_iter_lines(text_page))), _has_hidden(page)
        finally:
            text_page.close()
    finally:
        page.close()


def _has_hidden(page: pypdfium2.PdfPage) -> bool:
    number = min(pdfium.FPDFPage_CountObjects(page.raw), _MAX_OBJECTS)
    drawn = (pdfium.FPDFPage_GetObject(page.raw, index) for index in range(number))
    texts = (piece for piece in drawn if pdfium.FPDFPageObj_GetType(piece) == pdfium.FPDF_PAGEOBJ_TEXT)
    return any(pdfium.FPDFTextObj_GetTextRenderMode(piece) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE for piece in texts)


def _iter_lines(text_page: pypdfium2.PdfTextPage) -> Iterator[_Line]:
    """The lines of a page, each with the box of its first and last character."""
    text = text_page.get_text_range(errors="replace")
    # Offsets into the text are those of pdfium's characters as long as none lies outside the basic plane.
    at = 0
    for words in text.split("\n"):
        clean = _HALF.sub("\ufffd", _CONTROL.sub("", words.replace(_HYPHEN, "\u00ad").replace("\r", ""))).rstrip()
        if clean.strip():
            lead = len(words) - len(words.lstrip())
            last = len(words.replace("\r", "").rstrip()) - 1
            first_box, last_box = _find_box(text_page, at + lead), _find_box(text_page, at + max(last, lead))
            yield _Line(clean.strip(), first_box[0], last_box[1], first_box[2])
        else:
            yield _Line("", 0, 0, 0)
        at += len(words) + 1


def _find_box(text_page: pypdfium2.PdfTextPage, index: int) -> tuple[float, float, float]:
    """Left, right and bottom of a character, in points; zeros where pdfium knows none."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    found = pdfium.FPDFText_GetCharBox(text_page.raw, index, left, right, bottom, top)
    return (left.value, right.value, bottom.value) if found else (0.0, 0.0, 0.0)


def _join(lines: list[_Line]) -> str:
    """Lines into paragraphs, an empty line between them."""
    full = [line for line in lines if line.words]
    gaps = [upper.top - lower.top for upper, lower in pairwise(full) if upper.top > lower.top]
    usual = median(gaps) if gaps else 0.0
    edge = max((line.right for line in full), default=0.0)
    width = edge - min((line.left for line in full), default=0.0)
    paragraphs: list[str] = []
    before: _Line | None = None
    for line in lines:
        if not line.words:
            before = None
        elif before is None or _begins(before, line, usual, edge - _SHORT * width):
            paragraphs.append(line.words)
            before = line
        else:
            paragraphs[-1] = _append(paragraphs[-1], line.words)
            before = line
    return "\n\n".join(paragraphs).replace("\u00ad", "")


def _begins(before: _Line, line: _Line, usual: float, short: float) -> bool:
    """True when a line begins a paragraph of its own."""
    gap = before.top - line.top
    if usual and (gap > _WIDE * usual or gap < -usual):
        return True
    if before.words.endswith("\u00ad"):
        return False
    return before.right < short and (bool(_ENDS.search(before.words)) or not line.words[:1].islower())


def _append(upper: str, lower: str) -> str:
    if upper.endswith("\u00ad"):
        return upper[:-1] + lower
    return f"{upper}{lower}" if re.search(r"\w-$", upper) and lower[:1].islower() else f"{upper} {lower}"
