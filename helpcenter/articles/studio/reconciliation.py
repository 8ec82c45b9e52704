"""Two editors saved the same article: what both wrote is put together, or they choose where it does not fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from helpcenter.articles.edition import Edition
from helpcenter.articles.revision import Content, Revision
from helpcenter.articles.studio.article_form import ArticleForm
from helpcenter.articles.studio.comparison import Comparison, compare
from helpcenter.core.db import db
from helpcenter.core.merge import Choice, Conflict, Merge, merge

LABELS: Mapping[str, Any] = {
    "title": _l("Title"),
    "summary": _l("Summary"),
    "tags": _l("Tags"),
    "keywords": _l("Search words"),
    "body": _l("Text"),
}


BETWEEN = {"tags": ", ", "keywords": ", "}


@dataclass(frozen=True)
class Met:
    """A conflict with its number in the page and the field it is in."""

    number: int
    label: Any
    conflict: Conflict


@dataclass(frozen=True)
class Reconciliation:
    """`theirs` is the revision that was saved meanwhile; `merges` what became of each field of the form."""

    theirs: Revision
    merges: Mapping[str, Merge]
    changed: Comparison
    """What they changed."""

    @property
    def conflicts(self) -> list[Met]:
        """What a person has to choose about, numbered over all fields."""
        found = [(LABELS[name], conflict) for name, merged in self.merges.items() for conflict in merged.conflicts]
        return [Met(number, label, conflict) for number, (label, conflict) in enumerate(found)]

    def fields(self, choices: Mapping[int, Choice] | None = None) -> dict[str, str]:
        """The fields after the choices. Raises KeyError for a conflict without one."""
        merged, first = {}, 0
        for name, one in self.merges.items():
            count = len(one.conflicts)
            text = one.text({number: (choices or {})[first + number] for number in range(count)})
            # Both of a field of one line stand on that line.
            merged[name] = text if name == "body" else BETWEEN.get(name, " ").join(text.split("\n"))
            first += count
        return {**merged, "latest": str(self.theirs.id)}


def of(form: ArticleForm, theirs: Revision, base: Revision | None) -> Reconciliation:
    """What the form says and what `theirs` says, which both began with `base`; None: with nothing."""
    old, others = (_texts(one.content if one else Content("", "")) for one in (base, theirs))
    mine = _texts(form.content)
    merges = {name: merge(old[name], mine[name], others[name]) for name in LABELS}
    return Reconciliation(theirs, merges, compare(base, theirs))


def seen(edition: Edition, revision_id: int | None) -> Revision | None:
    """A revision of this edition that a page was opened with; None for none, and for what a page made up."""
    wanted = select(Revision).where(Revision.edition_id == edition.id, Revision.id == revision_id)
    return db.session.scalar(wanted)


def _texts(content: Content) -> dict[str, str]:
    return {
        "title": content.title,
        "summary": content.summary,
        "tags": ", ".join(content.tags),
        "keywords": ", ".join(content.keywords),
        "body": content.body,
    }
