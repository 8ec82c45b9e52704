"""Who may use the settings page."""

from __future__ import annotations

from tests.house.access import Route, only

ROUTES: dict[str, Route] = {
    "settings.edit": only("admin"),
    "settings.update": only("admin", status=422),
}
