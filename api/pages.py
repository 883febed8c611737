"""The built page from `api/static/`, and what is answered in its place while it is not built."""

from pathlib import Path

from fastapi import FastAPI
from starlette.datastructures import URL
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

STATIC_FOLDER = Path(__file__).parent / "static"
INDEX = "index.html"
NOT_BUILT = """The page is not built yet.

    make setup          builds it (from a clone of the project)

The API works without it:

    /api/v1/docs        tries every request
    /api/v1/search?q=…  searches
"""


def is_built(folder: Path = STATIC_FOLDER) -> bool:
    """Say whether the page is there."""
    return (folder / INDEX).is_file()


class PageFiles(StaticFiles):
    """Files of the page; an address inside the page (no file, no extension) answers with the page itself."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file, else the page; files named by their content may be kept for ever, the page may not."""
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != 404 or "." in path.rpartition("/")[2]:
                raise
            response = await super().get_response(INDEX, scope)
        lasting = path.startswith("assets/")
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if lasting else "no-cache"
        return response


def page_app(folder: Path, *, api_prefix: str) -> ASGIApp:
    """Return what answers every address that no route has: below `api_prefix` nothing, elsewhere the page."""
    files = PageFiles(directory=folder, html=True, check_dir=False)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        path = URL(scope=scope).path
        if scope["type"] != "http" or path == api_prefix or path.startswith(f"{api_prefix}/"):
            raise HTTPException(404)
        if is_built(folder):
            await files(scope, receive, send)
        elif Request(scope).method in ("GET", "HEAD"):
            await PlainTextResponse(NOT_BUILT, status_code=404 if path != "/" else 200)(scope, receive, send)
        else:
            raise HTTPException(404)

    return answer


def install(app: FastAPI, *, folder: Path = STATIC_FOLDER, api_prefix: str = "/api") -> None:
    """Let the page answer what no route does; a mount would also swallow the 405 of a known route."""
    app.router.default = page_app(folder, api_prefix=api_prefix)
