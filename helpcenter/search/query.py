"""What is asked of the index. The text is words, never a query language: parsing one costs seconds for a long text."""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import normalize

from helpcenter.search.document import EVERYONE
from helpcenter.search.languages import LANGUAGES

LONGEST_TEXT = 200
# Some 250 words: who writes more has long said what it is about.
LONGEST_MESSAGE = 1_500
MOST_RESULTS = 50
FURTHEST_OFFSET = 1_000


@dataclass(frozen=True)
class Query:
    """A question to the index, already bound to what one viewer may see.

    `visible_topics` and `audience` are what the viewer may read, taken from the database: a document outside of them is
    neither found, counted, completed nor offered as a correction. `kinds`, `topics` and `tags` narrow further; empty
    means any. `topics` holds a root together with its sections. With `unfinished` the last word is still being typed;
    without `correct` unknown words stay unknown. With `is_message` the text is what somebody writes to a person: more
    of it is read, and it is to be asked with Engine.answering.
    """

    text: str
    locale: str
    visible_topics: frozenset[int]
    audience: frozenset[str] = frozenset({EVERYONE})
    kinds: frozenset[str] = frozenset()
    topics: frozenset[int] = frozenset()
    tags: frozenset[str] = frozenset()
    limit: int = 10
    offset: int = 0
    unfinished: bool = False
    correct: bool = True
    passage_length: int = 220
    is_message: bool = False

    def __post_init__(self) -> None:
        if self.locale not in LANGUAGES:
            raise ValueError(f"the language {self.locale!r} is not one of {', '.join(LANGUAGES)}")
        if not 1 <= self.limit <= MOST_RESULTS or not 0 <= self.offset <= FURTHEST_OFFSET:
            raise ValueError(f"limit is 1 to {MOST_RESULTS}, offset 0 to {FURTHEST_OFFSET}")
        if not 40 <= self.passage_length <= 1_000:
            raise ValueError("a passage is 40 to 1000 characters long")
        # A space after the last word says that it is finished; shortening would lose that.
        object.__setattr__(self, "unfinished", self.unfinished and not self.text[-1:].isspace())
        longest = LONGEST_MESSAGE if self.is_message else LONGEST_TEXT
        object.__setattr__(self, "text", shortened(self.text, longest))


def shortened(text: str, longest: int = LONGEST_TEXT) -> str:
    """The text on one line, what can not be encoded left out, at most so many characters and then cut at a word."""
    line = _cut(" ".join(text.encode(errors="ignore").decode().replace("\0", " ").split()), longest)
    # One sign may be read as eighteen letters; what is read has the same limit as what was typed.
    read = normalize("NFKC", line)
    return line if len(read) <= longest else _cut(" ".join(read.split()), longest)


def _cut(line: str, longest: int) -> str:
    if len(line) <= longest:
        return line
    cut = line[: longest + 1].rsplit(" ", 1)[0]
    return cut[:longest]
