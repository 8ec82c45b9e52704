"""The conversion in a process of its own, where it ends after a while whatever the page holds.

What a link leads to is known in this process alone and is too much to send. So the job answers with what it had to ask
as well, and is done again with the answers until it asks for nothing more.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

from helpcenter.articles.importers.from_html.conversion import Converted, markdown_of, words_of
from helpcenter.articles.importers.from_html.page import Page
from helpcenter.core import worker

SECONDS = 10.0
MOST_ROUNDS = 8

Question = tuple[str, str]
Answers = dict[Question, str]


@dataclass(frozen=True)
class Known:
    """What a page can tell without asking."""

    fragments: frozenset[str]
    watch: str
    video_hosts: tuple[str, ...]
    answers: Answers = field(default_factory=dict)


def markdown_in_time(html: str, page: Page) -> Converted:
    """As markdown_of, in another process. Raises worker.WorkerTimedOut, worker.WorkerDied and what the job raises."""
    asked: dict[str, Callable[[str], str]] = {"link": page.link, "picture": page.picture, "absolute": page.absolute}
    known = Known(page.fragments, page.watch, page.video_hosts)
    ends = time.monotonic() + 2 * SECONDS
    for _ in range(MOST_ROUNDS):
        if time.monotonic() > ends:
            raise worker.WorkerTimedOut("the page takes too long each time")
        found: tuple[Converted, list[Question]] = worker.call(f"{__name__}:convert", html, known, seconds=SECONDS)
        converted, questions = found
        if not questions:
            lost = tuple(dict.fromkeys((*converted.lost, *page.lost)))
            return replace(converted, lost=lost)
        known.answers.update({(kind, what): asked[kind](what) for kind, what in questions})
    raise RuntimeError("the page asks on and on")


def words_in_time(html: str) -> str:
    """As words_of, in another process where there are tags in it. '' for what can not be read."""
    if "<" not in html and "&" not in html:
        return " ".join(html.split())
    try:
        return str(worker.call(f"{words_of.__module__}:{words_of.__name__}", html, seconds=SECONDS))
    except Exception:
        return ""


def convert(html: str, known: Known) -> tuple[Converted, list[Question]]:
    """The job: the page in our Markdown, and what has to be answered before that is right."""
    questions: dict[Question, None] = {}

    def ask(kind: str, what: str) -> str:
        if (kind, what) not in known.answers:
            questions[kind, what] = None
        return known.answers.get((kind, what), "")

    link, picture, absolute = (partial(ask, kind) for kind in ("link", "picture", "absolute"))
    page = Page(link, picture, absolute, known.fragments, known.watch, known.video_hosts)
    return markdown_of(html, page), list(questions)
