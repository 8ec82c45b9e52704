"""The fields of the index: one set for each language, and columns for what is shown and filtered by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from whoosh.columns import RefBytesColumn, VarBytesColumn
from whoosh.fields import COLUMN, FieldType, Schema
from whoosh.formats import Existence

from helpcenter.search.analysis import ANALYSIS_VERSION
from helpcenter.search.languages import LANGUAGES
from helpcenter.search.weighing import FIELDS

# Bump the first number when fields or columns change; an index of another version is built anew.
INDEX_VERSION = f"2.{ANALYSIS_VERSION}"
KEY = "key"
TAG = "tag"
KIND_OF_PLACE = "place"
HEAD = "head"
BODY = "text"


class TermsField(FieldType):
    """A field that takes terms already analysed; their number of times is the weight of the posting."""

    def __init__(self, *, scorable: bool) -> None:
        super().__init__(Existence(), None, scorable=scorable)

    def index(self, value: Sequence[str], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """The postings of one document."""
        for term, times in Counter(value).items():
            yield term.encode(), times, float(times), b""


def field_name(field: str, locale: str) -> str:
    """The field of the index that holds this field in this language."""
    return f"{field}_{locale}"


def word_field(locale: str) -> str:
    """The field that holds the words of a language as people type them."""
    return field_name("word", locale)


def pair_field(locale: str) -> str:
    """The field that holds which words stand together in titles and keywords."""
    return field_name("pair", locale)


def schema() -> Schema:
    """The schema; made anew for each index object, because Whoosh keeps state in it."""
    fields: dict[str, FieldType] = {
        KEY: TermsField(scorable=False),
        TAG: TermsField(scorable=False),
        KIND_OF_PLACE: COLUMN(RefBytesColumn()),
        HEAD: COLUMN(VarBytesColumn()),
        BODY: COLUMN(VarBytesColumn()),
    }
    for locale in LANGUAGES:
        fields.update({field_name(field, locale): TermsField(scorable=True) for field in FIELDS})
        fields[word_field(locale)] = TermsField(scorable=False)
        fields[pair_field(locale)] = TermsField(scorable=False)
    return Schema(**fields)
