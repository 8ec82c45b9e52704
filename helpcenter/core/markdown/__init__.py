"""Markdown into HTML that is safe to show: the only place that does.

Checks the size and shape here and does the work in a process that is killed when it takes too long. Neither Markdown,
Pygments nor nh3 is imported on this side, so a web worker stays small.
"""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from helpcenter.core import worker
from helpcenter.core.markdown.labels import Labels
from helpcenter.core.markdown.mentions import Named, mentioned_in
from helpcenter.core.markdown.profile import PROFILES, Profile
from helpcenter.core.markdown.refusal import MESSAGES, MarkdownRefused, Reason
from helpcenter.core.markdown.rendered import (
    RENDERER_VERSION,
    Heading,
    Reference,
    References,
    Rendered,
    SourceHeading,
    heading_anchor,
)
from helpcenter.core.markdown.shape import check_shape
from helpcenter.core.markdown.snippets import Expanded, Passage, Passages, SnippetUse, snippet_names

__all__ = [
    "MESSAGES",
    "RENDERER_VERSION",
    "Expanded",
    "Heading",
    "Labels",
    "MarkdownRefused",
    "Named",
    "Passage",
    "Passages",
    "Reason",
    "Reference",
    "References",
    "Rendered",
    "SnippetUse",
    "SourceHeading",
    "expand",
    "heading_anchor",
    "mentioned_in",
    "references",
    "render",
    "snippet_names",
]

SECONDS = 2.0

logger = logging.getLogger(__name__)


def render(
    text: str,
    profile: str,
    *,
    links: Mapping[str, str | None] | None = None,
    allowed_video_hosts: Sequence[str] = (),
    labels: Labels | None = None,
    sizes: Mapping[str, tuple[int, int]] | None = None,
    people: Mapping[str, Named] | None = None,
) -> Rendered:
    """The text as safe HTML, with its headings and its plain text.

    profile: "article" (256 KB) or "community" (64 KB).
    links: where an address as written in the text shall lead instead; None takes the link from its text, and shows
    a picture as its alt text. Holds for Markdown and HTML alike.
    sizes: width and height of pictures in pixels, by the address they lead to.
    people: who may be named with an @, by what follows it in small letters.
    Raises MarkdownRefused for a text that is too long, too tangled, too slow or too large, and nothing else.
    """
    given = (dict(links or {}), tuple(allowed_video_hosts), labels, dict(sizes or {}), dict(people or {}))
    rendered: Rendered = _in_worker("render", text, PROFILES[profile], *given)
    return rendered


def expand(text: str, passages: Passages) -> Expanded:
    """An article with its snippets put in, fit for `render` and `references`. Raises MarkdownRefused like render."""
    expanded: Expanded = _in_worker("expand", text, PROFILES["article"], dict(passages))
    return expanded


def references(text: str, profile: str = "article") -> References:
    """The links, pictures and headings of a text as written, with their lines. Raises MarkdownRefused like render."""
    found: References = _in_worker("references", text, PROFILES[profile])
    return found


def _in_worker(job: str, text: str, profile: Profile, *args: Any) -> Any:
    check_shape(text, profile)
    try:
        return worker.call(f"helpcenter.core.markdown.renderer:{job}", text, profile, *args, seconds=SECONDS)
    except MarkdownRefused:
        raise
    except worker.WorkerTimedOut:
        raise MarkdownRefused(Reason.TOO_SLOW) from None
    except (worker.WorkerDied, MemoryError, RecursionError):
        raise MarkdownRefused(Reason.TOO_TANGLED) from None
    except Exception as error:
        # A library that stumbles over a text is ours to hear of, and the writer's to hear of in a form.
        logger.exception("a text of %d characters could not be rendered", len(text))
        raise MarkdownRefused(Reason.UNREADABLE) from error
