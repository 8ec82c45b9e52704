"""Who may use the routes of journeys."""

from __future__ import annotations

from tests.house.access import Route, everyone

# An empty beacon is nonsense to everyone.
ROUTES: dict[str, Route] = {"events.create": everyone(400)}
