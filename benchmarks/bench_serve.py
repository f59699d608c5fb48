"""How fast the reading room is on a large record: 100,000 engagements and 1,000,000 statements, made up.

The record is written straight into the tables (no text is read for it), with evidence that holds in its texts; some
persons, issues and publishers have very many rows, as in life. Then the server is started as a person would start it,
and pages are asked for one after another, while another process writes as a build does: it puts rows of layer 2 and
their evidence into the record anew, thousands in a transaction, so that the log beside the record grows.

    python benchmarks/bench_serve.py [--record FILE] [--statements 1000000] [--asks 60] [--json]

Prints for each kind of page the median and the 95th percentile in ms, of the time until all of it is there and of the
processor time that the server took for it (the first depends on what else the machine does); the time to the first
answer, the load of the machine, and the peak of the server's memory. A record that is there is used again.
"""

from __future__ import annotations

import argparse
import http.client
import json
import multiprocessing
import multiprocessing.synchronize
import os
import random
import re
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

from communique.model import content_id
from communique.record import lookups
from communique.record.connect import connect
from communique.record.migrations import create
from communique.record.writer import Run
from communique.text.segment import find_paragraphs


def words(line: str, apart: str | None = None) -> list[str]:
    """The words of a line."""
    return line.split(apart)


SAYS = words("said|told reporters|announced|wrote|denied|added|insisted|warned", "|")
NOUNS = words(
    "ports ships grain visas envoys borders treaties sanctions pipelines fishing exports customs troops airspace"
)
VERBS = words("reopen close resume suspend follow discuss review lift extend sign ratify delay cancel prepare")
WHEN = words("in June|next year|before winter|by August|on Monday|after the vote|soon|this week", "|")
CITIES = words("Vienna Geneva Oslo Lisbon Berne Tallinn Riga Prague Ankara Tunis Rabat Dakar Lima Quito Hanoi Manila")
LISTS = words("names agenda commitments forecasts conflicts documents")
KINDS = words("meeting talks visit call press_conference dinner conference letter")
STATUSES = words("happened happened happened planned expected cancelled")
STATEMENTS_A_DOCUMENT = 20


class Maker:
    """Rows of a made-up record, the same for the same size."""

    def __init__(self, statements: int) -> None:
        self.random = random.Random(8)
        self.n_documents = max(1, statements // STATEMENTS_A_DOCUMENT)
        self.n_engagements = max(1, statements // 10)
        self.n_people = max(20, statements // 50)
        syllables = [a + b for a in "BDFGKLMNPRSTV" for b in "aeiou"]
        lower = [s.lower() for s in syllables]
        pick = self.random.choice
        self.people = [
            f"{pick(syllables)}{pick(lower)} {pick(syllables)}{pick(lower)}{pick(lower)}" for _ in range(self.n_people)
        ]
        self.entities = [content_id("ent", number) for number in range(self.n_people)]
        self.publishers = [f"The {city} {paper}" for city in CITIES for paper in ("Times", "Post", "Wire", "Herald")]
        self.issues = [f"{noun} {number}" for noun in NOUNS for number in range(1, 30)]
        self.mentions: dict[int, list[tuple[str, int, int, str]]] = {}

    def person(self) -> int:
        """A person; a few of them are very often in the news."""
        return min(int(self.random.paretovariate(0.6)) - 1, self.n_people - 1)

    def day(self) -> str:
        r = self.random
        return f"{r.randint(1990, 2025)}-{r.randint(1, 12):02}-{r.randint(1, 28):02}"

    def documents(self) -> Iterator[tuple[dict[str, list[tuple[Any, ...]]], str]]:
        """Document by document: rows by table."""
        for number in range(self.n_documents):
            yield self._document(number)

    def _document(self, number: int) -> tuple[dict[str, list[tuple[Any, ...]]], str]:
        r, id = self.random, content_id("doc", number)
        day, publisher = self.day(), r.choice(self.publishers)
        title = f"{r.choice(NOUNS).capitalize()} and {r.choice(NOUNS)} {number}"
        text, rows = f"{title}\n\n", Rows(id)
        for place in range(STATEMENTS_A_DOCUMENT):
            text = self._statement(rows, text, number * STATEMENTS_A_DOCUMENT + place, day)
        for place in range(2):
            text = self._engagement(rows, text, number * 2 + place)
        when = json.dumps(_day(day, "printed"))
        parts = json.dumps(
            [{"part": "body", "start": 0, "end": len(text), "author": None, "place": None, "published": None}]
        )
        rows.add(
            "documents",
            {
                "id": id,
                "file": f"{number:07}.txt",
                "sha256": f"{number:064}",
                "title": title,
                "publisher": publisher,
                "publisher_basis": "set",
                "published": when,
                "language": "en",
                "parts": parts,
                "n_chars": len(text),
                "encoding": "utf-8",
                "encoding_basis": "stated",
                "media_type": "text/plain",
                "text_sha256": "",
                "facts": "{}",
                "copies": "[]",
                "run": RUN.id,
                "text": text,
            },
        )
        return rows.rows, text

    def _statement(self, rows: Rows, text: str, number: int, day: str) -> str:
        r, who = self.random, self.person()
        name, said = self.people[who], r.choice(SAYS)
        content = f"{r.choice(NOUNS)} {number} would {r.choice(VERBS)} {r.choice(WHEN)}"
        start = len(text)
        text += f"{name} {said} that {content}.\n\n"
        cue, words = start + len(name) + 1, start + len(name) + len(said) + 7
        id = content_id("stm", number)
        evidence = rows.cite("statements", id, "content", words, content)
        source = {
            "name": name,
            "kind": "person",
            "entity": self.entities[who],
            "start": start,
            "end": start + len(name),
        }
        via = [
            {
                "name": self.people[0],
                "kind": "organization",
                "entity": self.entities[0],
                "start": None,
                "end": None,
                "quote": None,
            }
        ]
        engagement = content_id("eng", r.randrange(self.n_engagements)) if r.random() < 0.2 else None
        rows.add(
            "statements",
            {
                "id": id,
                "document": rows.document,
                "part": "body",
                "form": r.choice(("indirect", "direct", "mixed")),
                "content": json.dumps([evidence]),
                "cue": json.dumps(rows.cite("statements", id, "cue", cue, said)),
                "source": json.dumps({**source, "quote": name}),
                "via": json.dumps(via if r.random() < 0.1 else []),
                "engagement": engagement,
                "polarity": "asserted",
                "rule": "made up",
                "resolution": "made up",
                "confidence": 0.5,
                "source_name": name,
                "source_entity": self.entities[who],
            },
        )
        rows.add(
            "mentions",
            {
                "id": content_id("men", number),
                "document": rows.document,
                "start": start,
                "end": start + len(name),
                "quote": name,
                "kind": "person",
                "form": "name",
                "entity": self.entities[who],
            },
        )
        if number % 20 == 0:
            self._ledgers(rows, number, words, content, source, day)
        return text

    def _ledgers(self, rows: Rows, number: int, start: int, words: str, source: dict[str, Any], day: str) -> None:
        r, actor = self.random, json.dumps({**source, "quote": source["name"]})
        engagement = content_id("eng", r.randrange(self.n_engagements))
        agenda, forecast, promise = (content_id(prefix, number) for prefix in ("agd", "fct", "cmt"))
        voice = json.dumps({"kind": "publisher", "entity": None, "name": None})
        rows.add(
            "agenda",
            {
                "id": agenda,
                "document": rows.document,
                "engagement": engagement,
                "issue": r.choice(self.issues),
                "phase": r.choice(("expected", "addressed", "avoided")),
                "voice": voice,
                "evidence": json.dumps([rows.cite("agenda", agenda, "evidence", start, words)]),
            },
        )
        rows.add(
            "forecasts",
            {
                "id": forecast,
                "document": rows.document,
                "forecaster": actor,
                "what": words,
                "hedge": "may",
                "engagement": engagement,
                "evidence": json.dumps([rows.cite("forecasts", forecast, "evidence", start, words)]),
                "via": "[]",
                "resolution": "open",
                "resolution_evidence": "[]",
            },
        )
        rows.add(
            "commitments",
            {
                "id": promise,
                "document": rows.document,
                "debtors": f"[{actor}]",
                "creditors": "[]",
                "what": words,
                "due": json.dumps(_day(day, "stated")),
                "due_from": day,
                "due_to": day,
                "status": r.choice(("open", "kept", "no follow-up in the corpus")),
                "evidence": json.dumps([rows.cite("commitments", promise, "evidence", start, words)]),
                "status_evidence": "[]",
            },
        )

    def _engagement(self, rows: Rows, text: str, number: int) -> str:
        r = self.random
        people, city, start = [self.person(), self.person()], r.choice(CITIES), len(text)
        names = [self.people[person] for person in people]
        words = f"{names[0]} met {names[1]} in {city}"
        text += f"{words}.\n\n"
        id, day, status = content_id("eng", number), self.day(), r.choice(STATUSES)
        evidence = rows.cite("engagements", id, "evidence", start, words)
        present: list[dict[str, Any]] = [
            {
                "name": name,
                "role": "participant",
                "entity": self.entities[person],
                "office": None,
                "present": True,
                "evidence": [],
            }
            for name, person in zip(names, people, strict=True)
        ]
        said = [{"property": "place", "value": city, "evidence": evidence, "voice": None}]
        account = {"document": rows.document, "mentions": [], "assertions": said}
        rows.add(
            "engagements",
            {
                "id": id,
                "kind": r.choice(KINDS),
                "title": f"{names[0]} and {names[1]} meet",
                "status": status,
                "parent": content_id("eng", number - 1) if number % 3 == 2 else None,
                "date": json.dumps(_day(day, "stated")) if r.random() < 0.95 else None,
                "place": json.dumps({"name": city, "entity": None, "territory": None, "evidence": []}),
                "participants": json.dumps(present),
                "plover": json.dumps({"event": "CONSULT", "mode": "meet"}),
                "evidence": json.dumps([{**evidence, "status": status}]),
                "accounts": json.dumps([account]),
                "reasons": "[]",
                "starts_on": day,
                "ends_on": day,
            },
        )
        if number % 4 == 0:
            values = [{"value": city, "document": rows.document, "evidence": evidence, "voice": None}] * 2
            rows.add(
                "comparisons",
                {
                    "id": content_id("cmp", number),
                    "about": id,
                    "property": "place",
                    "relation": r.choice(("corroborates", "contradicts", "broader")),
                    "values": json.dumps(values),
                    "reason": "",
                },
            )
        return text


class Rows:
    """The rows that stand on one document."""

    def __init__(self, document: str) -> None:
        self.document = document
        self.rows: dict[str, list[tuple[Any, ...]]] = {}
        self.columns: dict[str, tuple[str, ...]] = COLUMNS

    def add(self, noun: str, row: dict[str, Any]) -> None:
        self.columns.setdefault(noun, tuple(row))
        self.rows.setdefault(noun, []).append(tuple(row[name] for name in self.columns[noun]))

    def cite(self, noun: str, row: str, role: str, start: int, quote: str) -> dict[str, Any]:
        end = start + len(quote)
        self.rows.setdefault("evidence", []).append((self.document, start, end, noun, row, role))
        return {"document": self.document, "start": start, "end": end, "quote": quote}


COLUMNS: dict[str, tuple[str, ...]] = {"evidence": ("document", "start", "end", "noun", "row", "role")}
RUN = Run("made up", "none", "none")


def _day(day: str, basis: str) -> dict[str, Any]:
    return {"edtf": day, "start": day, "end": day, "precision": "day", "basis": basis, "evidence": [], "note": ""}


def make_record(path: Path, statements: int) -> None:
    """Writes the record; the file appears whole."""
    aside = path.with_name(path.name + ".part")
    aside.unlink(missing_ok=True)
    create(aside)
    maker = Maker(statements)
    with closing(connect(aside, "rw")) as connection:
        connection.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; BEGIN;"
        )
        connection.execute("INSERT INTO runs VALUES (?, ?, ?, ?, ?)", (RUN.id, RUN.version, RUN.model, RUN.tables, ""))
        for rows, text in maker.documents():
            for noun in ("documents", *(noun for noun in rows if noun != "documents")):
                names = ", ".join(f'"{name}"' for name in COLUMNS[noun])
                places = ", ".join("?" * len(COLUMNS[noun]))
                connection.executemany(f"INSERT OR IGNORE INTO {noun} ({names}) VALUES ({places})", rows[noun])
            add_passages(connection, rows["evidence"][0][0], text)
        people = zip(maker.entities, maker.people, strict=True)
        connection.executemany(
            "INSERT INTO entities VALUES (?, 'person', ?, ?, '[]', '[]', NULL, '[]')",
            ((id, name, json.dumps([name])) for id, name in people),
        )
        lookups.renew(connection)
        connection.execute("INSERT INTO meta VALUES ('linked', ?)", (RUN.id,))
        connection.execute("COMMIT")
        connection.execute("ANALYZE")
    aside.rename(path)


def add_passages(connection: sqlite3.Connection, document: str, text: str) -> None:
    """What the search of texts looks into: the paragraphs of a document."""
    for start, end in find_paragraphs(text):
        added = connection.execute("INSERT INTO passages VALUES (NULL, ?, ?, ?)", (document, start, end))
        words = (added.lastrowid, text[start:end])
        connection.execute("INSERT INTO passage_words (rowid, words) VALUES (?, ?)", words)


# --- asking ---------------------------------------------------------------------------------------


def addresses(path: Path, asks: int) -> dict[str, list[str]]:
    """Addresses by kind of page, half of them of what has very many rows."""
    chance = random.Random(3)
    with closing(connect(path, "ro")) as connection:

        def some(sql: str) -> list[str]:
            return [str(found) for (found,) in connection.execute(sql)]

        def spread(noun: str) -> list[str]:
            last = connection.execute(f"SELECT max(rowid) FROM {noun}").fetchone()[0]
            rows = [chance.randint(1, last) for _ in range(asks)]
            return some(f"SELECT id FROM {noun} WHERE rowid IN ({', '.join(map(str, rows))})")

        busy = some("SELECT entity FROM mentions GROUP BY entity ORDER BY count(*) DESC LIMIT 5")
        issues = [quote(issue) for issue in some("SELECT DISTINCT issue FROM agenda LIMIT 40")]
        publishers = [quote(name) for name in some("SELECT DISTINCT publisher FROM document_order")]
        rows = {noun: spread(noun) for noun in ("engagements", "entities", "documents", "statements", "forecasts")}
        spans = connection.execute("SELECT document, start, \"end\" FROM evidence WHERE noun = 'statements' LIMIT 40")
        passages = [f"/p/{document}/{start}-{end}" for document, start, end in spans]
    pages = ["", "?page=2", "?page=40", "?page=150"]
    words = (
        [f"{noun} {verb}" for noun in NOUNS for verb in VERBS[:4]]
        + list(NOUNS)
        + ["would", "that would review", '"would lift"', "ship*"]
    )
    years = [f"{year}-{month:02}" for year in range(1991, 2025, 3) for month in (2, 9)]
    return {
        "overview": ["/"],
        "chronology": [f"/chronology{page}" for page in pages],
        "chronology, narrowed": [
            *(f"/chronology?from={day}&to={day}" for day in years),
            *(f"/chronology?person={id}" for id in busy),
            *(f"/chronology?kind={kind}&status=planned" for kind in KINDS),
            *(f"/chronology?issue={i}" for i in issues[:10]),
            *(f"/chronology?publisher={name}" for name in publishers[:10]),
        ],
        "engagement": [f"/e/{id}" for id in rows["engagements"]],
        "person": [f"/n/{id}" for id in [*busy, *rows["entities"]]],
        "document": [f"/d/{id}" for id in rows["documents"]],
        "row": [f"/r/{id}" for id in [*rows["statements"], *rows["forecasts"]]],
        "passage": passages,
        "statements": [f"/statements{page}" for page in pages],
        "lists": [f"/{name}{page}" for name in LISTS for page in pages[:3]],
        "others": [
            "/silences",
            "/sources",
            "/history",
            "/problems",
            "/measures",
            "/about",
            *(f"/agenda?issue={i}" for i in issues),
        ],
        "search: words": [f"/statements?q={quote(w)}" for w in words],
        "search: narrowed": [
            *(f"/statements?q=grain&from={day}&to={day}" for day in years),
            *(f"/statements?speaker={id}" for id in busy),
            *(f"/statements?q=ports&speaker={id}" for id in busy),
            *(f"/statements?publisher={name}" for name in publishers[:12]),
            *(f"/statements?q=customs&form={form}&through=yes" for form in ("direct", "mixed", "indirect")),
            *(f"/statements?issue={issue}" for issue in issues[:10]),
        ],
    }


def measure(path: Path, asks: int) -> dict[str, Any]:
    """Starts the server, asks, and says how long it took."""
    kinds = addresses(path, asks)
    began = time.monotonic()
    command = [sys.executable, "-u", "-m", "communique", "serve", str(path), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        root, _, token = server.stdout.readline().strip().partition("/enter#")
        ask = make_asker(root, token, server.pid)
        ask("/")
        started = time.monotonic() - began
        stop = multiprocessing.Event()
        builder = multiprocessing.Process(target=keep_building, args=(path, stop))
        builder.start()
        times: dict[str, list[tuple[float, float]]] = {}
        try:
            for kind, paths in kinds.items():
                times[kind] = [ask(paths[number % len(paths)]) for number in range(max(asks, len(paths)))]
        finally:
            log_mib = path.with_name(path.name + "-wal").stat().st_size >> 20
            stop.set()
            builder.join()
            status = Path(f"/proc/{server.pid}/status").read_text()
            server.terminate()
    return {
        "start_s": started,
        "peak_mib": int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) // 1024,
        "log_mib": log_mib,
        "load": os.getloadavg(),
        "pages_ms": {kind: spread([wall for wall, _ in found]) for kind, found in times.items()},
        "processor_ms": {kind: spread([spent for _, spent in found]) for kind, found in times.items()},
    }


def make_asker(root: str, token: str, pid: int) -> Callable[[str], tuple[float, float]]:
    """Asks for a page on one connection; ms until all of it is there, and ms of processor time that the server took."""
    connection = http.client.HTTPConnection(root.removeprefix("http://"), timeout=120)

    def spent() -> int:
        tasks = Path(f"/proc/{pid}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks)

    def ask(path: str) -> tuple[float, float]:
        before, busy = time.monotonic(), spent()
        connection.request("GET", path, headers={"Authorization": f"Bearer {token}"})
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status} {body[:200]!r}")
        return (time.monotonic() - before) * 1000, (spent() - busy) / 1e6

    return ask


BATCH = 5_000  # rows in a transaction of the build


def keep_building(path: Path, stop: multiprocessing.synchronize.Event) -> None:
    """What a build does to a record: rows of layer 2 taken out and put in again, as they are, with their evidence."""
    with closing(connect(path, "rw")) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        last = connection.execute("SELECT max(rowid) FROM statements").fetchone()[0]
        first = 0
        while not stop.wait(0.02):
            first = (first + BATCH) % last
            some = f"SELECT id FROM statements WHERE rowid BETWEEN {first} AND {first + BATCH - 1}"
            connection.executescript(
                f"""
                CREATE TEMP TABLE kept AS SELECT rowid AS place, * FROM statements WHERE id IN ({some});
                CREATE TEMP TABLE words AS SELECT * FROM evidence WHERE noun = 'statements' AND "row" IN ({some});
                BEGIN IMMEDIATE;
                DELETE FROM statements WHERE id IN (SELECT id FROM kept);
                DELETE FROM evidence WHERE noun = 'statements' AND "row" IN (SELECT id FROM kept);
                INSERT INTO evidence SELECT * FROM words;
                """
            )
            names = ", ".join(f'"{info[1]}"' for info in connection.execute("PRAGMA table_info(statements)"))
            connection.execute(f"INSERT INTO statements (rowid, {names}) SELECT place, {names} FROM kept")
            for statement in ("COMMIT", "DROP TABLE temp.kept", "DROP TABLE temp.words"):
                connection.execute(statement)


def spread(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {"median": statistics.median(ordered), "p95": ordered[int(0.95 * (len(ordered) - 1))], "worst": ordered[-1]}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--record", type=Path, default=Path("large.db"))
    arguments.add_argument("--statements", type=int, default=1_000_000)
    arguments.add_argument("--asks", type=int, default=60)
    arguments.add_argument("--json", action="store_true")
    given = arguments.parse_args()
    if not given.record.exists():
        began = time.monotonic()
        make_record(given.record, given.statements)
        print(f"made in {time.monotonic() - began:.0f} s, {given.record.stat().st_size >> 20} MiB", file=sys.stderr)
    found = measure(given.record, given.asks)
    if given.json:
        print(json.dumps(found))
        return
    print(f"first answer after {found['start_s']:.2f} s; peak of memory {found['peak_mib']} MiB")
    print(f"log beside the record {found['log_mib']} MiB; load {', '.join(f'{load:.1f}' for load in found['load'])}")
    for kind, times in found["pages_ms"].items():
        spent = found["processor_ms"][kind]
        print(
            f"{kind:22} median {times['median']:7.1f}  p95 {times['p95']:7.1f}  worst {times['worst']:7.1f} ms;"
            f"  processor {spent['median']:6.1f} {spent['p95']:6.1f} {spent['worst']:6.1f}"
        )


if __name__ == "__main__":
    main()
