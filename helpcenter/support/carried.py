"""What a person did before writing to us: it comes along where they leave it on, so that nobody asks twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from helpcenter.accounts.viewer import Viewer
from helpcenter.core import subjects
from helpcenter.journeys import recent
from helpcenter.journeys.actor import Actor
from helpcenter.topics.tree import tree

MOST_SEARCHES, MOST_ARTICLES = 2, 3
LONGEST_WORDS = 200


@dataclass(frozen=True)
class Item:
    """One thing that may come along: `value` is what the form sends, `text` what a person reads."""

    value: str
    text: str
    url: str = ""


def offered(asked: Mapping[str, str], by: Actor, viewer: Viewer, locale: str) -> list[Item]:
    """What the address brought (`article`, `step`, `q`), then the visitor's last articles and searches of a day."""
    values = []
    if asked.get("article", "").isdecimal():
        step = asked.get("step", "")
        values.append(f"step:{asked['article']}:{step}" if step.isdecimal() else f"article:{asked['article']}")
    if asked.get("q", "").strip():
        values.append(f"search:{asked['q'].strip()[:LONGEST_WORDS]}")
    seen = recent.of_person(by.visitor_id, by.user_id)
    values += [f"article:{number}" for number in seen.articles[:MOST_ARTICLES]]
    values += [f"search:{words}" for words in seen.searches[:MOST_SEARCHES]]
    return items(_without_doubles(values), viewer, locale)


def items(values: Iterable[str], viewer: Viewer, locale: str) -> list[Item]:
    """The things these values name; what cannot be read, or is no value of ours, is left out."""
    known = list(values)[: 2 * (MOST_SEARCHES + MOST_ARTICLES)]
    numbers = [number for value in known if (number := _article(value))]
    article = subjects.subject("article")
    visible = article.visible(numbers, viewer, locale)
    titles = article.titles([number for number in numbers if number in visible], locale)
    found = []
    for value in known:
        number = _article(value)
        if value.startswith("search:") and value[7:].strip():
            found.append(Item(value[: 7 + LONGEST_WORDS], _("Search: %(words)s", words=value[7 : 7 + LONGEST_WORDS])))
        elif number in titles:
            step = value.split(":")[2] if value.startswith("step:") else ""
            title = titles[number or 0]
            text = _("Stuck at step %(step)s: %(title)s", step=step, title=title) if step else title
            found.append(Item(value, text, article.url(number or 0, locale)))
    return found


def topic_of(asked: Mapping[str, str], viewer: Viewer, locale: str) -> int | None:
    """The root topic of the article that the address brought, if the viewer may read it."""
    number = _article(f"article:{asked.get('article', '')}")
    article = subjects.subject("article")
    if not number or number not in article.visible([number], viewer, locale):
        return None
    return tree().root_of(article.root_topic(number))


def _article(value: str) -> int | None:
    parts = value.split(":")
    if parts[0] not in ("article", "step") or len(parts) != (3 if parts[0] == "step" else 2):
        return None
    return int(parts[1]) if all(part.isdecimal() and len(part) < 10 for part in parts[1:]) else None


def _without_doubles(values: Sequence[str]) -> list[str]:
    steps = {value.split(":")[1] for value in values if value.startswith("step:")}
    kept = [value for value in values if not (value.startswith("article:") and value.split(":")[1] in steps)]
    return list(dict.fromkeys(kept))


def as_row(chosen: Iterable[Item]) -> dict[str, Any]:
    """What is kept with the conversation."""
    return {"items": [one.value for one in chosen]}
