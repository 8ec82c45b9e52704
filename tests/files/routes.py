"""Who may use the routes of files."""

from __future__ import annotations

from typing import Any

from helpcenter.files import upload
from tests.cast import Cast
from tests.files.pictures import picture
from tests.house.access import Route, only


def a_picture_of_ada(cast: Cast) -> dict[str, Any]:
    """Nothing shows it yet, so nobody but its editors may know of it."""
    return {"name": upload.store_picture(picture(), by=cast.id_of("ada")).name}


ROUTES: dict[str, Route] = {
    "files.show": only("editor", "admin", otherwise=404, args=a_picture_of_ada),
    "files.show_small": only("editor", "admin", otherwise=404, args=a_picture_of_ada),
}
