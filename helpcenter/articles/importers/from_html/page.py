"""What a converter has to know of the page it converts, and what it says of what is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Page:
    """`link` gives what a link shall lead to, or '' to lose it; `picture` the path of a picture in the folder, or ''
    where it is not there, and `absolute` the whole address of something that lies elsewhere. `fragments` are the names
    of headings that a link somewhere names, in small letters. `video_hosts` are those whose videos are shown here.
    `lost` gathers what and which.
    """

    link: Callable[[str], str]
    picture: Callable[[str], str]
    absolute: Callable[[str], str]
    fragments: frozenset[str] = frozenset()
    watch: str = "Watch the video"
    video_hosts: tuple[str, ...] = ()
    lost: list[tuple[str, str]] = field(default_factory=list)

    def lose(self, message: str, which: str = "") -> None:
        """Say what does not come along; `which` names the one among several, as its address does."""
        self.lost.append((message, which))


def fragment_of(written: str) -> str:
    """The name of a heading as it can be written behind one."""
    return "".join(sign if sign.isalnum() or sign in "_.-" else "-" for sign in written.lower())[:80]
