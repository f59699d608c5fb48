"""The command line: arguments in, exit codes and printing out, nothing else.

Data goes to standard output, everything else to standard error. Exit codes: 0 done; 1 failed; 2 wrong usage or setting;
3 done, but some inputs failed; 4 something in the record does not hold (``verify``, ``backup``); 6 the record is locked
by another process, or a decision stands against it; 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from communique.cli.adding import add, watch
from communique.cli.building import build, read
from communique.cli.checking import check
from communique.cli.comparing import compare
from communique.cli.deciding import COMMANDS
from communique.cli.due import due
from communique.cli.engagements import chronology
from communique.cli.handing import backup, export, site, verify
from communique.cli.history import show_history
from communique.cli.looking import list_rows, search, show
from communique.cli.matrix import matrix
from communique.cli.output import OutputClosed, warn
from communique.cli.problems import problems
from communique.cli.serving import serve
from communique.errors import CommuniqueError, DecisionError, RecordLocked, Refused, SettingsError
from communique.version import VERSION

EXAMPLES = """
\b
Examples:
  communique build reports                  read a folder into communique.db
  communique chronology                     what took place, in order
  communique list statements --speaker Lavrov
  communique show eng-0123456789ab          one row with all its passages
  communique search "missile defense"
  communique due --as-of 2016-09-01         what was promised, by day
  communique check --register travels.csv   beside an official register
  communique site --dest site               pages to open in a browser
  communique serve --open                   read and search on a local page
  communique accept stm-0123456789ab        settle a row; undo takes it back

\b
Exit codes: 0 done; 1 failed; 2 wrong usage or setting; 3 done, but some inputs
failed; 4 the record does not hold (verify, backup); 6 the record is locked, or a decision
of somebody else stands against yours; 130 interrupted.
"""


@click.group(
    epilog=EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(VERSION, "-V", "--version", prog_name="communique")
def app() -> None:
    """Turns a folder of reports about diplomacy into a sourced record."""


READING = (build, add, watch, read, problems)
LOOKING = (list_rows, show, search, chronology, compare, matrix, due, show_history)
KEEPING = (check, verify, backup, export, site, serve)
for command in (*READING, *LOOKING, *KEEPING, *COMMANDS):
    app.add_command(command)


def main() -> None:
    """Runs the program and ends it with one of the exit codes above."""
    try:
        code = run()
    except OutputClosed:
        # What is left in the buffer would fail once more when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code)


def run(arguments: Sequence[str] | None = None) -> int:
    """Runs a command; what it raises becomes a line on standard error and an exit code.

    Args:
        arguments: As typed after ``communique``; those of this process if None.

    Raises:
        OutputClosed: Nobody reads standard output any more.
    """
    try:
        code = app.main(arguments, prog_name="communique", standalone_mode=False)
    except click.exceptions.Abort:
        warn("interrupted; what was stored stays, run the command again to go on")
        return 130
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except CommuniqueError as error:
        warn(str(error))
        return _find_code(error)
    return code if isinstance(code, int) else 0


def _find_code(error: CommuniqueError) -> int:
    if isinstance(error, SettingsError | DecisionError):
        return 2
    return 6 if isinstance(error, RecordLocked | Refused) else 1
