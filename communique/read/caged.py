"""The caged side: a process that keeps readers ready and forks a child for each file.

It takes a request from its socket (the name, the bytes, and a pipe for the answers), forks, and says which number the
child has. The child closes the walls behind itself (`sandbox.enter`), reads, and writes one JSON object a line; then
this process says how the child ended. It never looks at the bytes itself, so it outlives whatever they do.
"""

from __future__ import annotations

import encodings
import gc
import importlib
import io
import json
import os
import pkgutil
import signal
import socket
import struct
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress

from communique.codec import to_json
from communique.read.items import Item
from communique.read.sandbox import Limits, enter

Read = Callable[[bytes, str], Iterator[Item]]
HEAD = struct.Struct(">II")  # lengths of the name and of the content
CRASHED, OUT_OF_MEMORY, REFUSED = 70, 71, 72  # exit codes of a child


def serve(descriptor: int, entry: str, limits: str) -> None:
    """Serves requests until the other end is closed.

    Args:
        descriptor: Of the socket.
        entry: The function that reads, as ``module:function``; `opening.iter_items`, or an attack in a test.
        limits: `Limits` as a JSON list.
    """
    # Where it finds py3langid, trafilatura loads it, and numpy with it: threads, and a gigabyte of address space.
    sys.modules.setdefault("py3langid", None)  # type: ignore[arg-type]
    module, _, function = entry.partition(":")
    read: Read = getattr(importlib.import_module(module), function)
    read_limits = Limits(*json.loads(limits))
    _warm_up(read)
    gc.freeze()  # what is there now is never collected in a child, which would copy its pages
    # Where the one that asked was ended, nobody is left to tell.
    gone = suppress(BrokenPipeError, ConnectionResetError, EOFError)
    with socket.socket(fileno=descriptor) as connection, gone:
        while request := _take_request(connection):
            name, content, pipe = request
            child = os.fork()
            if child == 0:
                connection.close()
                _run(read, content, name, (pipe, read_limits))
            os.close(pipe)
            del content, request
            _tell(connection, child)
            _, status = os.waitpid(child, 0)
            _tell(connection, status)


def _tell(connection: socket.socket, number: int) -> None:
    connection.sendall(struct.pack(">q", number))


def _warm_up(read: Read) -> None:
    """Reads a little of everything once, so that a child finds all modules and tables loaded: it can open no file."""
    for module in pkgutil.iter_modules(encodings.__path__):
        with suppress(ImportError):  # some are those of other systems
            importlib.import_module(f"encodings.{module.name}")
    for content, name in (*WARMING, (_make_docx(), "a.docx"), (_make_docx(), "a.zip")):
        for _ in read(content, name):
            pass


def _make_docx() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", "<document><body><p><r><t>They met.</t></r></p></body></document>")
    return held.getvalue()


def _take_request(connection: socket.socket) -> tuple[str, bytes, int] | None:
    head, descriptors, _, _ = socket.recv_fds(connection, HEAD.size, 1)
    if not head:
        return None
    head += _take(connection, HEAD.size - len(head))
    n_name, n_content = HEAD.unpack(head)
    name = _take(connection, n_name).decode("utf-8", "surrogatepass")
    return name, _take(connection, n_content), descriptors[0]


def _take(connection: socket.socket, length: int) -> bytes:
    content = bytearray(length)
    view, at = memoryview(content), 0
    while at < length:
        received = connection.recv_into(view[at:])
        if not received:
            raise EOFError("the other end is gone")
        at += received
    return bytes(content)


def _run(read: Read, content: bytes, name: str, cage: tuple[int, Limits]) -> None:
    """What the child does; it does not return."""
    pipe, limits = cage
    code = CRASHED
    try:
        os.setpgid(0, 0)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
        nowhere = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(nowhere, standard)
        os.closerange(3, pipe)
        os.closerange(pipe + 1, 1024)
        enter(limits)
    except OSError:
        os._exit(REFUSED)
    try:
        for item in read(content, name):
            _write(pipe, to_json(item).encode("utf-8", "surrogatepass") + b"\n")
        code = 0
    except MemoryError:
        code = OUT_OF_MEMORY
    except BaseException as error:
        reason = f"{name} cannot be read ({type(error).__name__})"
        _write(pipe, to_json(Item(name, "", None, reason, "report this with the file")).encode() + b"\n")
        code = 0
    finally:
        os._exit(code)


def _write(pipe: int, line: bytes) -> None:
    view = memoryview(line)
    while view:
        view = view[os.write(pipe, view) :]


# Small files of all kinds. What is made of them is thrown away.
WARMING: tuple[tuple[bytes, str], ...] = (
    (b"Talks\n\nThe ministers met in Lisbon on 3 March 2024. They signed an agreement.\n", "a.txt"),
    (b"<html lang=en><head><title>Talks</title></head><body><article><h1>Talks</h1><p>By Ana Ruiz</p><p>The"
     b" ministers met in Lisbon on 3 March 2024 and agreed to meet again; that was said by one of them.</p></article>"
     b"</body></html>",
     "a.html"),
    (b'<rss version="2.0"><channel><title>News</title><item><title>Talks</title><pubDate>Mon, 04 Mar 2024 10:00:00 GMT'
     b"</pubDate><description>They &lt;b&gt;met&lt;/b&gt; in Lisbon.</description></item></channel></rss>", "a.rss"),
    (b"From: a@b.invalid\nSubject: =?iso-8859-2?q?Talks?=\nDate: Mon, 04 Mar 2024 10:00:00 +0000\n"
     b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nThey met.\n", "a.eml"),
    (b"From: a@b.invalid\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Transfer-Encoding: base64\n\n"
     b"VGhleSBtZXQu\n--b\nContent-Type: text/html\n\n<p>They met.</p>\n--b--\n", "b.eml"),
    (b'{"text": "They met in Lisbon."}\n', "a.jsonl"),
    (b"text,title\nThey met in Lisbon.,Talks\n", "a.csv"),
    (b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"content_text": "They met."}]}', "a.json"),
    (b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 "
     b">>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R /Resources << /Font << "
     b"/F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>\nendobj\n4 0 obj\n<< /Length 32 >>\nstream\n"
     b"BT /F1 9 Tf 9 9 Td (Met) Tj ET  \nendstream\nendobj\ntrailer\n<< /Size 5 /Root 1 0 R >>\n%%EOF\n", "a.pdf"),
    (b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\nThey met.\r\n\r\n",
     "a.warc"),
)  # fmt: skip

if __name__ == "__main__":
    serve(int(sys.argv[1]), sys.argv[2], sys.argv[3])
