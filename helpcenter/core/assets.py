"""Static files: many small ones to read, one script and one style sheet to send, each under the stamp of its content.

static/css/bundle.txt and static/js/bundle.txt list the parts in order; static/css/team.txt those of a second style
sheet, which only the pages of the team take in. Parts of the script that begin with the word team are in the script of
those pages alone, which has all the others too. What is joined lies in the data folder with a precompressed twin and
may be kept by browsers for a year, because another content has another address.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, current_app, request, send_from_directory

from helpcenter.core import shipped, site
from helpcenter.core.page_store import takes_gzip

STATIC = shipped.folder("static")
YEAR_SECONDS = 365 * 24 * 3600
COMMON_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
TEAM = "team "
"""Before a part of the script that readers do not load."""
BUNDLE = re.compile(r"site\.[0-9a-f]{12}\.(css|js)")
blueprint = Blueprint("assets", __name__)


@dataclass(frozen=True)
class Bundles:
    """File names of what is joined for readers and for the team, and a stamp over every other static file."""

    css: str
    js: str
    team_css: str
    team_js: str
    stamp: str


def join(static: Path, target: Path) -> Bundles:
    """Join the parts into `target`, with gzip twins. Raises FileNotFoundError for a part that is listed and missing."""
    target.mkdir(parents=True, exist_ok=True)
    style, script = static / "css", static / "js" / "bundle.txt"
    others = hashlib.sha256()
    for path in sorted(p for p in static.rglob("*") if p.is_file()):
        others.update(path.read_bytes())
    return Bundles(
        css=_write(target, "css", _joined(style / "bundle.txt")),
        js=_write(target, "js", _joined(script)),
        team_css=_write(target, "css", _joined(style / "team.txt")),
        team_js=_write(target, "js", _joined(script, for_team=True)),
        stamp=others.hexdigest()[:12],
    )


def parts_of(listing: Path, *, for_team: bool = False) -> list[Path]:
    """The files that a list names, in its order."""
    lines = [line for line in listing.read_text().split("\n") if line and not line.startswith("#")]
    parts = [line.removeprefix(TEAM) for line in lines if for_team or not line.startswith(TEAM)]
    return [listing.parent / part for part in parts]


def _joined(listing: Path, *, for_team: bool = False) -> bytes:
    return b"\n".join(path.read_bytes() for path in parts_of(listing, for_team=for_team))


def _write(target: Path, kind: str, content: bytes) -> str:
    name = f"site.{hashlib.sha256(content).hexdigest()[:12]}.{kind}"
    if not (target / name).exists():
        # The twin first: whoever finds the plain file may ask for either.
        for path, data in ((target / f"{name}.gz", gzip.compress(content, 9, mtime=0)), (target / name, content)):
            # Two processes may start at once: each writes its own copy and the rename decides.
            scratch = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
            scratch.write_bytes(data)
            scratch.replace(path)
    return name


@blueprint.get("/assets/<name>")
def show_bundle(name: str) -> Response:
    """The joined script or style sheet."""
    folder = _folder()
    if not BUNDLE.fullmatch(name) or not (folder / name).is_file():
        abort(404)
    packed = takes_gzip(request.environ)
    response = send_from_directory(folder, f"{name}.gz" if packed else name, max_age=YEAR_SECONDS, conditional=True)
    response.headers["Content-Type"] = COMMON_TYPES[Path(name).suffix]
    response.headers["Vary"] = "Accept-Encoding"
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.cache_control.immutable = True
    response.cache_control.public = True
    return response


@blueprint.get("/static/<stamp>/<path:name>")
def show_file(stamp: str, name: str) -> Response:  # noqa: ARG001
    """Any other static file: an icon, a picture."""
    response = send_from_directory(STATIC, name, max_age=YEAR_SECONDS, conditional=True)
    response.cache_control.public = True
    return response


@blueprint.get("/assets/accent-<color>.css")
def show_accent(color: str) -> Response:
    """The one style a site sets itself. A sheet of its own, because the policy forbids inline style."""
    if len(color) != 6 or any(character not in "0123456789abcdef" for character in color):
        abort(404)
    response = Response(f":root{{--accent-raw:#{color}}}\n", mimetype="text/css")
    response.cache_control.max_age = YEAR_SECONDS
    response.cache_control.public = True
    return response


def url(name: str) -> str:
    """The address of a static file by its name below static/."""
    return f"/static/{_bundles().stamp}/{name}"


def _folder() -> Path:
    return Path(current_app.config["SETTINGS"].data_dir) / "assets"


def _bundles() -> Bundles:
    bundles: Bundles = current_app.extensions["bundles"]
    return bundles


def addresses() -> dict[str, str | None]:
    """What base.html links: css, js and, where the site chose one, accent; what staff.html links: team_css, team_js."""
    bundles, accent = _bundles(), site.current().accent
    return {
        "css": f"/assets/{bundles.css}",
        "js": f"/assets/{bundles.js}",
        "team_css": f"/assets/{bundles.team_css}",
        "team_js": f"/assets/{bundles.team_js}",
        "accent": f"/assets/accent-{accent.lstrip('#').lower()}.css" if accent else None,
    }


def register(app: Flask) -> None:
    """Join once, at start."""
    app.extensions["bundles"] = join(STATIC, Path(app.config["SETTINGS"].data_dir) / "assets")
    app.register_blueprint(blueprint)
    app.context_processor(lambda: {"assets": addresses(), "asset": url})
