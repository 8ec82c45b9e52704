"""Videos in articles: a figure that leads to the video, with nothing loaded before a click."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from helpcenter.core.markdown.addresses import is_outside
from helpcenter.core.markdown.labels import Labels
from helpcenter.core.markdown.links import Targets
from helpcenter.core.markdown.tree import Element, Node, replace


def video_source(element: Element) -> str:
    """The address of a video or frame as written; of several sources the first."""
    sources = [
        element.attributes.get("src", ""),
        *(source.attributes.get("src", "") for source in element.find("source")),
    ]
    return next(filter(None, sources), "")


def place_videos(root: Element, targets: Targets, hosts: Sequence[str] | None, labels: Labels) -> None:
    """Make a figure of each video on this site or an allowed host; of any other, only the text in it stays.
    Hosts of None allow no video at all."""

    def change(element: Element) -> list[Node] | None:
        if element.tag not in ("video", "iframe"):
            return [] if element.tag == "source" else None
        written = video_source(element)
        source = targets.get(written, written)
        rest = [] if element.tag == "iframe" else element.children
        if not source or not _allowed(source, hosts) or (element.tag == "iframe" and not is_outside(source)):
            return rest
        name = element.attributes.get("title") or element.attributes.get("aria-label") or labels.watch_video
        host = urlsplit(source).hostname
        link = Element("a", {"class": "video-link", "href": source}, [f"{name} ({host})" if host else name])
        return [Element("figure", {"class": "video"}, [link])]

    # The sources go first, innermost, so their addresses must be read before.
    for video in root.find("video"):
        video.attributes["src"] = video_source(video)
    replace(root, change)


def _allowed(source: str, hosts: Sequence[str] | None) -> bool:
    if hosts is None or not is_outside(source):
        return hosts is not None
    try:
        parts = urlsplit(source)
        return parts.scheme in ("https", "http") and parts.hostname in {host.lower() for host in hosts}
    except ValueError:
        return False
