"""Who writes: editors, who are trusted with more, or anybody."""

from dataclasses import dataclass

KILOBYTE = 1024
OUTPUT_BYTES = 2 * 1024 * KILOBYTE
"""The most HTML a text may become."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a kind of text may have.

    components: parts of MDX pages (imports, JSX) are taken out instead of shown.
    steps: numbered lists are steps with ids.
    video: a video of an allowed host becomes a figure that leads to it.
    line_breaks: a line break in the source is one on the page.
    rel: the relation every link carries, "" for none.
    own_direction: each block finds its direction in its own text.
    shared_page: several texts share a page, so ids carry a part that is the text's own.
    """

    name: str
    most_bytes: int
    components: bool = False
    steps: bool = False
    video: bool = False
    line_breaks: bool = False
    rel: str = ""
    own_direction: bool = False
    shared_page: bool = False


ARTICLE = Profile("article", 256 * KILOBYTE, components=True, steps=True, video=True)
COMMUNITY = Profile(
    "community", 64 * KILOBYTE, line_breaks=True, rel="nofollow ugc noopener", own_direction=True, shared_page=True
)
PROFILES = {profile.name: profile for profile in (ARTICLE, COMMUNITY)}
