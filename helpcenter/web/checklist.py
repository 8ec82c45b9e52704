"""What staff of an empty site do first."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from helpcenter.accounts.viewer import current_viewer
from helpcenter.core import site
from helpcenter.topics.tree import tree


@dataclass(frozen=True)
class Step:
    """Something to do, where, and whether it is done."""

    title: str
    url: str
    done: bool


def checklist() -> list[Step]:
    """The steps this viewer may take."""
    viewer = current_viewer()
    steps = [
        (
            "change_site",
            Step(
                _("Name the site and say where support answers"),
                url_for("settings.edit"),
                bool(site.current().support_address),
            ),
        ),
        ("arrange_topics", Step(_("Make the first topic"), url_for("topics_studio.index"), bool(tree().nodes))),
        ("edit_articles", Step(_("Write the first article"), url_for("studio.new"), False)),
    ]
    return [step for verb, step in steps if viewer.may(verb)]
