"""Where the page of this request really lives, and where it stands in other languages."""

from __future__ import annotations

from collections.abc import Mapping

from flask import current_app, g, request


def canonical(path: str) -> None:
    """Say at which address this page really lives."""
    g.canonical = path


def canonical_path() -> str:
    """The address that was named, else the one that was asked for."""
    return str(g.get("canonical") or request.path)


def translated_into(addresses: Mapping[str, str]) -> None:
    """Say which languages the content of this page exists in, and at which address each."""
    g.translations = dict(addresses)


def translations() -> Mapping[str, str]:
    """What `translated_into` was told; empty for a page that is all interface."""
    found: Mapping[str, str] = g.get("translations", {})
    return found


def site_address(path: str) -> str:
    """A path as an absolute address of this site."""
    return f"{current_app.config['SETTINGS'].site_url}{path}"
