"""Web addresses for comparing: the many addresses of one article become one key.

Order of the steps: scheme, fragment and the names of light versions (``m.``, ``amp.``) go; so does what only counts
clicks (``utm_source``), and how a folder or a light page is written out (``/amp``, ``/index.html``); what is left of
the query is sorted. A key is for comparing, never for showing or fetching.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from communique.tables import load_table

_ADDRESSES = load_table("pages")["addresses"]
_HOST = re.compile(rf"^(?:(?:{'|'.join(_ADDRESSES['light_hosts'])})\.)+(?=[^.]+\.)")
_ENDING = re.compile(r"(?:/(?:amp|index\.[a-z]{3,5}))?/*$|\.amp(?=\.html?$|$)", re.IGNORECASE)
_COUNTING = re.compile(_ADDRESSES["counting"], re.IGNORECASE)


def make_address_key(url: str) -> str | None:
    """One key for all addresses of an article; None for what is no web address, or that of a whole site."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").casefold()
    except ValueError:  # brackets that hold no address
        return None
    path = _ENDING.sub("", parts.path)
    query = [(name, value) for name, value in parse_qsl(parts.query) if not _COUNTING.fullmatch(name)]
    if parts.scheme not in ("http", "https") or not host or not (path or query):
        return None
    return f"{_HOST.sub('', host)}{path}" + (f"?{urlencode(sorted(query))}" if query else "")
