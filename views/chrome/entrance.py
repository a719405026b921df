"""The way in and out: the pages before Streamlit, sign-in by OpenID Connect, and reading links."""

import logging
from functools import cache
from html import escape
from urllib.parse import quote, urlencode

import httpx2
import streamlit as st
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.starlette_client import OAuth
from joserfc.errors import JoseError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from data_access.access import reading_links, sessions
from data_access.access.sessions import Identity
from data_access.dashboard import store
from data_access.dashboard.admission import Credential, is_lent
from data_access.mode import Mode, SignInSettings, is_secure, mode, sign_in_settings
from data_access.problems import AccessProblem, Problem, SignedOutProblem
from indicators.rights import OPERATOR
from views.foundation import visitor

CLOSED = 1008
"""Why a connection is closed: whoever has it may not. da.js then asks for the page anew."""
SIGN_IN, ANSWER, SIGN_OUT = "/log-ind", "/log-ind/svar", "/log-ud"
PATHS = (SIGN_IN, SIGN_OUT, reading_links.PATH)
"""Where the server answers with pages of its own."""
BACK, LONGEST_BACK = "tilbage", 2_000
MINUTES_TO_SIGN_IN = 10

UNFIT = (
    *(httpx2.HTTPError, AuthlibBaseError, JoseError),
    *(ValueError, TypeError, LookupError, AttributeError, RuntimeError),
)
"""What asking a provider can end in: it is down, or says what no provider should."""

log = logging.getLogger(__name__)

_PAGE = """<!DOCTYPE html>
<html lang="da"><head><meta charset="utf-8"><title>Praktikdata</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
@font-face {{ font-family: 'IBM Plex Sans'; font-weight: 400;
  src: url('/app/static/fonts/ibm-plex-sans-latin-400-normal.woff2'); }}
@font-face {{ font-family: 'IBM Plex Sans'; font-weight: 600 700;
  src: url('/app/static/fonts/ibm-plex-sans-latin-600-normal.woff2'); }}
body {{ font-family: 'IBM Plex Sans', system-ui, sans-serif; color: {ink}; margin: 0; }}
main {{ max-width: 34rem; margin: 12vh auto 0; padding: 0 1.25rem; }}
h1 {{ font-size: 1.875rem; }}
p {{ line-height: 1.5; }}
a.knap {{ display: inline-block; background: {button}; color: {paper}; padding: .7rem 1.4rem;
  border-radius: 3px; text-decoration: none; font-weight: 600; }}
a.knap:focus-visible {{ outline: 3px solid {ink}; outline-offset: 2px; }}
form button {{ font: inherit; padding: .6rem 1.4rem; color: {ink}; background: {paper};
  border: 1px solid #8E8E8E; border-radius: 3px; cursor: pointer; }}
form button:focus-visible {{ outline: 3px solid {ink}; outline-offset: 2px; }}
</style></head>
<body><main><h1>{title}</h1>{text}</main></body></html>
"""
_OUT = f'<form method="post" action="{SIGN_OUT}"><button>Log ud</button></form>'
_COLOURS = {"ink": "textColor", "paper": "backgroundColor", "button": "primaryColor"}
"""As the pages behind have them."""
_BUTTON = '<p><a class="knap" href="{link}">{label}</a></p>'
WHO_COMES_IN = (
    "Praktikdata viser partnerskabernes resultater og indsatser. Log ind med den konto, "
    "du bruger i din organisation."
)
NOT_SIGNED_IN = "Login lykkedes ikke. Prøv igen. Bliver det ved, så kontakt sekretariatet."
NO_PROVIDER = "Login svarer ikke lige nu. Prøv igen om lidt. Bliver det ved, så kontakt sekretariatet."
SIGNED_OUT = (
    "Du er logget ud af Praktikdata. På en computer, som andre også bruger, bør du også logge ud hos din "
    "organisation."
)
LINK_IS_OVER = "Linket gælder ikke længere. Bed den, du fik det af, om et nyt."


def notice(text: str, status: int = 200, link: str = "", sign_out: bool = False) -> Response:
    """A page before the dashboard: a sentence, and perhaps the buttons to sign in and out."""
    title = "Praktikdata"
    button = _BUTTON.format(link=escape(link), label="Log ind") if link else ""
    button += _OUT if sign_out else ""
    colours = {name: st.get_option(f"theme.{option}") for name, option in _COLOURS.items()}
    content = _PAGE.format(title=escape(title), text=f"<p>{escape(text)}</p>{button}", **colours)
    return HTMLResponse(content, status_code=status, headers={"Cache-Control": "no-store"})


def way_in(path: str, query: bytes) -> Response:
    """Where somebody who is not signed in does that, to come back to the address that they wanted."""
    wanted = quote(path) + (f"?{query.decode('latin-1')}" if query else "")
    return notice(WHO_COMES_IN, status=401, link=f"{SIGN_IN}?{urlencode({BACK: wanted})}")


def subprotocol(scope: Scope) -> str:
    """The one that Streamlit's page asks for first."""
    return Headers(scope=scope).get("sec-websocket-protocol", "").partition(",")[0].strip() or "streamlit"


def routes() -> list[Route]:
    """What the server answers itself where people sign in."""
    if mode() is not Mode.OIDC:
        return []
    settings = sign_in_settings()
    # Between leaving for the provider and coming back: what was sent along, signed, for some minutes.
    remembered = Middleware(
        SessionMiddleware,
        secret_key=settings.cookie_secret,
        session_cookie=visitor.cookie_name("praktik-login"),
        max_age=MINUTES_TO_SIGN_IN * 60,
        same_site="lax",
        https_only=is_secure(),
    )
    return [
        Route(SIGN_IN, _begin, middleware=[Middleware(_Apart), remembered]),
        Route(ANSWER, _answer, middleware=[Middleware(_Apart), remembered]),
        Route(SIGN_OUT, _sign_out, methods=["GET", "POST"]),
        Route(f"{reading_links.PATH}{{token}}", _read),
    ]


class _Apart:
    """ASGI middleware: what is remembered here is in our cookie alone, not in Streamlit's of 14 days too."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a scope of its own."""
        await self.app({**scope}, receive, send)


@cache
def _provider(settings: SignInSettings):
    """The one that was configured, by OpenID Connect with PKCE; it says itself where its parts are."""
    return OAuth().register(
        "provider",
        server_metadata_url=settings.metadata,
        client_id=settings.client_id,
        client_secret=settings.client_secret,
        client_kwargs={"scope": "openid email", "code_challenge_method": "S256"},
    )


async def _begin(request: Request) -> Response:
    """To the provider, remembering where the reader wanted to go."""
    settings = sign_in_settings()
    request.session[BACK] = _own_address(request.query_params.get(BACK, ""))
    try:
        return await _provider(settings).authorize_redirect(
            request, settings.address + ANSWER, prompt="select_account"
        )
    except UNFIT as error:
        log.warning("The provider of sign-in does not answer: %s", type(error).__name__)
        return notice(NO_PROVIDER, status=502, link=SIGN_IN)


async def _answer(request: Request) -> Response:
    """Back from the provider: what it says is checked, and a session of our own begins."""
    settings = sign_in_settings()
    back = request.session.pop(BACK, "/")
    try:
        given = await _provider(settings).authorize_access_token(request)
        identity = _identity(given.get("userinfo") or {}, settings)
        token = await run_in_threadpool(_begin_session, identity)
    except (*UNFIT, AccessProblem) as error:
        log.warning("Nobody was signed in: %s", type(error).__name__)
        return notice(NOT_SIGNED_IN, status=403, link=SIGN_IN)
    except Problem as problem:
        log.warning("Nobody was signed in: %s", problem.detail)
        return notice(str(problem), status=503, link=SIGN_IN)
    return _with_cookie(RedirectResponse(back, status_code=303), visitor.SESSION_COOKIE, token)


def _identity(claims: dict, settings: SignInSettings) -> Identity:
    """Whom the provider vouches for; AccessProblem when it is another provider, or says nobody.

    The address counts only where the provider says that it has been verified: as the standard has it, or as
    Entra ID has (`xms_edov`).
    """
    if claims.get("iss") != settings.issuer or not claims.get("sub"):
        raise AccessProblem(NOT_SIGNED_IN)
    is_verified = any(claims.get(name) in (True, "true", "1", 1) for name in ("email_verified", "xms_edov"))
    return Identity(claims["iss"], str(claims["sub"]), str(claims.get("email") or "") if is_verified else "")


def _begin_session(identity: Identity) -> str:
    with store.amending(OPERATOR) as session:
        return sessions.sign_in(session, identity)


async def _sign_out(request: Request) -> Response:
    """Ends the session in the store, so that a copy of its cookie is worth nothing, and says so.

    Only a page of the dashboard can post; whoever comes by the address alone is led to the front page.
    """
    if request.method != "POST":
        return RedirectResponse("/", status_code=303)
    token = visitor.of_cookies(request.cookies).session
    try:
        await run_in_threadpool(_end_session, token)
    except Problem as problem:
        log.warning("A session was not ended: %s", problem.detail)
        return notice(str(problem), status=503)
    answer = notice(SIGNED_OUT, link=SIGN_IN)
    for name in (visitor.SESSION_COOKIE, visitor.LINK_COOKIE):
        cookie = visitor.cookie_name(name)
        answer.delete_cookie(cookie, httponly=True, samesite="lax", secure=is_secure())
    return answer


def _end_session(token: str) -> None:
    """Looks before it writes, for anybody may ask, and whoever writes makes others wait."""
    try:
        with store.reading(Credential(session=token)):
            pass
    except SignedOutProblem:
        return
    except AccessProblem:  # signed in without a role: there is a session to end
        pass
    with store.amending(OPERATOR) as session:
        sessions.end(session, token)


async def _read(request: Request) -> Response:
    """The link's token becomes a cookie, so that it does not stay in the address."""
    token = request.path_params["token"]
    try:
        await run_in_threadpool(_refuse_link, token)
    except AccessProblem:
        return notice(LINK_IS_OVER, status=403, link=SIGN_IN)
    except Problem as problem:
        return notice(str(problem), status=503)
    return _with_cookie(RedirectResponse("/", status_code=303), visitor.LINK_COOKIE, token)


def _refuse_link(token: str) -> None:
    """AccessProblem for one that works no more, whatever else would let the reader in."""
    with store.reading(OPERATOR) as session:
        if not is_lent(session, token):
            raise AccessProblem(LINK_IS_OVER)


def _own_address(wanted: str) -> str:
    """The address, if it is one of the dashboard's; otherwise the front page. No detour to another site."""
    is_own = wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted
    return wanted if is_own and len(wanted) <= LONGEST_BACK and wanted.isprintable() else "/"


def _with_cookie(response: Response, name: str, value: str) -> Response:
    """A cookie that scripts cannot read and other sites cannot send along, until the browser is closed."""
    cookie = visitor.cookie_name(name)
    response.set_cookie(cookie, value, httponly=True, samesite="lax", secure=is_secure())
    response.headers["Cache-Control"] = "no-store"
    return response
