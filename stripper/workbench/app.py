"""The workbench's page, and what it asks for: JSON in, JSON out. Pieces of HTML in the answers are made here, with every value escaped."""

from __future__ import annotations

import base64
import json
from asyncio import CancelledError
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, cast

from anyio.to_thread import run_sync
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from stripper.report.html.page import page, page_policy
from stripper.rules.skeleton import skeleton
from stripper.types import FIELD_KINDS, Kind
from stripper.workbench.bench import Bench, Source
from stripper.workbench.draft import Draft
from stripper.workbench.folder import listing, read_pack
from stripper.workbench.guard import Guard
from stripper.workbench.refusal import Refusal
from stripper.workbench.shown import marked, picture, report

_SCRIPTS = ("marks.js", "workbench.js")
_STYLES = ("workbench.css",)
_MOST_NAMES = 200
"""Pages of the folder that are asked for at once."""
_MOST_LINE = 2_000
"""Characters of a line that a rule is made of."""


@dataclass(frozen=True, slots=True)
class _Answers:
    """What is answered to each request, given its values."""

    bench: Bench
    opened: str
    """The pack that is open at the start; empty for none."""

    def folder(self, _: dict[str, Any]) -> dict[str, Any]:
        found = listing(self.bench.root)
        return {"folder": self.bench.root.name, "pages": found.pages, "packs": found.packs, "whole": found.whole, "opened": self.opened}

    def open_pack(self, asked: dict[str, Any]) -> dict[str, Any]:
        stored = read_pack(self.bench.root, _text(asked, "name"))
        return {"text": stored.text, "tag": stored.tag}

    def save_pack(self, asked: dict[str, Any]) -> dict[str, Any]:
        return {"tag": self.bench.save(Draft(_text(asked, "name"), _text(asked, "text")), _optional(asked, "tag"))}

    def new_rule(self, asked: dict[str, Any]) -> dict[str, Any]:
        kind, line = _text(asked, "kind"), _text(asked, "line")
        if kind not in list(Kind):
            raise Refusal(422, f"there is no kind {kind!r}")
        made = skeleton(Kind(kind), line[:_MOST_LINE])
        return {"pack": made, "rule": made[made.index("[[rule]]") :]}

    def check(self, asked: dict[str, Any]) -> dict[str, Any]:
        draft = _draft(asked)
        if draft is None:
            raise Refusal(422, "expected a pack")
        found = self.bench.check(draft)
        return {"can_run": found.can_run, "html": report(draft, found)}

    def look(self, asked: dict[str, Any]) -> dict[str, Any]:
        source, draft = _source(asked), _draft(asked)
        found = self.bench.look(source, draft)
        return {
            "html": picture(found, source.name),
            "trials": marked(found) if draft else "",
            "rules": sorted({trial.mark.rule for trial in found.trials}),
        }

    def survey(self, asked: dict[str, Any]) -> dict[str, Any]:
        names = asked.get("names")
        if not isinstance(names, list) or not names or len(names) > _MOST_NAMES or not all(isinstance(name, str) for name in names):
            raise Refusal(422, f"names: expected one to {_MOST_NAMES} names of pages")
        return {"rows": [row._asdict() for row in self.bench.survey(names, _draft(asked), _optional(asked, "url"))]}


def app(bench: Bench, port: int, token: str, opened: str = "") -> Guard:
    """The workbench as an ASGI app that answers as http://127.0.0.1:`port`. `opened` is the pack that its page opens first."""
    answers = _Answers(bench, opened)
    empty = page("workbench.html", "stripper workbench", _SCRIPTS, _STYLES, connect=True, kinds=[str(kind) for kind in _KINDS])

    async def start(_: Request) -> Response:
        return HTMLResponse(empty)

    routes = [
        Route("/", start),
        Route("/api/folder", _answering(answers.folder), methods=["POST"]),
        Route("/api/pack", _answering(answers.open_pack), methods=["POST"]),
        Route("/api/pack", _answering(answers.save_pack), methods=["PUT"]),
        Route("/api/rule", _answering(answers.new_rule), methods=["POST"]),
        Route("/api/check", _answering(answers.check), methods=["POST"]),
        Route("/api/look", _answering(answers.look), methods=["POST"]),
        Route("/api/survey", _answering(answers.survey), methods=["POST"]),
    ]
    inner = Starlette(routes=routes, exception_handlers={Refusal: _refused, HTTPException: _no_such, ClientDisconnect: _gone, Exception: _failed})
    return Guard(inner, port, token, page_policy(_SCRIPTS, _STYLES, connect=True))


_KINDS = sorted((kind for kind in Kind), key=lambda kind: (kind in FIELD_KINDS, kind))
"""Those of boilerplate first: most rules are about these."""


def _answering(answer: Callable[[dict[str, Any]], dict[str, Any]]) -> Callable[[Request], Any]:
    """An endpoint that works in a thread, so that no page keeps the others waiting."""

    async def endpoint(request: Request) -> Response:
        asked = _values(await request.body())
        try:
            found = await run_sync(answer, asked, abandon_on_cancel=True)  # or else Ctrl-C would wait for a page in work
            return Response(json.dumps(found), media_type="application/json")  # in ASCII: a page's data may hold half surrogate pairs
        except CancelledError:  # Ctrl-C, while a page was in work
            return JSONResponse({"error": "the workbench was stopped"}, 503)

    return endpoint


def _values(body: bytes) -> dict[str, Any]:
    """The values of a request; half surrogate pairs, which JSON can say and no text can hold, become "?". Raises Refusal."""
    try:
        asked = _sound(json.loads(body.decode("utf-8")))
    except (ValueError, RecursionError):
        raise Refusal(400, "expected an object of JSON") from None
    if not isinstance(asked, dict):
        raise Refusal(400, "expected an object of JSON")
    return cast("dict[str, Any]", asked)


def _sound(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {key: _sound(said) for key, said in value.items()}
    return [_sound(said) for said in value] if isinstance(value, list) else value


def _text(asked: dict[str, Any], name: str) -> str:
    value = asked.get(name)
    if not isinstance(value, str):
        raise Refusal(422, f"{name}: expected a text")
    return value


def _optional(asked: dict[str, Any], name: str) -> str | None:
    return None if asked.get(name) is None else _text(asked, name)


def _draft(asked: dict[str, Any]) -> Draft | None:
    said = asked.get("pack")
    if said is None:
        return None
    if not isinstance(said, dict):
        raise Refusal(422, "pack: expected an object with name and text")
    return Draft(_text(said, "name"), _text(said, "text"))


def _source(asked: dict[str, Any]) -> Source:
    as_ = _optional(asked, "as")
    if as_ not in (None, "html", "text"):
        raise Refusal(422, "as: expected html, text or null")
    return Source(_text(asked, "name"), _content(asked), _optional(asked, "url"), cast('Literal["html", "text"] | None', as_))


def _content(asked: dict[str, Any]) -> str | bytes | None:
    """What was pasted, or the file that was opened in the browser; None for a page of the folder."""
    text, packed = _optional(asked, "text"), _optional(asked, "base64")
    if packed is None:
        return text
    try:
        return base64.b64decode(packed, validate=True)
    except ValueError:
        raise Refusal(422, "base64: expected bytes in base64") from None


async def _refused(_: Request, error: Exception) -> Response:
    refusal = cast(Refusal, error)
    return JSONResponse({"error": refusal.reason}, refusal.status)


async def _no_such(_: Request, error: Exception) -> Response:
    return JSONResponse({"error": "there is nothing at this address"}, cast(HTTPException, error).status_code)


async def _gone(_: Request, __: Exception) -> Response:
    """Nobody reads this: the browser hung up before all of its request had come."""
    return JSONResponse({"error": "the request was cut off"}, 400)


async def _failed(_: Request, __: Exception) -> Response:
    """Whatever it was is told on standard error, where the server logs it."""
    return JSONResponse({"error": "the workbench failed at this; its terminal says more"}, 500)
