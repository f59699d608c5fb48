"""``serve``: the reading room in a browser."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from communique.cli.output import choose_record, record_argument, record_option, say, warn
from communique.publish.web.run import LOCAL
from communique.publish.web.run import serve as run_serve

PORT = 8765


@click.command()
@record_argument
@record_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address of this machine to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="0 takes a free one.")
@click.option("--title", default="Communique", show_default=True, help="Title of the pages.")
@click.option("--who", default="", help="Name that signs decisions, until a reader gives another one.")
@click.option("--read-only", "is_held", is_flag=True, help="Nothing can be decided.")
@click.option("--open", "is_opened", is_flag=True, help="Open the address in a browser.")
def serve(
    named: Path | None, record: Path, host: str, port: int, title: str, who: str, is_held: bool, is_opened: bool
) -> None:
    """Serves a record as pages on this machine, to read, search, check and correct.

    The printed address holds a token that is new each time; nobody gets in without it. Ctrl-C ends the server.

    \b
    Example:
      communique serve --open
    """
    if host not in LOCAL and host != "::1":
        warn(f"{host}: others on the network can reach this address; whoever has the token can read, unencrypted")

    def tell(address: str) -> None:
        say(address)
        warn("serving; Ctrl-C ends it")
        if is_opened:
            webbrowser.open(address)

    site = {"title": title, "who": who, "is_held": is_held}
    run_serve(choose_record(named, record), host, port, site, tell)
