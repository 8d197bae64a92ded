"""The public half: lookup API and published pages. It knows a snapshot and no database."""

from pathlib import PurePosixPath

from fastapi import FastAPI, Request
from fastapi.telemetry import TelemetryConfig
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Lifespan, Scope

from busplan import __version__
from busplan.publishing.tiles import content_policy, find_tiles
from busplan.settings import Settings
from busplan.web import errors
from busplan.web.answers import Answer
from busplan.web.api import lookup
from busplan.web.envelope import API_PREFIX, Envelope
from busplan.web.openapi import build_document
from busplan.web.prepared import PreparedAnswers
from busplan.web.snapshot import API, SnapshotHolder

ICON = "favicon.ico"
OPEN_TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".geojson": "application/geo+json",
    ".json": "application/json",
    ".ics": "text/calendar; charset=utf-8",
    ".jsonld": "application/ld+json",
    ".txt": "text/plain; charset=utf-8",
    ".pb": "application/x-protobuf",
    ".zip": "application/zip",
}
"""Content types of the open formats, by the end of the file's name."""
OPENAPI_PATH = f"{API}/openapi.json"
_ABOUT = """When and where the buses stand.

Answers carry an ETag; ask again with If-None-Match. Errors are problem details (RFC 9457). Times
are those of Europe/Berlin. Nobody's address and no query is logged."""
_NO_TELEMETRY: TelemetryConfig = {
    # It would record paths and queries, and those are nobody's business.
    "tracing": False,
    "metrics": False,
    "logs": False,
    "auto_configure": False,
}


def make_public_app(
    settings: Settings, holder: SnapshotHolder, lifespan: Lifespan[FastAPI] | None = None
) -> FastAPI:
    """The lookup API over the holder's snapshot; pages still have to be mounted, last of all."""
    tiles = find_tiles(settings.tile_url, settings.tile_attribution)
    app = FastAPI(
        title="busplan",
        version=__version__,
        description=_ABOUT,
        lifespan=lifespan,
        # The usual documentation pages load scripts of foreign hosts.
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        telemetry=_NO_TELEMETRY,
    )
    app.state.holder = holder
    errors.register(app)
    app.add_middleware(PreparedAnswers, holder=holder)
    app.add_middleware(
        Envelope,
        policy=content_policy(tiles),
        max_body_bytes=settings.max_body_bytes,
    )
    app.include_router(lookup.router)
    _serve_openapi(app)
    return app


def mount_pages(app: FastAPI, settings: Settings) -> None:
    """Serve the published pages at ``/``; everything mounted later would be out of reach."""
    settings.maps_dir.mkdir(parents=True, exist_ok=True)
    app.mount("/", _Pages(directory=settings.maps_dir, html=True))


class _Pages(StaticFiles):
    """Published files; browsers ask each time whether they are still good, as visits change.

    Files whose name begins with a dot are the publisher's own. Browsers ask for an icon unbidden;
    where there is none, they are told so without an error. Open formats may be read by the scripts
    of every website. Where nothing is, people get the publication's page for that, programs that
    ask the API a problem.
    """

    async def get_response(self, path: str, scope: Scope) -> Response:
        hidden = any(part.startswith(".") and part != "." for part in path.split("/"))
        if hidden or f"/{path}/".startswith(API_PREFIX):
            raise HTTPException(404)
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            if path != ICON or error.status_code != 404:
                raise
            response = Response(status_code=404)
        if path == ICON and response.status_code == 404:
            response = Response(status_code=204)
        response.headers["Cache-Control"] = "no-cache"
        open_type = OPEN_TYPES.get(PurePosixPath(path).suffix)
        if open_type and response.status_code == 200:
            response.headers["Content-Type"] = open_type
            response.headers["Access-Control-Allow-Origin"] = "*"
        return response


def _serve_openapi(app: FastAPI) -> None:
    async def openapi(_: Request) -> Response:
        if not hasattr(app.state, "openapi"):
            app.state.openapi = Answer(build_document(app))
        prepared: Answer = app.state.openapi
        return prepared

    app.add_route(OPENAPI_PATH, openapi, include_in_schema=False)
