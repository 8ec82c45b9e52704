"""Registers the accounts package: who looks, the pages of sign-in and preferences, the kind "user"."""

from __future__ import annotations

from flask import Flask

from helpcenter.accounts import sign_in


def register(app: Flask) -> None:
    """Everything about people."""
    sign_in.register(app)
