"""The block above an article: title, summary and how it is kept. Values are text as written; types are checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any

import frontmatter
from frontmatter.default_handlers import BaseHandler

from helpcenter.articles.folder import yaml_text
from helpcenter.articles.folder.finding import Finding, Level
from helpcenter.articles.folder.yaml_text import Entry, YamlRefused
from helpcenter.articles.revision import LONGEST_WORD, MOST_WORDS
from helpcenter.core.text import slug_of
from helpcenter.topics.audience import Audience

LARGEST_BYTES = 8 * 1024
LONGEST_TITLE = 200
LONGEST_SUMMARY = 400
LONGEST_PATH = 500
LAST_PLACE = 999
LONGEST_REVIEW_DAYS = 3650


@dataclass(frozen=True)
class FrontMatter:
    """What stands above an article. `order` counts from 1, None comes last; `review_every_days` None means never.

    `topic` (billing/taxes) and `address` (money-back) are given where they are others than the path of the file says.
    """

    title: str = ""
    summary: str = ""
    tags: tuple[str, ...] = field(default=())
    keywords: tuple[str, ...] = field(default=())
    topic: str = ""
    address: str = ""
    audience: Audience = Audience.EVERYONE
    order: int | None = None
    redirect_from: tuple[str, ...] = field(default=())
    review_every_days: int | None = None

    @property
    def settings(self) -> dict[str, Any]:
        """What is said here about how the article is kept, for JSON."""
        seldom = {"topic": self.topic, "address": self.address}
        return {
            "audience": str(self.audience),
            "order": self.order,
            "redirect_from": list(self.redirect_from),
            "review_every_days": self.review_every_days,
            **{key: value for key, value in seldom.items() if value},
        }


KEYS = tuple(FrontMatter.__dataclass_fields__)
OF_PLACE = frozenset({"topic", "address"})
"""Keys that mean something else, or nothing, in a file written for another program."""


class WrongValue(ValueError):
    """A value that its key can not have; the message says what it can."""


class _Handler(BaseHandler):
    """Three hyphens above and below, at the very top; what stands between is read and written by yaml_text."""

    FM_BOUNDARY = re.compile(r"^---[ \t]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "---"

    def load(self, fm: str) -> dict[str, Any]:
        return yaml_text.load(fm)

    def export(self, metadata: dict[str, object], **_kwargs: object) -> str:
        return yaml_text.dump(metadata).rstrip("\n")


HANDLER = _Handler()


@dataclass(frozen=True)
class Split:
    """A text taken apart: its entries, its body without blank lines around it, and the line the body begins in."""

    entries: Mapping[str, Entry]
    body: str
    body_line: int


def split(text: str) -> Split:
    """Take front matter and body apart; line breaks become \\n. Raises YamlRefused, with the line in the text."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not HANDLER.detect(text):
        return Split({}, *_body(text, 1))
    try:
        block, rest = HANDLER.split(text)
    except ValueError:
        raise YamlRefused(1, "the front matter has no end: a line of three hyphens closes it") from None
    if len(block.encode()) > LARGEST_BYTES:
        raise YamlRefused(1, f"the front matter is larger than {LARGEST_BYTES // 1024} KB")
    # The block begins with the line break after the opening hyphens, so its lines count like those of the text.
    return Split(HANDLER.load(block), *_body(rest.removeprefix("\n"), 2 + block.count("\n")))


def _body(text: str, line: int) -> tuple[str, int]:
    lines = text.split("\n")
    blank = next((number for number, content in enumerate(lines) if content.strip()), 0)
    return "\n".join(lines[blank:]).rstrip(), line + blank


def read(entries: Mapping[str, Entry]) -> tuple[FrontMatter, list[Finding]]:
    """The values by our own keys, and what is wrong: an unknown key, or a value its key can not have."""
    values: dict[str, Any] = {}
    findings: list[Finding] = []
    for key, entry in entries.items():
        if key not in READERS:
            findings.append(Finding("", entry.line, unknown(key, KEYS)))
            continue
        try:
            values[key] = value_of(key, entry)
        except WrongValue as error:
            findings.append(Finding("", entry.line, f"{key}: {error}"))
    return replace(FrontMatter(), **values), findings


def value_of(key: str, entry: Entry) -> Any:
    """The checked value of one of our keys. Raises WrongValue."""
    if entry.value is None:
        raise WrongValue("a text or a list of texts is expected")
    return READERS[key](entry.value)


def unknown(key: str, known: tuple[str, ...]) -> str:
    """The sentence for a key that is not one of ours: it names the nearest."""
    nearest = get_close_matches(key, known, 1, 0.5)
    return f"{printable(key)} is not a key here; " + (
        f"did you mean {nearest[0]}?" if nearest else f"known are {', '.join(known)}"
    )


def dump(values: FrontMatter, body: str) -> str:
    """The canonical text of an article: keys in their order, none without a value, one line break at the end."""
    given = {key: getattr(values, key) for key in KEYS}
    if given["audience"] == Audience.EVERYONE:
        del given["audience"]
    post = frontmatter.Post(body)
    post.metadata = {
        key: value if key != "audience" else str(value) for key, value in given.items() if value not in ("", (), None)
    }
    return frontmatter.dumps(post, handler=HANDLER) + "\n"


def _line(longest: int) -> Callable[[yaml_text.Text], str]:
    def read_line(value: yaml_text.Text) -> str:
        if not isinstance(value, str):
            raise WrongValue("one text is expected, not a list")
        line = printable(value)
        if len(line) > longest:
            raise WrongValue(f"at most {longest} characters; these are {len(line)}")
        return line

    return read_line


def printable(value: str) -> str:
    """A text on one line, without signs that show as nothing or as something else."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in value).split())


def _words(value: yaml_text.Text) -> tuple[str, ...]:
    found = value.split(",") if isinstance(value, str) else value
    words = tuple(dict.fromkeys(word for word in map(printable, found) if word))
    if len(words) > MOST_WORDS or any(len(word) > LONGEST_WORD for word in words):
        raise WrongValue(f"at most {MOST_WORDS} of at most {LONGEST_WORD} characters each")
    return words


def _audience(value: yaml_text.Text) -> Audience:
    try:
        return Audience(value)  # type: ignore[arg-type]
    except ValueError:
        raise WrongValue(f"one of {', '.join(Audience)} is expected, not {value!r}") from None


def _number(last: int) -> Callable[[yaml_text.Text], int | None]:
    def read_number(value: yaml_text.Text) -> int | None:
        if value == "":
            return None
        if not isinstance(value, str) or not re.fullmatch("[0-9]{1,6}", value) or not 1 <= int(value) <= last:
            raise WrongValue(f"a whole number from 1 to {last} is expected, not {value!r}")
        return int(value)

    return read_number


def _slugs(most: int, example: str) -> Callable[[yaml_text.Text], str]:
    def read_slugs(value: yaml_text.Text) -> str:
        parts = value.strip("/").split("/") if isinstance(value, str) and value else []
        if len(parts) > most or any(part != slug_of(part) for part in parts):
            raise WrongValue(f"small letters, digits and hyphens are expected, as in {example}, not {value!r}")
        return "/".join(parts)

    return read_slugs


def _paths(value: yaml_text.Text) -> tuple[str, ...]:
    paths = (value,) if isinstance(value, str) else value
    for path in paths:
        if not re.fullmatch(r"/[^\s?#]+", path) or not path.isprintable() or len(path) > LONGEST_PATH:
            raise WrongValue(f"a path such as /old/refunds is expected, not {path!r}")
    return tuple(dict.fromkeys(path.rstrip("/") for path in paths))


READERS: Mapping[str, Callable[[yaml_text.Text], Any]] = {
    "title": _line(LONGEST_TITLE),
    "summary": _line(LONGEST_SUMMARY),
    "tags": _words,
    "keywords": _words,
    "topic": _slugs(2, "billing/taxes"),
    "address": _slugs(1, "money-back"),
    "audience": _audience,
    "order": _number(LAST_PLACE),
    "redirect_from": _paths,
    "review_every_days": _number(LONGEST_REVIEW_DAYS),
}


def lenient(entries: Mapping[str, Entry]) -> tuple[FrontMatter, list[Finding]]:
    """Like `read`, but a value that can not be used is left out with a note instead of an error."""
    values, findings = read(entries)
    return values, [replace(one, message=f"left out: {one.message}", level=Level.NOTE) for one in findings]
