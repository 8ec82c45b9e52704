"""From Markdown to safe HTML. Runs in the worker process only: call helpcenter.core.markdown instead.

text -> components out (articles) -> blocks laid out -> Markdown -> well-formed HTML -> tree -> sanitizer -> HTML.
"""

import hashlib
import re
from collections.abc import Mapping

from markdown import Markdown

from helpcenter.core.markdown.callouts import title_callouts, title_folds
from helpcenter.core.markdown.code import colour_code
from helpcenter.core.markdown.components import without_components
from helpcenter.core.markdown.dialect import markdown_for
from helpcenter.core.markdown.direction import let_blocks_turn
from helpcenter.core.markdown.expansion import expand
from helpcenter.core.markdown.footnotes import label_ways_back, place_footnotes
from helpcenter.core.markdown.headings import link_headings, number_headings, source_level
from helpcenter.core.markdown.labels import Labels
from helpcenter.core.markdown.links import Targets, lead
from helpcenter.core.markdown.lists import label_tasks, number_steps, tighten
from helpcenter.core.markdown.mentions import Named, link_people
from helpcenter.core.markdown.pictures import Sizes, caption_pictures, place_pictures
from helpcenter.core.markdown.plain_text import plain_text, reading_seconds
from helpcenter.core.markdown.profile import OUTPUT_BYTES, PROFILES, Profile
from helpcenter.core.markdown.refusal import MarkdownRefused, Reason
from helpcenter.core.markdown.rendered import Heading, Reference, References, Rendered, SourceHeading
from helpcenter.core.markdown.sanitizer import sanitized, tidied
from helpcenter.core.markdown.source_lines import SourceLines
from helpcenter.core.markdown.tables import frame_tables
from helpcenter.core.markdown.tabs import title_tabs
from helpcenter.core.markdown.tags import BLOCKS
from helpcenter.core.markdown.tree import Element, Node, parse, replace, serialize
from helpcenter.core.markdown.video import place_videos, video_source, video_title

__all__ = ["expand", "references", "render"]

_SURROGATES = re.compile("[\ud800-\udfff]")
_converters: dict[str, Markdown] = {}


def render(
    text: str,
    profile: Profile,
    links: Targets,
    video_hosts: tuple[str, ...] = (),
    labels: Labels | None = None,
    sizes: Sizes | None = None,
    people: Mapping[str, Named] | None = None,
) -> Rendered:
    """The text as a page. Raises MarkdownRefused, and whatever the libraries below raise on hostile text."""
    labels = labels or Labels()
    root = _tree(text, profile)
    page = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:6] + "-" if profile.shared_page else ""
    _arrange_blocks(root, labels)
    place_pictures(root, links, sizes or {})
    place_videos(root, links, video_hosts if profile.video else None, labels, sizes or {})
    headings = _point(root, links, labels, page)
    mentioned = link_people(root, people or {})
    replace(root, _without_empty_paragraphs)
    colour_code(root)
    text_only = plain_text(root)
    _finish(root, profile, labels)
    html = sanitized(serialize(root), profile).strip()
    if len(html.encode()) > OUTPUT_BYTES:
        raise MarkdownRefused(Reason.TOO_LARGE)
    return Rendered(html, headings, text_only, reading_seconds(text_only), mentioned=mentioned)


def references(text: str, profile: Profile) -> References:
    """The links, pictures and headings of a text. Raises like render."""
    root = _tree(text, profile)
    lines = SourceLines(text.replace("\r\n", "\n").replace("\r", "\n"))
    links: list[Reference] = []
    images: list[Reference] = []
    videos: list[Reference] = []
    for element in root.walk():
        if element.tag == "img" and (source := element.attributes.get("src")):
            images.append(Reference(source, element.attributes.get("alt", ""), lines.of_address(source)))
        elif element.tag in ("video", "iframe") and (source := video_source(element)):
            videos.append(Reference(source, video_title(element), lines.of_address(source)))
            links.append(videos[-1])
            if poster := element.attributes.get("poster"):
                images.append(Reference(poster, video_title(element), lines.of_address(poster)))
        elif element.tag == "a" and _is_written(element):
            href = element.attributes["href"]
            links.append(Reference(href, plain_text(element), lines.of_address(href)))
    written = [(source_level(element), element) for element in root.walk() if source_level(element)]
    levels = [level for level, element in written if level and not element.is_blank()]
    numbered, _ = number_headings(root, "")
    headings = (
        SourceHeading(level, heading.id, heading.text, lines.of_heading(heading.text))
        for level, heading in zip(levels, numbered, strict=True)
    )
    return References(tuple(links), tuple(images), tuple(headings), tuple(videos))


def _is_written(link: Element) -> bool:
    """Whether a link stands in the text, rather than was made for a footnote."""
    return bool(link.attributes.get("href")) and not {"footnote-ref", "footnote-backref"}.intersection(link.classes)


def _tree(text: str, profile: Profile) -> Element:
    text = _SURROGATES.sub("\ufffd", text)
    if profile.components:
        text = without_components(text)
    html = tidied(_converted(text, profile), profile)
    if len(html) > 2 * OUTPUT_BYTES:
        raise MarkdownRefused(Reason.TOO_LARGE)
    root = parse(html)
    tighten(root)
    return root


def _converted(text: str, profile: Profile) -> str:
    converter = _converters.pop(profile.name, None) or markdown_for(profile)
    html = converter.reset().convert(text)
    # Put back only now: an error would leave half of a text in it for the next one.
    _converters[profile.name] = converter
    return html


def _arrange_blocks(root: Element, labels: Labels) -> None:
    title_callouts(root, labels)
    title_folds(root, labels)
    title_tabs(root)
    label_tasks(root, labels)


def _point(root: Element, links: Targets, labels: Labels, page: str) -> tuple[Heading, ...]:
    """Everything else that has or takes an address: headings, footnotes, and then links."""
    caption_pictures(root)
    headings, anchors = number_headings(root, page)
    lead(root, links, anchors | place_footnotes(root, labels, page))
    return headings


def _finish(root: Element, profile: Profile, labels: Labels) -> None:
    label_ways_back(root, labels)
    if not profile.shared_page:
        link_headings(root, labels)
    frame_tables(root, labels)
    if profile.steps:
        number_steps(root, labels)
    if profile.own_direction:
        let_blocks_turn(root)


def _without_empty_paragraphs(element: Element) -> list[Node] | None:
    """What is left of a paragraph that a block broke in two, and of a wrapper that held nothing."""
    if element.tag in ("p", "div", "center") and element.is_blank():
        return []
    if element.tag == "div" and not element.classes and any(child.tag in BLOCKS for child in element.elements()):
        return element.children
    return None


def warm_up() -> None:
    """Make the converters, so that the first text of a process has all its time for itself."""
    for profile in PROFILES.values():
        render("# Ready\n\n```python\nready = True\n```\n", profile, {})


warm_up()
