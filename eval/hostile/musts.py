"""What must hold for single hostile inputs, beside their verdict, as far as a record and its messages can show it.

Each is a function of what came of one input. Inputs without one here are judged by their verdict, by the checks that
hold for all (`__main__`), or belong to parts that this check does not run (pages, exports, a language model's server).
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any, NamedTuple


class Outcome(NamedTuple):
    """What came of one input: its documents as rows with ``text``, and the reasons of all that was refused or lost."""

    documents: list[dict[str, Any]]
    reasons: list[str]

    @property
    def text(self) -> str:
        return "\n".join(document["text"] for document in self.documents)

    @property
    def said(self) -> str:
        return "\n".join([*self.reasons, *(loss for document in self.documents for loss in document["losses"])])

    @property
    def way(self) -> str:
        return "\n".join(step for document in self.documents for step in document["origin"]["way"])


Must = Callable[[Outcome], bool]
LEAD = "Ministers Ana Ruiz and Ben Okafor met in Lisbon on 3 March 2024."
HOST = socket.gethostname()


def says(words: str) -> Must:
    """Somewhere in what was said."""
    return lambda outcome: words in outcome.said


def holds(words: str) -> Must:
    """Somewhere in what was read."""
    return lambda outcome: words in outcome.text


def lacks(*words: str) -> Must:
    """Nowhere in what was read."""
    return lambda outcome: not any(word in outcome.text for word in words)


def documents(number: int) -> Must:
    """So many documents."""
    return lambda outcome: len(outcome.documents) == number


def both(*musts: Must) -> Must:
    """All of them."""
    return lambda outcome: all(must(outcome) for must in musts)


def no_local_file(outcome: Outcome) -> bool:
    """No words of a file of this machine."""
    return HOST not in outcome.text


def is_marked_if_read(outcome: Outcome) -> bool:
    """Refused, or marked as partial."""
    return not outcome.documents or bool(outcome.said)


def is_damage_marked(outcome: Outcome) -> bool:
    """The text is right, or the encoding is marked as a guess."""
    return all(document["encoding_basis"] == "inferred" for document in outcome.documents)


MUSTS: dict[str, Must] = {
    "text/control_ok.txt": both(documents(1), holds(LEAD)),
    "text/empty.txt": says("empty"),
    "text/blank.txt": says("no text"),
    "text/binary_noise.txt": says("not text"),
    "text/nul_inside.txt": lambda o: not o.documents or o.text.count(LEAD) == 2,
    "text/utf8_bom.txt": both(holds(LEAD), lacks("\ufeff")),
    "text/utf16le_bom.txt": both(holds(LEAD), lambda o: o.documents[0]["encoding"] == "utf-16-le"),
    "text/utf16be_nobom.txt": lacks("\0"),
    "text/utf32_bom.txt": lambda o: not o.documents or LEAD in o.text,
    "text/cp1252_quotes.txt": both(holds("“Yes” – said"), is_damage_marked),
    "text/utf7.txt": holds("+ADw-script+AD4-"),
    "text/bad_byte_middle.txt": both(lambda o: o.text.count("\ufffd") == 1, says("1 place")),
    "text/surrogate_wtf8.txt": both(holds(LEAD), says("no utf-8 text")),
    "text/overlong.txt": lacks("../"),
    "text/cut_multibyte.txt": says("1 place"),
    "text/crlf.txt": holds("\r\n"),
    "text/mixed_newlines.txt": lambda o: o.text.count(LEAD) == 3,
    "unicode/nfd.txt": holds("Jose\u0301"),
    "unicode/rtl_real.txt": holds("\u0627\u0644\u062a\u0642\u0649"),
    "slow/over_max_length.txt": lambda o: len(o.text) == 1_272_000,
    "dates/relative.txt": lambda o: o.documents[0]["published"] is None,
    "inject/hidden.html": lacks("Okafor was arrested"),
    "html/xss.html": both(holds(LEAD), lacks("alert(1)", "<")),
    "html/mutation_xss.html": both(holds(LEAD), lacks("onerror")),
    "html/source_url.html": lambda o: o.documents[0]["url"] is None,
    "html/charset_lie.html": lambda o: "Министр" in o.text or is_damage_marked(o),
    "html/charset_utf7.html": both(holds(LEAD), lacks("<script>")),
    "html/jsonld_lies.html": lambda o: "2031-01-01" in str(o.documents[0]["published"]),
    "html/data_uri.html": lambda o: len(o.text) < 1_000,
    "html/local_refs.html": no_local_file,
    "html/xhtml_xxe.xhtml": no_local_file,
    "html/polyglot.html": lambda o: len(o.documents) < 2,
    "html/no_article.html": says("no article found"),
    "feed/billion_laughs.rss": is_marked_if_read,
    "feed/quadratic.rss": is_marked_if_read,
    "feed/xxe_file.rss": both(no_local_file, is_marked_if_read),
    "feed/xxe_http.rss": is_marked_if_read,
    "feed/doctype_file.rss": no_local_file,
    "feed/path_as_content.rss": no_local_file,
    "feed/xinclude.rss": both(documents(1), no_local_file),
    "feed/cut.rss": is_marked_if_read,
    "feed/dup_guid.rss": documents(2),
    "feed/many.rss": lambda o: len(o.documents) == 2_000 or bool(o.said),
    "feed/dates.rss": lambda o: not any("Tomorrow" in str(document["published"]) for document in o.documents),
    "feed/xss.rss": lacks("alert(1)</script>", "<img"),
    "pdf/ok.pdf": both(holds("Ana Ruiz met Ben Okafor in Lisbon"), lambda o: o.documents[0]["pages"][0]["page"] == 1),
    "pdf/cut.pdf": is_marked_if_read,
    "pdf/encrypted.pdf": says("password needed"),
    "pdf/zero_pages.pdf": says("no pages"),
    "pdf/scan_only.pdf": says("no text layer"),
    "pdf/invisible_text.pdf": lambda o: "not visible" in o.way,
    "pdf/lying_info.pdf": lambda o: o.documents[0]["title"] is None and o.documents[0]["published"] is None,
    "eml/ok.eml": both(holds(LEAD), lambda o: "2024-03-04" in str(o.documents[0]["published"])),
    "eml/no_boundary.eml": is_marked_if_read,
    "eml/date.eml": lambda o: o.documents[0]["published"] is None,
    "eml/attachment_path.eml": documents(2),
    "eml/header_injection.eml": lambda o: all("\n" not in (d["title"] or "") for d in o.documents),
    "eml/alternatives_differ.eml": lambda o: "text/plain of the alternatives" in o.way,
    "warc/ok.warc.gz": documents(3),
    "warc/cut.warc.gz": both(lambda o: len(o.documents) in (2, 3), says("cut off")),
    "warc/bad_crc.warc.gz": both(documents(2), says("damaged")),
    "warc/bad_deflate.warc.gz": both(documents(2), says("damaged")),
    "warc/length_long.warc": is_marked_if_read,
    "warc/length_short.warc": is_marked_if_read,
    "warc/length_negative.warc": is_marked_if_read,
    "warc/length_huge.warc": is_marked_if_read,
    "warc/length_text.warc": is_marked_if_read,
    "warc/one_member.warc.gz": lambda o: len(o.documents) == 3 or bool(o.reasons),
    "warc/uri_schemes.warc": lambda o: all(document["url"] is None for document in o.documents),
    "warc/same_id.warc": documents(2),
    "warc/not_200.warc": both(documents(1), says("404")),
    "warc/revisit.warc": says("revisit"),
    "zip/symlink.zip": says("link"),
    "zip/duplicate.zip": documents(2),
    "zip/size_lie.zip": is_marked_if_read,
    "zip/encrypted_flag.zip": says("password needed"),
    "list/deep.jsonl": both(documents(2), says("row 2")),
    "list/ssrf_urls.txt": says("web addresses"),
}
