"""The health page: everything there is to mend, the gravest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request, url_for

from helpcenter.articles.health.finding import Wanted, count, some
from helpcenter.articles.health.kind import TITLES, Kind
from helpcenter.articles.health.listed import Listed, listed
from helpcenter.articles.health.pardon import LONGEST_REASON
from helpcenter.articles.studio.blueprint import editor, keep_private
from helpcenter.articles.studio.views.articles import offered_languages
from helpcenter.core.locale import LANGUAGES
from helpcenter.core.row_id import row_id

PAGE_ROWS = 50
FEW_ROWS = 5
blueprint = Blueprint("content_health", __name__, url_prefix="/studio/health")
blueprint.after_request(keep_private)


@dataclass(frozen=True)
class Asked:
    """What the address asks for; unknown words ask for nothing."""

    kind: Kind | None
    wanted: Wanted

    def as_query(self, **changed: Any) -> dict[str, Any]:
        """The same as arguments of an address, some of it changed."""
        said = {
            "kind": self.kind.value if self.kind else "",
            "in": self.wanted.language,
            "right": "1" if self.wanted.is_pardoned else "",
        }
        return {name: value for name, value in {**said, **changed}.items() if value}


@dataclass(frozen=True)
class Group:
    """Findings of a kind: how many there are, and the first of them."""

    kind: Kind
    title: str
    count: int
    rows: list[Listed]
    more_url: str


@blueprint.get("")
def index() -> str:
    """Every kind with its first rows; `?kind=` one of them with all, `?in=` of a language, `?right=1` what is right."""
    editor()
    asked = asked_for(request.args)
    counts = {kind: count(kind, asked.wanted) for kind in ([asked.kind] if asked.kind else Kind)}
    after = request.args.get("after", 0, type=row_id) if asked.kind else 0
    size = PAGE_ROWS if asked.kind else FEW_ROWS
    groups, last = [], None
    for kind, number in counts.items():
        if not number:
            continue
        found = some(kind, asked.wanted, size + 1, after)
        last = found[size - 1].key if asked.kind and len(found) > size else None
        more = url_for("content_health.index", **asked.as_query(kind=kind.value)) if number > size else ""
        groups.append(Group(kind, str(TITLES[kind]), number, listed(found[:size]), "" if asked.kind else more))
    return render_template(
        "studio/health.html",
        asked=asked,
        groups=groups,
        in_order=[] if asked.kind else [str(TITLES[kind]) for kind, number in counts.items() if not number],
        kinds=[(kind.value, str(TITLES[kind])) for kind in Kind],
        languages_offered=offered_languages(),
        next_url=url_for("content_health.index", **asked.as_query(after=last)) if last else None,
        first_url=url_for("content_health.index", **asked.as_query()) if after else None,
        longest_reason=LONGEST_REASON,
    )


def asked_for(given: Mapping[str, str]) -> Asked:
    """What an address or a form asks for."""
    kind, language = given.get("kind", ""), given.get("in", "")
    return Asked(
        Kind(kind) if kind in list(Kind) else None,
        Wanted(language if language in LANGUAGES else "", given.get("right") == "1"),
    )
