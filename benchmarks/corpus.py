"""Texts to search in, and questions about them: made-up ones of any number, the manual, or a folder from outside.

The questions to the manual are the keywords of its pages, which are how readers call what a page calls otherwise; the
pages are indexed without them. A folder holds a labelled set in three files, or Markdown pages: their headings are the
questions then, and the pages are indexed without those.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import frontmatter

from config import ROOT
from helpcenter.search.document import Document
from helpcenter.search.labelled_set import KIND, TOPIC, LabelledSet, Question, load

VOCABULARY = 20_000
HEAD = 20
"""How far the most frequent words are from being in every text: words that say nothing are in no question."""
SYLLABLES = [first + second for first in "bdfgklmnprstvz" for second in ("a", "e", "i", "o", "u", "an", "er", "ol")]
FILES = ("corpus.jsonl", "queries.jsonl", "qrels.jsonl")
_HEADING = re.compile(r"^#{2,4}\s+(.+)$", re.MULTILINE)
_CODE = re.compile(r"^(```|import |<).*$", re.MULTILINE)
_MARKS = re.compile(r"[*`#|>\[\]{}]|\(https?://[^)]*\)")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Page:
    """A page of Markdown: what it is called, what it says, and what it is asked for by."""

    title: str
    text: str
    asked: Sequence[str]


class Writer:
    """Writes made-up texts in which some words are far more frequent than others, the same for the same seed."""

    def __init__(self, seed: int = 1) -> None:
        self.chance = random.Random(seed)
        words = random.Random(0)
        self._words = ["".join(words.choices(SYLLABLES, k=words.choice((2, 3, 3, 4)))) for _ in range(VOCABULARY)]
        self._weights = list(accumulate(1 / (place + HEAD) for place in range(VOCABULARY)))

    def words(self, count: int) -> list[str]:
        """So many words."""
        return self.chance.choices(self._words, cum_weights=self._weights, k=count)

    def documents(self, count: int) -> list[Document]:
        """So many texts of 150 to 350 words with their titles."""
        return [self._document(number) for number in range(1, count + 1)]

    def questions(self, documents: Sequence[Document], count: int) -> list[str]:
        """So many questions, each of two to four words of a text."""
        return [
            " ".join(self.chance.sample(self.chance.choice(documents).body.split(), self.chance.choice((2, 3, 3, 4))))
            for _ in range(count)
        ]

    def _document(self, number: int) -> Document:
        title = " ".join(self.words(5)).capitalize()
        return Document(KIND, number, "en", title, " ".join(self.words(self.chance.randint(150, 350))), topic_id=TOPIC)


def manual(locale: str, most: int) -> LabelledSet:
    """The product's own manual in a language, with at most so many questions."""
    return labelled(_pages(ROOT / "articles" / locale, _keywords), locale, most)


def outside(folder: Path, most: int) -> LabelledSet:
    """What a folder holds: a labelled set in three files, or pages in English."""
    if all((folder / name).exists() for name in FILES):
        texts, questions, judgements = (folder / name for name in FILES)
        return load(texts, questions, judgements)
    return labelled(_pages(folder, _headings), "en", most)


def labelled(pages: Sequence[Page], locale: str, most: int) -> LabelledSet:
    """Pages with what they are asked for by. What several are asked for by has each of them as its answer."""
    documents = [
        Document(KIND, number, locale, page.title, page.text, topic_id=TOPIC) for number, page in enumerate(pages, 1)
    ]
    answers: dict[str, dict[str, float]] = {}
    for number, page in enumerate(pages, 1):
        for text in page.asked:
            answers.setdefault(text, {})[str(number)] = 1.0
    chosen = random.Random(1).sample(sorted(answers), min(most, len(answers)))
    questions = [Question(str(number), text, locale, answers[text]) for number, text in enumerate(chosen)]
    return LabelledSet(documents, {(one.id, locale): str(one.id) for one in documents}, questions)


def misspelled(word: str, chance: random.Random) -> str:
    """The word with one edit within it: a letter left out, doubled, replaced by the one before, or swapped."""
    at = chance.randrange(1, len(word) - 2)
    before, letter, after = word[:at], word[at], word[at + 1 :]
    edits = [
        before + after,
        before + letter * 2 + after,
        before + word[at - 1] + after,
        before + after[0] + letter + after[1:],
    ]
    return chance.choice([edit for edit in edits if edit != word])


def _pages(folder: Path, read: Callable[[frontmatter.Post], Page]) -> list[Page]:
    files = sorted(path for path in folder.rglob("*.md") if not path.name.startswith("_"))
    return [page for page in (read(frontmatter.load(str(path))) for path in files) if page.title and page.text]


def _keywords(post: frontmatter.Post) -> Page:
    words: Any = post.get("keywords", ())
    return Page(str(post.get("title", "")), plain(post.content), _several(map(str, words)))


def _headings(post: frontmatter.Post) -> Page:
    asked = _several(map(plain, _HEADING.findall(post.content)))
    return Page(str(post.get("title", "")), plain(_HEADING.sub("", post.content)), asked)


def _several(texts: Iterable[str]) -> list[str]:
    """Those of more than one word."""
    return [text for text in texts if len(text.split()) > 1]


def plain(markdown: str) -> str:
    """About the words of a Markdown text."""
    return " ".join(_MARKS.sub(" ", _CODE.sub("", markdown)).split())


def titles(documents: Sequence[Document], chance: random.Random) -> Iterator[tuple[int, str, str]]:
    """For each text its number, its title, and the title with one edit in its longest word of five letters or more."""
    for document in documents:
        longest = max(_WORD.findall(document.title), key=len, default="")
        if len(longest) >= 5:
            yield document.id, document.title, document.title.replace(longest, misspelled(longest, chance), 1)
