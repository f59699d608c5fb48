-- The record: one SQLite file. Version 9 (PRAGMA user_version); the steps from older ones are in migrations.py.
--
-- Layer 1, what each report says:          runs, files, originals, documents, annotations, passages
-- Layer 2, what they say together:         entities … problems (the noun tables), evidence; rebuilt as a whole
-- What people gave and settled:            registers; decisions, append-only; what follows from them for rows: reviews
--
-- A noun table's columns are the fields of its dataclass in model.py, in that order and under those names; nested values
-- are columns declared JSON, which the reader decodes. (STRICT tables do not know that type, so these are not STRICT.)
-- Offsets are half-open, in code points, into documents.text. NULL means unknown. A few values are copied out of nested
-- ones for look-ups and are not part of a row as it is exported. (Generated columns would do this, but json_extract is
-- not allowed in a schema that is not trusted, and a record may come from anywhere: PRAGMA trusted_schema is off.)

-- Single values about the record itself: 'linked' is the run whose layer 2 stands on the whole of layer 1, 'decided' the
-- hash of the last decision.
CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- By what rows were made: program, language model, tables and settings. The same parts are the same run.
CREATE TABLE runs (
    id       TEXT PRIMARY KEY,
    version  TEXT NOT NULL,              -- of this program
    model    TEXT NOT NULL,              -- name, version and digest of the language model
    tables   TEXT NOT NULL,              -- digest of the tables of general knowledge
    settings TEXT NOT NULL
) WITHOUT ROWID;

-- What was read, so that a second build knows what is unchanged. One row an item and content: a file, or a member of one.
CREATE TABLE files (
    name     TEXT NOT NULL,              -- path below the folder that was given, going on into archives and the like
    sha256   TEXT NOT NULL,              -- of the item's bytes; '' where they could not be read
    facts    TEXT NOT NULL,              -- digest of what a manifest says of the item
    run      TEXT NOT NULL REFERENCES runs (id),
    document TEXT REFERENCES documents (id),
    about    JSON,                       -- title, publisher, author, url, published as this file has them
    problem  JSON,                       -- why there is no document; of a container, what of it was lost
    source   TEXT NOT NULL,              -- the file that was given: the item itself, or the one that holds it
    original TEXT NOT NULL,              -- sha256 of that file's bytes; '' where they could not be read
    contents JSON,                       -- of a container: how many items, and what was passed over
    PRIMARY KEY (name, sha256),
    CHECK ((document IS NULL) <> (problem IS NULL) OR contents IS NOT NULL)
) WITHOUT ROWID;
CREATE INDEX files_source ON files (source);
CREATE INDEX files_document ON files (document);

-- The bytes of every file that a document was made of, so that its text can be made again.
CREATE TABLE originals (
    sha256  TEXT PRIMARY KEY,            -- of the bytes
    n_bytes INTEGER NOT NULL,
    packed  BLOB NOT NULL                -- by zlib
);

-- One row a text. Where several files hold the same text, it is that of the first name in code-point order, and the
-- others are copies: the same record whatever the order of reading. ``settled`` holds the facts that people set.
CREATE TABLE documents (
    id              TEXT PRIMARY KEY,
    file            TEXT NOT NULL,
    sha256          TEXT NOT NULL,       -- of the file's bytes
    title           TEXT,
    publisher       TEXT,
    publisher_basis TEXT,
    author          TEXT,
    url             TEXT,
    published       JSON,                -- as the document or a manifest says
    dated           JSON,                -- layer 2: where it says nothing, as far as the other reports bound it
    language        TEXT,
    standpoint      TEXT,
    parts           JSON NOT NULL,
    n_chars         INTEGER NOT NULL,
    encoding        TEXT NOT NULL,
    encoding_basis  TEXT NOT NULL,
    media_type      TEXT NOT NULL,
    text_sha256     TEXT NOT NULL,       -- of the text in UTF-8
    facts           JSON NOT NULL,       -- title … standpoint with basis and evidence
    copies          JSON NOT NULL,       -- other files with the same text: file, sha256 and what they say of themselves
    run             TEXT NOT NULL REFERENCES runs (id),
    text            TEXT NOT NULL,       -- as read; never changed
    settled         JSON,
    pages           JSON NOT NULL DEFAULT '[]',  -- where the printed pages stand: page, start, end
    losses          JSON NOT NULL DEFAULT '[]',  -- what of it could not be read
    origin          JSON                 -- the file that was given, sha256 of its bytes, and the way to this text
);

-- Layer 1 of a document: `Annotations` as canonical JSON.
CREATE TABLE annotations (
    document TEXT PRIMARY KEY REFERENCES documents (id),
    payload  JSON NOT NULL
);

-- Paragraphs, for search.
CREATE TABLE passages (
    id       INTEGER PRIMARY KEY,
    document TEXT NOT NULL REFERENCES documents (id),
    start    INTEGER NOT NULL,
    "end"    INTEGER NOT NULL
);
CREATE INDEX passages_document ON passages (document);
CREATE VIRTUAL TABLE passage_words USING fts5 (words, tokenize = "unicode61 remove_diacritics 2");  -- rowid: passages.id

-- Layer 2: the noun tables ------------------------------------------------------------------------

CREATE TABLE entities (
    id        TEXT PRIMARY KEY,
    kind      TEXT NOT NULL,
    name      TEXT NOT NULL,
    names     JSON NOT NULL,
    offices   JSON NOT NULL,
    mentions  JSON NOT NULL,
    territory TEXT,
    reasons   JSON NOT NULL
);
CREATE INDEX entities_name ON entities (name);

CREATE TABLE mentions (
    id       TEXT PRIMARY KEY,
    document TEXT NOT NULL REFERENCES documents (id),
    start    INTEGER NOT NULL,
    "end"    INTEGER NOT NULL,
    quote    TEXT NOT NULL,
    kind     TEXT NOT NULL,
    form     TEXT NOT NULL,
    entity   TEXT
);
CREATE INDEX mentions_entity ON mentions (entity);
CREATE INDEX mentions_document ON mentions (document, start);

CREATE TABLE times (
    id       TEXT PRIMARY KEY,
    document TEXT NOT NULL REFERENCES documents (id),
    start    INTEGER NOT NULL,
    "end"    INTEGER NOT NULL,
    quote    TEXT NOT NULL,
    type     TEXT NOT NULL,
    value    TEXT NOT NULL,
    edtf     TEXT,
    "when"   JSON
);
CREATE INDEX times_document ON times (document, start);

CREATE TABLE statements (
    id            TEXT PRIMARY KEY,
    document      TEXT NOT NULL REFERENCES documents (id),
    part          TEXT NOT NULL,
    form          TEXT NOT NULL,
    content       JSON NOT NULL,
    cue           JSON,
    source        JSON,
    via           JSON NOT NULL,
    addressee     JSON,
    made          JSON,
    engagement    TEXT,
    polarity      TEXT NOT NULL,
    rule          TEXT NOT NULL,
    resolution    TEXT NOT NULL,
    confidence    REAL NOT NULL,
    source_name   TEXT,                  -- copied out of source, for look-ups
    source_entity TEXT
);
CREATE INDEX statements_document ON statements (document);
CREATE INDEX statements_source_name ON statements (source_name);
CREATE INDEX statements_source_entity ON statements (source_entity);
CREATE INDEX statements_engagement ON statements (engagement);
-- A statement's content, for search.
CREATE VIRTUAL TABLE statement_words USING fts5 (words, statement UNINDEXED, tokenize = "unicode61 remove_diacritics 2");

CREATE TABLE event_mentions (
    id           TEXT PRIMARY KEY,
    document     TEXT NOT NULL REFERENCES documents (id),
    kind         TEXT NOT NULL,
    title        TEXT NOT NULL,
    status       TEXT NOT NULL,
    "trigger"    JSON NOT NULL,
    evidence     JSON NOT NULL,
    participants JSON NOT NULL,
    date         JSON,
    place        JSON,
    parent       TEXT,
    same_as      TEXT,
    assertions   JSON NOT NULL,
    engagement   TEXT                    -- the engagement that these words are held to mean
);
CREATE INDEX event_mentions_document ON event_mentions (document);
CREATE INDEX event_mentions_engagement ON event_mentions (engagement);

CREATE TABLE engagements (
    id           TEXT PRIMARY KEY,
    kind         TEXT NOT NULL,
    title        TEXT NOT NULL,
    status       TEXT NOT NULL,
    parent       TEXT,
    date         JSON,
    place        JSON,
    participants JSON NOT NULL,
    plover       JSON NOT NULL,
    evidence     JSON NOT NULL,
    accounts     JSON NOT NULL,
    reasons      JSON NOT NULL,
    registered   JSON,                   -- where a register narrowed the date: its rows, and the date that reports give
    starts_on    TEXT,                   -- copied out of date, for look-ups
    ends_on      TEXT
);
CREATE INDEX engagements_starts_on ON engagements (starts_on);
CREATE INDEX engagements_parent ON engagements (parent);

CREATE TABLE issues (
    id       TEXT PRIMARY KEY,
    name     TEXT NOT NULL,
    names    JSON NOT NULL,
    broader  JSON NOT NULL,              -- ids of issues that it is part of
    evidence JSON NOT NULL,
    reasons  JSON NOT NULL
);

CREATE TABLE agenda (
    id         TEXT PRIMARY KEY,
    document   TEXT NOT NULL REFERENCES documents (id),
    engagement TEXT,
    issue      TEXT NOT NULL,            -- name of an issue
    phase      TEXT NOT NULL,
    voice      JSON NOT NULL,
    evidence   JSON NOT NULL,
    wording    JSON                      -- the report's own words for the issue
);
CREATE INDEX agenda_engagement ON agenda (engagement);

CREATE TABLE silences (
    id         TEXT PRIMARY KEY,
    document   TEXT NOT NULL REFERENCES documents (id),
    kind       TEXT NOT NULL,
    what       TEXT NOT NULL,
    who        JSON,
    engagement TEXT,
    voice      JSON NOT NULL,
    evidence   JSON NOT NULL,
    of         TEXT,                     -- the statement, agenda item or event mention that tells it
    reports    JSON NOT NULL             -- documents that are silent on what was expected
);
CREATE INDEX silences_engagement ON silences (engagement);

CREATE TABLE commitments (
    id              TEXT PRIMARY KEY,
    document        TEXT NOT NULL REFERENCES documents (id),
    debtors         JSON NOT NULL,
    creditors       JSON NOT NULL,
    what            TEXT NOT NULL,
    condition       TEXT,
    due             JSON,
    evidence        JSON NOT NULL,
    status          TEXT NOT NULL,
    status_evidence JSON NOT NULL,
    engagement      TEXT,                -- where an announced engagement is what is owed
    terms           JSON NOT NULL DEFAULT '[]',
    candidates      JSON NOT NULL DEFAULT '[]',       -- later passages for and against
    status_reason   TEXT NOT NULL DEFAULT '',
    due_from        TEXT,                -- copied out of due, for look-ups
    due_to          TEXT
);
CREATE INDEX commitments_engagement ON commitments (engagement);

CREATE TABLE forecasts (
    id                  TEXT PRIMARY KEY,
    document            TEXT NOT NULL REFERENCES documents (id),
    forecaster          JSON,
    what                TEXT NOT NULL,
    hedge               TEXT,
    horizon             JSON,
    engagement          TEXT,
    evidence            JSON NOT NULL,
    via                 JSON NOT NULL,
    resolution          TEXT NOT NULL,
    resolution_evidence JSON NOT NULL,
    strength            TEXT NOT NULL DEFAULT 'expected',
    terms               JSON NOT NULL DEFAULT '[]',
    candidates          JSON NOT NULL DEFAULT '[]',   -- later passages for and against
    resolution_reason   TEXT NOT NULL DEFAULT ''
);
CREATE INDEX forecasts_engagement ON forecasts (engagement);

CREATE TABLE measures (
    id          TEXT PRIMARY KEY,
    document    TEXT NOT NULL REFERENCES documents (id),
    kind        TEXT NOT NULL,
    name        TEXT NOT NULL,
    actor       JSON,
    targets     JSON NOT NULL,
    date        JSON,
    status      TEXT NOT NULL,
    evidence    JSON NOT NULL,
    answers     TEXT,
    order_check TEXT NOT NULL,
    cause       JSON,                       -- what it is said to answer, in the report's words
    same_as     TEXT                        -- the row that stands for the measure in all reports
);
CREATE INDEX measures_answers ON measures (answers);

CREATE TABLE comparisons (
    id       TEXT PRIMARY KEY,
    about    TEXT NOT NULL,              -- an engagement, or a document
    property TEXT NOT NULL,
    relation TEXT NOT NULL,
    "values" JSON NOT NULL,
    reason   TEXT NOT NULL
);
CREATE INDEX comparisons_about ON comparisons (about);

CREATE TABLE problems (
    id        TEXT PRIMARY KEY,
    subject   TEXT NOT NULL,             -- a file or a row
    stage     TEXT NOT NULL,
    reason    TEXT NOT NULL,
    next_step TEXT NOT NULL
);
CREATE INDEX problems_subject ON problems (subject);

-- Which rows stand on a passage: every evidence of every row, checked against the text when it was written.
CREATE TABLE evidence (
    document TEXT NOT NULL REFERENCES documents (id),
    start    INTEGER NOT NULL,
    "end"    INTEGER NOT NULL,
    noun     TEXT NOT NULL,              -- the table
    "row"    TEXT NOT NULL,              -- its id there
    role     TEXT NOT NULL,              -- the column that holds the evidence; 'words' where the row itself is a span
    PRIMARY KEY (document, start, "end", noun, "row", role),
    CHECK (0 <= start AND start < "end")
) WITHOUT ROWID;
CREATE INDEX evidence_row ON evidence (noun, "row");

-- Official registers that narrow dates. Layer 2 rests on them; the id is that of the rows.
CREATE TABLE registers (
    id   TEXT PRIMARY KEY,
    name TEXT NOT NULL,                  -- of the file
    rows JSON NOT NULL                   -- all of them: which of them is meant depends on the others
) WITHOUT ROWID;

-- What people settled. Appended only; each row's hash covers the row and the hash before it (see decisions.py).
CREATE TABLE decisions (
    number     INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    action     TEXT NOT NULL,            -- accept, reject, unsure, edit, create, merge, split, distinct, link, undo
    noun       TEXT NOT NULL,
    subject    TEXT NOT NULL,            -- id of the row
    before     JSON NOT NULL,
    after      JSON NOT NULL,
    anchors    JSON NOT NULL,            -- the rows that it names, by the words that they stand on
    who        TEXT NOT NULL,
    decided_at TEXT NOT NULL,            -- UTC, ISO 8601, in seconds; of many in one go in microseconds
    why        TEXT NOT NULL,
    undoes     TEXT REFERENCES decisions (id),
    previous   TEXT NOT NULL,            -- hash of the row before; '' in the first
    hash       TEXT NOT NULL
);
CREATE INDEX decisions_subject ON decisions (subject);
CREATE INDEX decisions_action ON decisions (action);
CREATE TRIGGER decisions_stay_as_they_are BEFORE UPDATE ON decisions
BEGIN SELECT RAISE(ABORT, 'decisions are only appended; record another one that undoes it'); END;
CREATE TRIGGER decisions_stay BEFORE DELETE ON decisions
BEGIN SELECT RAISE(ABORT, 'decisions are only appended; record another one that undoes it'); END;

-- What the decisions in force make of rows; layer 2 rests on it and it is rebuilt with it. Other rows are proposals.
CREATE TABLE reviews (
    noun     TEXT NOT NULL,
    "row"    TEXT NOT NULL,
    state    TEXT NOT NULL,              -- accepted, edited, rejected, unsure, stale
    decision TEXT NOT NULL REFERENCES decisions (id),  -- the last one on the row
    machine  JSON,                       -- the row without decisions, where they change it; NULL where they made it
    PRIMARY KEY (noun, "row")
) WITHOUT ROWID;
CREATE INDEX reviews_state ON reviews (noun, state);

-- Rows that decisions name under an id which they no longer have, and the id under which their words were found.
CREATE TABLE relocated (
    subject TEXT PRIMARY KEY,
    "row"   TEXT NOT NULL
) WITHOUT ROWID;

-- For choosing and ordering rows without reading them whole; derived from the noun tables by lookups.py, never exported.

-- Documents by their day, then publisher and file; the number is the one in "[3 ¶7]".
CREATE TABLE document_order (
    number    INTEGER PRIMARY KEY,
    document  TEXT NOT NULL UNIQUE,
    publisher TEXT,
    day       TEXT                       -- the earliest that it can be of
);
CREATE INDEX document_order_publisher ON document_order (publisher, number, day);
CREATE INDEX document_order_day ON document_order (day);

-- Statements as one meets them when reading the documents in that order; the number is also the rowid of their words.
CREATE TABLE statement_order (
    number     INTEGER PRIMARY KEY,
    statement  TEXT NOT NULL UNIQUE,
    document   INTEGER NOT NULL,         -- its number
    speaker    TEXT,                     -- entity
    name       TEXT,                     -- of the speaker, in the document's words
    kind       TEXT,
    form       TEXT NOT NULL,
    part       TEXT NOT NULL,
    polarity   TEXT NOT NULL,
    relayed    INTEGER NOT NULL,         -- how many pass it on
    engagement TEXT
);
CREATE INDEX statement_order_document ON statement_order (document);
CREATE INDEX statement_order_speaker ON statement_order (speaker, number);
CREATE INDEX statement_order_name ON statement_order (name, number);
CREATE INDEX statement_order_engagement ON statement_order (engagement, number);

-- Engagements, measures and due days by their earliest day, then by their latest; those without a day come last.
CREATE TABLE chronology (
    sort   TEXT PRIMARY KEY,             -- both days, 9999-12-31 for none, and the row
    noun   TEXT NOT NULL,                -- engagements, measures, commitments
    "row"  TEXT NOT NULL,
    day    TEXT,
    last   TEXT,
    kind   TEXT NOT NULL,
    status TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX chronology_row ON chronology ("row", noun, kind, status);
CREATE INDEX chronology_kind ON chronology (kind);
CREATE INDEX chronology_status ON chronology (status);

-- Which statements are on an issue, and the agenda item that says so.
CREATE TABLE statement_issues (
    issue  TEXT NOT NULL,
    number INTEGER NOT NULL,             -- of the statement
    agenda TEXT NOT NULL,
    PRIMARY KEY (issue, number, agenda)
) WITHOUT ROWID;
CREATE INDEX statement_issues_number ON statement_issues (number);
CREATE INDEX statement_issues_agenda ON statement_issues (agenda);

-- How many rows a noun has.
CREATE TABLE tallies (
    noun TEXT PRIMARY KEY,
    rows INTEGER NOT NULL
) WITHOUT ROWID;

-- Which rows name an entity, and as what: the column that holds the name.
CREATE TABLE named (
    noun   TEXT NOT NULL,
    role   TEXT NOT NULL,
    entity TEXT NOT NULL,
    "row"  TEXT NOT NULL,
    PRIMARY KEY (noun, role, entity, "row")
) WITHOUT ROWID;
CREATE INDEX named_entity ON named (entity, noun, role);
CREATE INDEX named_row ON named (noun, "row");

CREATE INDEX agenda_issue ON agenda (issue, id, phase, engagement);
CREATE INDEX agenda_document ON agenda (document);
CREATE INDEX commitments_document ON commitments (document);
CREATE INDEX commitments_due ON commitments (coalesce(due_from, due_to, '9999-12-31'), id, status);
CREATE INDEX commitments_status ON commitments (status, id);
CREATE INDEX forecasts_document ON forecasts (document, id, resolution, engagement);
CREATE INDEX measures_document ON measures (document);
CREATE INDEX comparisons_relation ON comparisons (relation, about, id);
-- The gravest first.
CREATE INDEX comparisons_grave ON comparisons (
    CASE relation WHEN 'contradicts' THEN 0 WHEN 'different scope' THEN 1 WHEN 'broader' THEN 2 ELSE 3 END,
    about, id, relation, property
);
CREATE INDEX silences_kind ON silences (kind, document, id);
CREATE INDEX entities_kind ON entities (kind, name);
