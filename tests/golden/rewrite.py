"""Writes the golden record anew: ``python -m tests.golden.rewrite`` in the root of the project.

Read the difference (``git diff tests/golden``) before it is committed: each line that went or came is a fact that the
program no longer finds in the example reports, or claims now. ``test_golden`` compares with the file that this writes.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from communique.pipeline import build
from communique.record.reader import open_record
from tests.conftest import EXAMPLES
from tests.golden.digest import digest

GOLDEN = Path(__file__).with_name("examples.txt")


def main() -> None:
    """Builds the record of the example reports and writes its digest."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "examples.db"
        build([EXAMPLES], path)
        with open_record(path) as record:
            GOLDEN.write_text("\n".join(digest(record)), "utf-8")


if __name__ == "__main__":
    main()
