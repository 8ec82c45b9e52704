"""The app as a server takes it: `helpcenter.wsgi:app`, on the settings of the environment."""

from __future__ import annotations

from helpcenter.app import create_app

app = create_app()
