"""`/docs`: every request of the API with a form to try it."""

from functools import cache
from importlib.resources import files

from fastapi import APIRouter
from fastapi.responses import Response

router = APIRouter(include_in_schema=False)

MEDIA_TYPES = {"html": "text/html; charset=utf-8", "js": "text/javascript", "css": "text/css"}


@router.get("/docs")
async def get_docs() -> Response:
    """Return the page."""
    return _file("explorer.html")


@router.get("/docs/explorer.js")
async def get_script() -> Response:
    """Return the page's script."""
    return _file("explorer.js")


@router.get("/docs/explorer.css")
async def get_style() -> Response:
    """Return the page's style."""
    return _file("explorer.css")


def _file(name: str) -> Response:
    return Response(_read(name), media_type=MEDIA_TYPES[name.rpartition(".")[2]], headers={"Cache-Control": "no-cache"})


@cache
def _read(name: str) -> bytes:
    return files("api.explorer").joinpath(name).read_bytes()
