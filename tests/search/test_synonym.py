from __future__ import annotations

import pytest
from flask import Flask

from helpcenter.core import content_version
from helpcenter.core.db import begin_write, db
from helpcenter.search import pin, synonym
from helpcenter.search.phrase import PhraseRefused
from helpcenter.search.synonym import SynonymRefused
from helpcenter.search.synonyms import Synonym


@pytest.mark.parametrize(
    ("locale", "phrases", "to", "reason"),
    [
        ("de", ["a word", "b word"], [], "language"),
        ("en", ["bill"], [], "too few"),
        ("en", [], ["bill", "invoice"], "too few"),
        ("en", [f"word{n}" for n in range(21)], [], "too many"),
        ("en", ["bill", "one two three four five six"], [], "too long"),
        ("en", ["bill", "…"], [], "no word"),
        ("en", ["bill", "bills"], [], "same"),
    ],
)
def test_words_that_make_no_synonym_are_refused_with_a_reason(
    app: Flask, locale: str, phrases: list[str], to: list[str], reason: str
) -> None:
    assert reason in synonym.REASONS
    with pytest.raises(SynonymRefused, match=f"^{reason}$"):
        synonym.checked(locale, phrases, to)


def test_spaces_and_repetitions_are_tidied(app: Flask) -> None:
    assert synonym.checked("en", [" log   in", "log in", "", "sign in"]) == Synonym("en", ("log in", "sign in"))


def test_an_edit_raises_the_content_version_and_is_read_by_everybody(app: Flask) -> None:
    before = content_version.current()
    begin_write()
    row = synonym.add("en", ["bill", "invoice"], by=None)
    db.session.commit()
    assert content_version.current() > before
    assert synonym.synonyms().entries == (Synonym("en", ("bill", "invoice")),)
    begin_write()
    row = db.session.merge(row)
    synonym.change(row, ["iphone"], ["phone"], by=None)
    db.session.commit()
    assert synonym.synonyms().entries == (Synonym("en", ("iphone",), ("phone",)),)


def test_pins_stand_in_the_order_they_were_made(app: Flask) -> None:
    begin_write()
    for id in (7, 3):
        pin.add("en", "Cancel  subscription", ("article", id), by=None)
    db.session.commit()
    assert [(one.phrase, one.subject, one.place) for one in pin.pins()] == [
        ("Cancel subscription", ("article", 7), 1),
        ("Cancel subscription", ("article", 3), 2),
    ]
    assert pin.count("en") == 2


@pytest.mark.parametrize(
    ("locale", "phrase", "id", "reason"),
    [
        ("de", "refund", 1, "language"),
        ("en", "?!", 1, "no word"),
        ("en", "x" * 201, 1, "too long"),
        ("en", "the refunds", 1, "pinned"),
        ("en", "refund", 9, "too many"),
    ],
)
def test_a_pin_that_makes_no_sense_is_refused_with_a_reason(
    app: Flask, locale: str, phrase: str, id: int, reason: str
) -> None:
    assert reason in pin.REASONS
    begin_write()
    for other in (1, 2, 3):
        pin.add("en", "refund", ("article", other), by=None)
    with pytest.raises(PhraseRefused, match=f"^{reason}$"):
        pin.add(locale, phrase, ("article", id), by=None)
    db.session.rollback()
