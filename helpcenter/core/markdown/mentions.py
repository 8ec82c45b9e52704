"""People who are named in a text with an @ before: each becomes a link to their page."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from helpcenter.core.markdown.tree import Element, Node

_LINK = re.compile(r"<a [^>]*>")
_NUMBER = re.compile(r'href="[^"]*/people/([0-9]+)"')
LITERAL = frozenset(("a", "code", "pre", "kbd", "samp"))
"""Where an @ is a part of something else."""


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who can be named: the name that is shown, and the address it leads to."""

    id: int
    name: str
    href: str


def link_people(root: Element, people: Mapping[str, Named]) -> tuple[int, ...]:
    """Link everybody who is named; their ids, each once. `people` are known by what follows the @, in small letters."""
    if not people:
        return ()
    longest_first = sorted(people, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w@/.])@({'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
    found: dict[int, None] = {}

    def walk(element: Element) -> None:
        children: list[Node] = []
        for child in element.children:
            if isinstance(child, str):
                children.extend(parts(child))
            else:
                children.append(child)
                if isinstance(child, Element) and child.tag not in LITERAL:
                    walk(child)
        element.children = children

    def parts(text: str) -> Iterator[Node]:
        at = 0
        for match in pattern.finditer(text):
            named = people.get(match[1].lower())
            if named is None:
                continue
            found[named.id] = None
            yield text[at : match.start()]
            yield Element("a", {"href": named.href, "class": "mention"}, [f"@{named.name}"])
            at = match.end()
        yield text[at:]

    walk(root)
    return tuple(found)


def mentioned_in(html: str) -> tuple[int, ...]:
    """The ids of the people that a stored text names, each once."""
    links = (link for link in _LINK.findall(html) if 'class="mention"' in link)
    return tuple(dict.fromkeys(int(number) for link in links for number in _NUMBER.findall(link)))
