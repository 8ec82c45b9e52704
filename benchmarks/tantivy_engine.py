"""tantivy on the same documents: what search engines written for speed rank like, and cost.

It gets what ours gets of a labelled set, title and text, with the weights ours has: a title counts twice. Words are
stemmed in the language of the set; each of the ten results has its snippet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from helpcenter.search.document import Document

STEMMERS = {"en": "english", "es": "spanish", "ru": "russian", "ar": "arabic"}
FIELDS = ["title", "body"]
WEIGHTS = {"title": 2.0, "body": 1.0}
DEPTH = 10
SNIPPET_CHARACTERS = 220
_WORD = re.compile(r"\w+")


class TantivyEngine:
    """An index of documents of one language in a folder. Raises ImportError where tantivy is not installed."""

    def __init__(self, folder: Path, locale: str) -> None:
        self._tantivy: Any = import_module("tantivy")
        builder = self._tantivy.SchemaBuilder().add_unsigned_field("number", stored=True)
        for field in FIELDS:
            builder = builder.add_text_field(field, stored=True, tokenizer_name=locale)
        self._schema = builder.build()
        folder.mkdir(parents=True, exist_ok=True)
        self._index = self._tantivy.Index(self._schema, path=str(folder))
        filters = self._tantivy.Filter
        analyzer = self._tantivy.TextAnalyzerBuilder(self._tantivy.Tokenizer.simple())
        analyzer = analyzer.filter(filters.lowercase()).filter(filters.stemmer(STEMMERS[locale]))
        self._index.register_tokenizer(locale, analyzer.build())

    def rebuild(self, documents: Sequence[Document]) -> None:
        """Index these documents."""
        writer = self._index.writer(num_threads=1)
        for document in documents:
            writer.add_document(self._tantivy.Document(number=document.id, title=document.title, body=document.body))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, text: str) -> list[tuple[int, str, str]]:
        """The ten best with title and snippet; any of the words may be missing."""
        query = self._index.parse_query(" ".join(_WORD.findall(text)).lower(), FIELDS, field_boosts=WEIGHTS)
        snippets = self._tantivy.SnippetGenerator.create(self._searcher, query, self._schema, "body")
        snippets.set_max_num_chars(SNIPPET_CHARACTERS)
        found = []
        for _, address in self._searcher.search(query, DEPTH).hits:
            document = self._searcher.doc(address)
            passage = snippets.snippet_from_doc(document).to_html()
            found.append((document.get_first("number"), document.get_first("title"), passage))
        return found
