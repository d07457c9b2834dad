"""Who may ask the workbench for what. Every request passes here before anything else looks at it.

A server on this machine can be reached by every page that its browser shows, and by everyone who has an account here. So:

- the Host header must be this server's own name: a site whose name is made to point to 127.0.0.1 sends another one;
- an Origin, which browsers send with requests that scripts make, must be this server's own; so must Sec-Fetch-Site, where it is sent;
- all but the empty page itself needs the token, which only the terminal showed; it comes as a header, which no form or link can send, and no log has;
- what is sent must be JSON, which forms can't send, and of bounded length;
- answers say that they are for this server's own page only, and that nothing may keep or guess anything of them.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stripper.workbench.refusal import Refusal

TOKEN = "x-stripper-token"
"""The header that brings the token."""
MAX_BODY = 40 << 20
"""Bytes of a request: a page of 20 MiB in base64, a pack, and their JSON."""
_TOO_LARGE = 413
_FREE = {("GET", "/"), ("HEAD", "/")}
"""What is answered without a token: a page without anything in it."""
_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Guard:
    """An app behind these rules. `policy` is the Content-Security-Policy of its page."""

    app: ASGIApp
    port: int
    token: str
    policy: str

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request, or refuses it."""
        if scope["type"] != "http":  # no web sockets, no lifespan
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_HEADERS)
                headers["content-security-policy"] = f"{self.policy}; frame-ancestors 'none'"
                if message["status"] == _TOO_LARGE:
                    headers["connection"] = "close"  # or else the rest of it would be waited for
            await send(message)

        try:
            self._check(scope["method"], scope["path"], Headers(scope=scope))
            await self.app(scope, _bounded(receive), send_guarded)
        except Refusal as refusal:
            await JSONResponse({"error": refusal.reason}, refusal.status)(scope, receive, send_guarded)

    def _check(self, method: str, path: str, headers: Headers) -> None:
        names = {f"{name}:{self.port}" for name in ("127.0.0.1", "localhost")}
        if headers.getlist("host") not in [[name] for name in names]:
            raise Refusal(421, "this server answers to 127.0.0.1 and localhost only")
        if set(headers.getlist("origin")) - {f"http://{headers['host']}"}:
            raise Refusal(403, "this request comes from another site")
        if (method, path) in _FREE:  # also for somebody who comes by a link, from a terminal in the browser
            return
        if set(headers.getlist("sec-fetch-site")) - {"same-origin"}:
            raise Refusal(403, "this request comes from another site")
        if not secrets.compare_digest(headers.get(TOKEN, "").encode("latin-1"), self.token.encode()):
            raise Refusal(401, "the token is missing or wrong; open the address that `stripper serve` printed")
        if method not in ("GET", "HEAD") and headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
            raise Refusal(415, "expected application/json")
        length = headers.get("content-length", "0")
        if len(length) > len(str(MAX_BODY)) or not length.isdecimal() or int(length) > MAX_BODY:
            raise Refusal(_TOO_LARGE, f"a request may have {MAX_BODY:,} bytes")


def _bounded(receive: Receive) -> Receive:
    """The same, but it refuses to go on where a body without a length gets too long."""
    size = 0

    async def receive_bounded() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > MAX_BODY:
            raise Refusal(_TOO_LARGE, f"a request may have {MAX_BODY:,} bytes")
        return message

    return receive_bounded
