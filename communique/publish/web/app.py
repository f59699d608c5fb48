"""The application: addresses to views, views to HTML, JSON or CSV.

Every page has one address; with ``.json`` or ``.csv`` behind it, the same rows come as data. Each request opens the
record anew, for reading only, and sees it in the state of one moment, also while a build writes it.
"""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from communique.errors import CommuniqueError, RecordLocked
from communique.publish.site.environment import SECTIONS, make_environment, render
from communique.publish.site.lists import Page
from communique.publish.web import data
from communique.publish.web.ask import read_ask
from communique.publish.web.deciding import Pen, explain
from communique.publish.web.desk import Desk
from communique.publish.web.guard import ENTRANCE, Door, Guard
from communique.publish.web.history import find_settled
from communique.publish.web.things import (
    OVERVIEWS,
    document_view,
    engagement_view,
    entity_view,
    passage_view,
    row_view,
)
from communique.publish.web.views import LISTS, View, overview
from communique.record.reader import open_record

STATIC = Path(__file__).parents[1] / "static"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
LIVE_SECTIONS = (
    *SECTIONS[:-3],
    ("documents", "Documents"),
    ("sources", "Sources"),
    ("history", "History"),
    ("problems", "Problems"),
    ("about", "About"),
)
THINGS: Mapping[str, Callable[[Desk, str], View | None]] = {
    "e": engagement_view,
    "n": entity_view,
    "d": document_view,
    "r": row_view,
}


class Room:
    """The reading room of one record."""

    def __init__(self, record: Path, site: Mapping[str, Any], door: Door) -> None:
        self.record = record
        self.door = door
        self.environment: Environment = make_environment(
            {**site, "sections": LIVE_SECTIONS, "live": True}, lambda name: "" if name == "index" else name
        )

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """The record, for one request."""
        with open_record(self.record) as record, record.snapshot():
            yield Desk(record)

    def home(self, request: Request) -> Response:
        """The overview."""
        with self.desk() as desk:
            form = request.path_params.get("form", "")
            return self.answer(request, desk, overview(desk), f".{form}" if form else "")

    def listed(self, request: Request) -> Response:
        """A list, or an overview of several nouns."""
        name, form = split_form(request.path_params["name"])
        if name not in LISTS and name not in OVERVIEWS:
            raise HTTPException(404)
        view, known = LISTS[name] if name in LISTS else OVERVIEWS[name]
        ask = read_ask(name, request.query_params, known)
        with self.desk() as desk:
            return self.answer(request, desk, view(desk, ask), form)

    def thing(self, request: Request) -> Response:
        """The page of one thing."""
        id, form = split_form(request.path_params["id"])
        make = THINGS.get(request.path_params["kind"])
        if make is None:
            raise HTTPException(404)
        with self.desk() as desk:
            view = make(desk, id)
            if view is None and (now := desk.find_now(id)):
                return RedirectResponse(f"/{desk.homes[now]}{form}", 302)
            return self.answer(request, desk, view, form)

    def passage(self, request: Request) -> Response:
        """A passage of a document."""
        span, form = split_form(request.path_params["span"])
        match = re.fullmatch(r"([0-9]{1,9})-([0-9]{1,9})", span)
        if match is None:
            raise HTTPException(404)
        with self.desk() as desk:
            view = passage_view(desk, request.path_params["id"], int(match[1]), int(match[2]))
            return self.answer(request, desk, view, form)

    def answer(self, request: Request, desk: Desk, view: View | None, form: str) -> Response:
        """A view as HTML, JSON or CSV."""
        if view is None:
            raise HTTPException(404)
        root = f"{request.url.scheme}://{request.headers['host']}/"
        if form == ".json":
            return Response(data.to_json(view, root), media_type="application/json")
        if form == ".csv":
            name = re.sub(r"[^a-z0-9]+", "-", view.page.path.lower()).strip("-") or "overview"
            headers = {"content-disposition": f'attachment; filename="{name}.csv"'}
            return Response(data.to_csv(view, desk, root), media_type="text/csv", headers=headers)
        reviewed = desk.count_reviewed()
        shown = {
            "text_notes": desk.text_notes(),
            "query": request.url.query,
            "is_linked": desk.record.is_linked(),
            "reviewed": reviewed,
            "find_named": desk.find_named,
            "find_settled": partial(find_settled, desk),
        }
        return self.page(desk, view.page, **shown)

    def page(self, holdings: Any, page: Page, **more: Any) -> Response:
        """A page as HTML."""
        shown = {"query": "", "is_linked": True, "reviewed": None, "text_notes": {}, **more}
        return Response(render(self.environment, holdings, page, "/", **shown), media_type="text/html")

    def entrance(self, request: Request) -> Response:
        """The page on which the token is given; it knows nothing of the record."""
        page = Page("enter", "enter.html", "Enter", "", {})
        html = self.environment.get_template(page.template).render(page=page, root="/")
        return Response(html, media_type="text/html")

    async def enter(self, request: Request) -> Response:
        """Takes the token for a cookie."""
        try:
            given = json.loads(await request.body())
        except ValueError:
            given = None
        token = str(given.get("token", "")) if isinstance(given, dict) else ""
        if not hmac.compare_digest(token.encode("utf-8", "replace"), self.door.token.encode()):
            return JSONResponse({"error": "this is not the token that the server printed"}, 403)
        answer = JSONResponse({"next": "/"})
        answer.set_cookie(self.door.cookie, self.door.token, path="/", httponly=True, samesite="strict")
        return answer


def split_form(last: str) -> tuple[str, str]:
    """The last part of an address without ``.json`` or ``.csv``, and that."""
    for form in (".json", ".csv"):
        if last.endswith(form):
            return last.removesuffix(form), form
    return last, ""


def static(request: Request) -> Response:
    """A file of ours: styles, scripts, the icon."""
    name = request.path_params["name"]
    suffix = "." + name.rpartition(".")[2]
    if not re.fullmatch(r"[a-z]+\.(css|js|svg)", name) or not (STATIC / name).is_file():
        raise HTTPException(404)
    return Response((STATIC / name).read_bytes(), media_type=TYPES[suffix])


def make_app(record: Path, door: Door, title: str, who: str = "", is_held: bool = False) -> Starlette:
    """The application for a record, behind its door.

    Args:
        record: Its file.
        door: Who is let in.
        title: Shown on every page.
        who: Signs decisions, until a reader gives another name.
        is_held: Nothing may be written.
    """
    room = Room(record, {"title": title, "who": who, "held": is_held}, door)
    pen = Pen(record, is_held)
    routes = [
        Route("/", room.home),
        Route("/index.{form}", room.home),
        Route(ENTRANCE, room.entrance),
        Route(ENTRANCE, room.enter, methods=["POST"]),
        Route("/static/{name}", static),
        Route("/decisions", pen.decide, methods=["POST"]),
        Route("/decisions/all", pen.decide_all, methods=["POST"]),
        Route("/decisions/undo", pen.undo, methods=["POST"]),
        Route("/ask/fields/{id}", pen.fields),
        Route("/ask/candidates/{id}", pen.candidates),
        Route("/ask/touched/{id}", pen.touched),
        Route("/ask/parts/{id}", pen.parts),
        Route("/ask/span/{id}", pen.span),
        Route("/p/{id}/{span}", room.passage),
        Route("/{kind}/{id}", room.thing),
        Route("/{name}", room.listed),
    ]

    def not_found(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        answer = room.page(_Nothing(), Page("error", "error.html", "Not here", "", {"status": status}))
        answer.status_code = status
        return answer

    def broken(request: Request, error: Exception) -> Response:
        if request.url.path.startswith("/ask/"):
            return explain(error)
        locked = isinstance(error, RecordLocked)
        return Response(str(error), 503 if locked else 500, media_type="text/plain")

    handlers: Any = {HTTPException: not_found, CommuniqueError: broken}
    middleware = [Middleware(Guard, door=door)]
    app = Starlette(routes=routes, middleware=middleware, exception_handlers=handlers)
    app.router.redirect_slashes = False
    return app


class _Nothing:
    """Holdings of a page that shows nothing of the record."""

    homes: Mapping[str, str] = {}
    numbers: Mapping[str, int] = {}
    texts: Mapping[str, str] = {}

    def __getattr__(self, name: str) -> Any:
        return lambda *_: None
