"""The text of a question or an answer as others see it."""

from __future__ import annotations

from collections.abc import Mapping

from helpcenter.core.markdown import Named, Rendered, render, words
from helpcenter.files.shown import names_in, sizes

PROFILE = "community"


def rendered(text: str, locale: str, people: Mapping[str, Named] | None = None) -> Rendered:
    """Markdown as safe HTML whose links lend nobody a good name. Raises core.markdown.MarkdownRefused.

    `people` may be named in it, as mention.py gives them.

    Slow (a process of its own does the work): call it before begin_write().
    """
    return render(text, PROFILE, labels=words.labels(locale), sizes=sizes(names_in(text)), people=people)
