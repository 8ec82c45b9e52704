"""Every word of the interface stands in every language: extracted anew, compared with the catalogues."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from config import ROOT
from helpcenter.core.locale import LANGUAGES

FOLDER = ROOT / "helpcenter" / "translations"
TRANSLATED = sorted(LANGUAGES.keys() - {"en"})
KEYWORDS = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


@cache
def extracted() -> Catalog:
    """Every message of the source."""
    with (FOLDER / "babel.cfg").open() as file:
        mapping, options = parse_mapping_cfg(file)
    catalog = Catalog()
    for name, line, message, _comments, context in extract_from_dir(
        ROOT, mapping, options, KEYWORDS, directory_filter=lambda path: not path.endswith((".venv", "tests"))
    ):
        catalog.add(message, None, [(name, line)], context=context)
    return catalog


def catalogue(locale: str) -> Catalog:
    path = FOLDER / locale / "LC_MESSAGES" / "messages.po"
    return read_po(BytesIO(path.read_bytes()), locale=locale)


def words_of(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def test_the_source_has_words() -> None:
    assert len(extracted()) > 300


@pytest.mark.parametrize("locale", TRANSLATED)
def test_nothing_is_untranslated_or_fuzzy(locale: str) -> None:
    known = catalogue(locale)
    missing = []
    for message in extracted():
        found = known.get(message.id, message.context) if message.id else None
        if message.id and (found is None or found.fuzzy or not all(words_of(found))):
            missing.append(message.id)
    assert missing == []


@pytest.mark.parametrize("locale", TRANSLATED)
def test_a_translation_has_every_plural_form_of_its_language(locale: str) -> None:
    known = catalogue(locale)
    assert [m.id for m in known if m.pluralizable and len(words_of(m)) != known.num_plurals] == []


@pytest.mark.parametrize("locale", TRANSLATED)
def test_a_translation_names_the_same_placeholders(locale: str) -> None:
    wrong = []
    for message in catalogue(locale):
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        allowed = {name for one in ids for name in PLACEHOLDER.findall(one)}
        # A singular may leave the number out: "one article" says it in words.
        needed = allowed - {"%(num)d"} if message.pluralizable else allowed
        for words in words_of(message):
            found = set(PLACEHOLDER.findall(words))
            if message.id and not needed <= found <= allowed:
                wrong.append((message.id, words))
    assert wrong == []


@pytest.mark.parametrize("locale", TRANSLATED)
def test_a_translation_has_the_same_tags(locale: str) -> None:
    tag = re.compile(r"</?\w+")
    wrong = [
        message.id
        for message in catalogue(locale)
        if isinstance(message.id, str)
        and message.id
        and sorted(tag.findall(message.id)) != sorted(tag.findall(str(message.string)))
    ]
    assert wrong == []
