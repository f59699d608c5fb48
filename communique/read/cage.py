"""The free side of the cage: bytes in, items out, whatever the bytes do to those who parse them.

`Cage.read` hands a file to a caged process (`caged`), takes its answers, one JSON object a line, and looks at each:
nothing but items of this file passes, with documents whose ids and evidence hold. A child that is silent or busy for
too long, writes too much, or dies, is ended; that loses what of this one file was not answered yet, and says so. The
process behind the children is started once, and again should it be gone.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from types import TracebackType

from communique.codec import from_plain, to_plain
from communique.errors import CommuniqueError, EvidenceError
from communique.model import Document, content_id
from communique.read import caged
from communique.read.items import MAX_CHARACTERS, MAX_MEMBERS, Item
from communique.read.sandbox import Limits

ENTRY = "communique.read.opening:iter_items"
_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]);"
    "from communique.read.caged import serve; serve(int(sys.argv[2]), sys.argv[3], sys.argv[4])"
)
_PIECE = 1_048_576
_AS_TEXT = "save its text as a text file, and report this with the file"
_START_S = 60.0  # for the process to load what it needs, on a machine that is busy


class Cage:
    """Reads files in a cage. Use it in a ``with`` statement or `close` it.

    Args:
        limits: What one file may cost.
        entry: The function that reads, as ``module:function``; another one in tests.
    """

    def __init__(self, limits: Limits | None = None, entry: str = ENTRY) -> None:
        self.limits = limits or Limits()
        self._entry = entry
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: socket.socket | None = None

    def __enter__(self) -> Cage:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the process behind the cage."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def read(self, content: bytes, name: str) -> Iterator[Item]:
        """All items of a file. A file that cannot be read is an item with a reason, never an exception.

        Args:
            content: Its bytes.
            name: As a person would call it.

        Raises:
            CommuniqueError: No caged process can be started here at all.
        """
        n_items, end = 0, ""
        answers, pipe = os.pipe()
        try:
            with os.fdopen(answers, "rb", buffering=0):
                try:
                    child = self._ask(content, name, pipe)
                finally:
                    os.close(pipe)
                for found in _Answers(answers, child, self.limits):
                    if isinstance(found, str):
                        end = found
                    elif reason := explain_false(found, name):
                        end = reason
                        _kill(child)
                        break
                    else:
                        n_items += 1
                        yield found
                status = self._take_number()
            end = end or _explain(status, self.limits)
        except (OSError, EOFError):
            self.close()
            end = "the process that reads is gone"
        except GeneratorExit:  # nobody wants the rest; what the child still says is not for the next file
            self.close()
            raise
        if end:
            yield Item(name, "", None, f"{name}: {end}", _AS_TEXT, is_container=n_items > 0)
        elif not n_items:
            yield Item(name, "", None, f"{name}: nothing came of it", _AS_TEXT)

    def _ask(self, content: bytes, name: str, pipe: int) -> int:
        """Sends a request; gives the number of the child that works on it."""
        for attempt in range(2):
            connection = self._connection or self._start()
            words = name.encode("utf-8", "surrogatepass")
            try:
                socket.send_fds(connection, [caged.HEAD.pack(len(words), len(content))], [pipe])
                connection.sendall(words)
                connection.sendall(content)
                return self._take_number()
            except (OSError, EOFError):
                self.close()
                if attempt:
                    raise
        raise AssertionError("unreachable")

    def _take_number(self) -> int:
        if self._connection is None:
            raise EOFError
        received = b""
        while len(received) < 8:
            piece = self._connection.recv(8 - len(received))
            if not piece:
                raise EOFError
            received += piece
        return int(struct.unpack(">q", received)[0])

    def _start(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        limits = json.dumps(list(_plain(self.limits).values()))
        arguments = [json.dumps(sys.path), str(theirs.fileno()), self._entry, limits]
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-X", "utf8", "-c", _START, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env={"LC_ALL": "C.UTF-8"},
                start_new_session=True,
            )
        ours.settimeout(_START_S)
        self._connection = ours
        return ours


def _plain(limits: Limits) -> dict[str, object]:
    plain = to_plain(limits)
    assert isinstance(plain, dict)
    return dict(plain)


def _kill(child: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)


def _explain(status: int, limits: Limits) -> str:
    """Why a child ended, in words; empty where it ended well."""
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number == signal.SIGXCPU:
            return f"took more than {limits.cpu_s} s of processor time"
        return f"the parser was ended by {signal.Signals(number).name}, a fault of it or want of memory"
    code = os.waitstatus_to_exitcode(status)
    if code == caged.OUT_OF_MEMORY:
        return f"needs more than {limits.memory // 1_000_000} MB of memory"
    if code == caged.REFUSED:
        raise CommuniqueError("this system does not let foreign files be read safely", "report this with the system")
    return f"the parser ended by itself (exit code {code})" if code else ""


class _Answers:
    """What a child answers, as it comes; its end before its time in words. What is too slow or too much is ended."""

    def __init__(self, pipe: int, child: int, limits: Limits) -> None:
        self._pipe, self._child, self._limits = pipe, child, limits

    def __iter__(self) -> Iterator[Item | str]:
        waiting = bytearray()
        total, began = 0, time.monotonic()
        deadline = began + self._limits.wall_s
        n_items = 0
        with selectors.DefaultSelector() as selector:
            selector.register(self._pipe, selectors.EVENT_READ)
            while True:
                left = min(deadline, began + self._limits.file_s) - time.monotonic()
                if left <= 0 or not selector.select(left):
                    yield self._end(f"took longer than {self._limits.wall_s:g} s")
                    return
                piece = os.read(self._pipe, _PIECE)
                if not piece:
                    return
                total += len(piece)
                waiting += piece
                while (at := waiting.find(b"\n")) >= 0:
                    item = _parse(bytes(waiting[:at]))
                    del waiting[: at + 1]
                    n_items += 1
                    if item is None or n_items > 2 * MAX_MEMBERS + 2:
                        yield self._end("the parser gave an answer that is none")
                        return
                    yield item
                    deadline = time.monotonic() + self._limits.wall_s
                if len(waiting) > self._limits.line or total > self._limits.answers:
                    yield self._end("the parser gave more than a report can hold")
                    return

    def _end(self, reason: str) -> str:
        _kill(self._child)
        return reason


def _parse(line: bytes) -> Item | None:
    """The item of an answer; None where it is none."""
    try:
        return from_plain(Item, json.loads(line.decode("utf-8")))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


# --- what passes ----------------------------------------------------------------------------------


def explain_false(item: Item, name: str) -> str:
    """Why an item cannot be one of a file; empty where it can."""
    if item.name != name and not item.name.startswith(f"{name}/"):
        return "the parser answered for another file"
    return explain_false_document(item.document, item.name) if item.document is not None else ""


def explain_false_document(document: Document, name: str) -> str:
    """Why a document does not hold in itself; empty where it does."""
    text = document.text
    spans = [(part.start, part.end) for part in document.parts]
    pages = [(page.start, page.end) for page in document.pages]
    ends = [0, *(end for _, end in spans)]
    if document.file != name or document.id != content_id("doc", text) or len(text) > MAX_CHARACTERS:
        return "the parser gave a document that is none"
    if any(not end <= start < stop <= len(text) for end, (start, stop) in zip(ends, spans, strict=False)):
        return "the parser gave parts that do not fit"
    if any(not 0 <= start <= stop <= len(text) for start, stop in pages):
        return "the parser gave pages that do not fit"
    facts = (document.title, document.publisher, document.author, document.url, document.language)
    cited = [fact.evidence for fact in facts if fact and fact.evidence]
    dated = [document.published, *(part.published for part in document.parts)]
    cited += [evidence for when in dated if when for evidence in when.evidence]
    try:
        is_held = all(document.evidence(cite.start, cite.end) == cite for cite in cited)
    except EvidenceError:
        is_held = False
    return "" if is_held else "the parser gave evidence that does not hold"
