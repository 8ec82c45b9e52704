"""Registers topics."""

from __future__ import annotations

from flask import Flask

from helpcenter.core import subjects
from helpcenter.topics import subject


def register(app: Flask) -> None:
    """Topics as others may ask about them."""
    subjects.register(app, subject.KIND, subject.SUBJECT)
