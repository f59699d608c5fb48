"""The text of a Word document (.docx): its paragraphs in order, then its notes.

What was deleted under tracked changes is left out, what was inserted is in. Headers, footers, comments, pictures and
text in drawings are not read. Author and date of the file's properties are not taken: programs write them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lxml import etree  # type: ignore[import-untyped]

from communique.errors import ReadError
from communique.read.formats.archive import read_member
from communique.read.formats.markup import local_name, parse_xml
from communique.read.items import Budget, Draft

MAIN = "word/document.xml"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_LEFT_OUT = frozenset(("del", "deltext", "instrtext", "movefrom", "drawing", "pict", "object"))


def read_docx(content: bytes, name: str) -> Draft:
    """The paragraphs of a Word document.

    Raises:
        ReadError: It is damaged, encrypted or empty.
    """
    budget = Budget()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            parts = [
                (part, read_member(archive, archive.getinfo(part), budget)) for part in (MAIN, *_NOTES) if part in names
            ]
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise ReadError(f"{name} is damaged ({error})", "open it in a word processor and save it again") from error
    paragraphs: list[str] = []
    losses: list[str] = []
    for part, xml in parts:
        tree = parse_xml(xml, f"{name}, {part}")
        losses += [f"{part} is damaged ({fault})" for fault in tree.faults[:1]]
        paragraphs += _iter_paragraphs(tree.root)
    return Draft("\n\n".join(paragraphs), MEDIA_TYPE, "own reader of Word documents", losses=tuple(losses))


def _iter_paragraphs(root: etree._Element) -> Iterator[str]:
    for paragraph in root.iter():
        if local_name(paragraph) == "p":
            words = "".join(_iter_words(paragraph)).strip()
            if words:
                yield words


def _iter_words(paragraph: etree._Element) -> Iterator[str]:
    waiting = [paragraph]
    while waiting:
        element = waiting.pop()
        name = local_name(element)
        if name in _LEFT_OUT or (name == "p" and element is not paragraph):
            continue
        if name == "t":
            yield element.text or ""
        elif name in ("tab", "ptab"):
            yield "\t"
        elif name in ("br", "cr"):
            yield "\n"
        elif name == "nobreakhyphen":
            yield "‑"
        waiting.extend(reversed(element))
