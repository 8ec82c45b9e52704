"""The app as a server takes it: `helpcenter.wsgi:app`, on the settings of the environment."""

from __future__ import annotations

from helpcenter.app import create_app
from helpcenter.core.metrics import counts
from helpcenter.core.metrics.machine import folder_of

app = create_app()
counts.here.begin(folder_of(app), "web")
