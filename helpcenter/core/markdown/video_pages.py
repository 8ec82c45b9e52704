"""Where a video is shown: no page here loads a frame of another host, so each leads to the page of its video."""

import re

_PAGES = (
    (
        re.compile(r"https?://(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]{6,20})"),
        "https://www.youtube.com/watch?v={}",
    ),
    (re.compile(r"https?://player\.vimeo\.com/video/(\d+)"), "https://vimeo.com/{}"),
    (re.compile(r"https?://(?:www\.)?loom\.com/embed/(\w+)"), "https://www.loom.com/share/{}"),
    (
        re.compile(r"https?://fast\.wistia\.(?:net|com)/embed/(?:iframe|medias)/(\w+)"),
        "https://fast.wistia.net/embed/iframe/{}",
    ),
)


def page_of(address: str) -> str:
    """The page of a video, from the address of its frame; a frame that is not known keeps its own."""
    address = f"https:{address}" if address.startswith("//") else address
    for pattern, page in _PAGES:
        if match := pattern.match(address):
            return page.format(match[1])
    return address
