"""Files into documents: text, parts, and what a report says of itself.

Order of the steps: `find_files` lists the files; `read_file` takes the bytes; `decode` or `html` makes the text;
`parts` and `facts` find title, by-line, body, captions, comments, notices, publisher and day; what a person sets
(`manifest`) comes last and overrides. A file that cannot be read raises `ReadError`; nothing is annotated here.
"""

from communique.read.files import SourceFile, find_files
from communique.read.items import MAX_BYTES, MAX_CHARACTERS
from communique.read.manifest import Manifest, find_unused, read_manifest
from communique.read.reader import read_bytes, read_file, read_text

__all__ = [
    "MAX_BYTES",
    "MAX_CHARACTERS",
    "Manifest",
    "SourceFile",
    "find_files",
    "find_unused",
    "read_bytes",
    "read_file",
    "read_manifest",
    "read_text",
]
