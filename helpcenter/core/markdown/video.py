"""Videos in articles: a figure that leads to the video, with nothing loaded from elsewhere before a click."""

from collections.abc import Sequence
from html import escape

from helpcenter.core.markdown.addresses import is_outside
from helpcenter.core.markdown.labels import Labels
from helpcenter.core.markdown.links import Targets
from helpcenter.core.markdown.pictures import Sizes, size_of
from helpcenter.core.markdown.tree import Element, Markup, Node, replace
from helpcenter.core.markdown.video_hosts import host_of, is_allowed
from helpcenter.core.markdown.video_pages import page_of


def video_source(element: Element) -> str:
    """The address of a video or frame as written; of several sources the first."""
    sources = [
        element.attributes.get("src", ""),
        *(source.attributes.get("src", "") for source in element.find("source")),
    ]
    return next(filter(None, sources), "")


def video_title(element: Element) -> str:
    """What a video or frame says it shows; empty where it says nothing."""
    return (element.attributes.get("title", "") or element.attributes.get("aria-label", "")).strip()


def place_videos(root: Element, targets: Targets, hosts: Sequence[str] | None, labels: Labels, sizes: Sizes) -> None:
    """Make a figure of each video on this site or an allowed host; of any other, only the text in it stays.
    Hosts of None allow no video at all."""

    def change(element: Element) -> list[Node] | None:
        if element.tag not in ("video", "iframe"):
            return [] if element.tag == "source" else None
        written = video_source(element)
        source = targets.get(written, written)
        rest = [] if element.tag == "iframe" else element.children
        if hosts is None or not source or (element.tag == "iframe" and not is_outside(source)):
            return rest
        if is_outside(source) and not is_allowed(source, hosts):
            return rest
        poster = _poster(element.attributes.get("poster", ""), targets, sizes)
        return [Element("figure", {"class": "video"}, [_link(page_of(source), video_title(element), poster, labels)])]

    # The sources go first, innermost, so their addresses must be read before.
    for video in root.find("video"):
        video.attributes["src"] = video_source(video)
    replace(root, change)


def _link(address: str, title: str, poster: list[Node], labels: Labels) -> Element:
    attributes = {"class": "video-link", "href": address}
    shown: list[Node] = [Element("span", {"class": "poster"}, poster), f"{title or labels.watch_video} "]
    if host := host_of(address):
        # The reader stays on the step that the video belongs to.
        attributes |= {"target": "_blank", "rel": "noopener"}
        words = labels.video_elsewhere % {"host": host.removeprefix("www.")}
        # Said to whoever looks at it, and no word of the article.
        shown.append(Element("small", {}, [Markup(escape(words), "")]))
    return Element("a", attributes, shown)


def _poster(written: str, targets: Targets, sizes: Sizes) -> list[Node]:
    """The picture that stands for a video, where it lies on this site. Its words are the title beside it."""
    source = targets.get(written, written)
    if not source or is_outside(source):
        return []
    late = {"loading": "lazy", "decoding": "async"}
    return [Element("img", {"src": source, "alt": "", **size_of(source, sizes), **late})]
