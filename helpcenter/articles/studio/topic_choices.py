"""The topics an editor chooses from: every root with its sections below it, in the readers' order."""

from __future__ import annotations

from wtforms import SelectChoice

from helpcenter.accounts.viewer import Viewer
from helpcenter.topics.tree import tree


def topic_choices(viewer: Viewer, locale: str) -> list[SelectChoice]:
    """Values and labels for a select; a section carries its root's name, because a closed select shows one line."""
    choices = []
    for root in tree().roots(viewer):
        title = root.text(locale).title
        sections = tree().sections(root.id, viewer)
        choices.append(SelectChoice(str(root.id), title))
        choices.extend(SelectChoice(str(one.id), f"{title} › {one.text(locale).title}") for one in sections)
    return choices


def path_title(topic_id: int, locale: str) -> str:
    """The topic's title with its root's before it."""
    return " › ".join(node.text(locale).title for node in tree().path(topic_id))
