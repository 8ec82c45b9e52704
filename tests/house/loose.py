"""What an answer lets a browser do that no answer of this site may."""

from __future__ import annotations

from werkzeug.test import TestResponse

NOWHERE, HERE = "'none'", "'self'"
CLOSED = ("default-src", "frame-ancestors")
"""What every policy says; one of a page says where its address and its forms may lead as well."""
CLOSED_ON_PAGES = ("base-uri",)


def loose(answer: TestResponse) -> list[str]:
    """What is wrong with the headers that were sent; nothing for an answer as it should be."""
    policies = answer.headers.getlist("Content-Security-Policy")
    if len(policies) != 1:
        return [f"{len(policies)} policies"]
    allowed = dict(part.strip().partition(" ")[::2] for part in policies[0].split(";"))
    is_sandboxed = allowed.pop("sandbox", None) == ""
    found = [name for name in CLOSED if allowed.get(name) != NOWHERE]
    if not is_sandboxed:
        found += [name for name in CLOSED_ON_PAGES if allowed.get(name) != NOWHERE]
        found += [] if allowed.get("form-action") in (NOWHERE, HERE) else ["form-action"]
    found += [f"{name} {value}" for name, value in allowed.items() if value not in (NOWHERE, HERE)]
    if answer.headers.getlist("X-Content-Type-Options") != ["nosniff"]:
        found.append("X-Content-Type-Options")
    return found
