"""What axe finds on a page, in lines a person can act on."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
VIOLATIONS = "async ([context, options]) => (await axe.run(context, options)).violations"
# The hundreds of choices of a list of time zones say nothing of their own and take most of the time.
LOOKED_AT = {"exclude": [["option"]]}
MOST_EXAMPLES = 4


def check(page: Page, where: str = "") -> None:
    """Fail with each broken rule, the elements that break it and why."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(VIOLATIONS, [LOOKED_AT, OPTIONS])
    assert not found, f"axe on {where or page.url}:\n" + "\n".join(_line(violation) for violation in found)


def _line(violation: dict[str, Any]) -> str:
    nodes = violation["nodes"]
    examples = [f"    {' '.join(map(str, node['target']))}: {_reason(node)}" for node in nodes[:MOST_EXAMPLES]]
    more = [f"    and {len(nodes) - MOST_EXAMPLES} more"] if len(nodes) > MOST_EXAMPLES else []
    return "\n".join([f"  {violation['id']}: {violation['help']}", *examples, *more])


def _reason(node: dict[str, Any]) -> str:
    return " ".join(node["failureSummary"].split())
