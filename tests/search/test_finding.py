from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from helpcenter.accounts.viewer import STRANGER
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.search import drainer, finding, pin, synonym
from helpcenter.search.engine import Correction
from helpcenter.search.engines import engine
from helpcenter.search.passage import plain
from helpcenter.search.pinning import Pinned
from helpcenter.search.synonyms import Synonym
from helpcenter.search.tuning import tuning_now
from tests.search.conftest import change, thing
from tests.search.damage import break_index, kept_copy, remove_index
from tests.search.shelf import Shelf


@pytest.fixture
def things(shelf: Shelf) -> Shelf:
    shelf.put(
        thing(1, "Refunds", "You get your money back within five days."),
        thing(2, "Invoices", "An invoice for each charge."),
        thing(3, "Cancel the subscription", "It ends with the paid month; a refund is rare."),
        thing(1, "Reembolsos", "El dinero vuelve.", locale="es"),
    )
    drainer.drain()
    return shelf


def _found(text: str, **more: object) -> list[int]:
    return [hit.id for hit in finding.find(text, "en", STRANGER, **more).hits]  # type: ignore[arg-type]


def _edit(act: object) -> None:
    begin_write()
    act()  # type: ignore[operator]
    db.session.commit()


def test_the_best_comes_first_with_its_passage(things: Shelf) -> None:
    results = finding.find("refund", "en", STRANGER)
    assert [hit.id for hit in results.hits] == [1, 3]
    assert (results.total, results.is_degraded) == (2, False)
    assert "refund is rare" in plain(results.hits[1].passage)


def test_what_was_hidden_since_the_index_was_made_is_not_shown_nor_counted(things: Shelf) -> None:
    things.hidden = {1}
    results = finding.find("refund", "en", STRANGER)
    assert [hit.id for hit in results.hits] == [3]
    assert (results.total, results.facets) == (None, None)
    assert [hit.id for hit in finding.suggest("refun", "en", STRANGER)] == [3]


def test_a_correction_out_of_hidden_things_alone_is_not_told(things: Shelf) -> None:
    things.hidden = {2}
    results = finding.find("invoicce", "en", STRANGER)
    assert (results.hits, results.correction) == ((), None)


def test_a_deleted_thing_is_not_shown_before_the_index_knows(things: Shelf) -> None:
    del things.documents[1]
    assert _found("refund") == [3]


def test_results_of_a_kind_nobody_knows_any_more_are_not_shown(things: Shelf, app: Flask) -> None:
    kind = app.extensions["subjects"].pop("thing")
    assert _found("refund") == []
    app.extensions["subjects"]["thing"] = kind


def test_a_slip_is_corrected_unless_asked_not_to(things: Shelf) -> None:
    assert finding.find("refnud", "en", STRANGER).correction == Correction("refund", is_used=True)
    plain_results = finding.find("refnud", "en", STRANGER, correct=False)
    assert (plain_results.hits, plain_results.correction) == ((), None)


def test_kinds_and_pages_narrow(things: Shelf) -> None:
    assert _found("refund", kinds=frozenset({"other"})) == []
    assert _found("refund", limit=1, offset=1) == [3]


def test_a_synonym_counts_at_once_and_no_longer_when_it_is_gone(things: Shelf) -> None:
    assert _found("bill") == []
    _edit(lambda: synonym.add("en", ["bill", "invoice"], by=None))
    assert _found("bill") == [2]
    _edit(lambda: synonym.remove(db.session.scalars(synonym.in_language("en")).one()))
    assert _found("bill") == []


def test_a_pin_counts_at_once_and_keeps_to_the_gate(things: Shelf) -> None:
    _edit(lambda: pin.add("en", "refund", ("thing", 2), by=None))
    hits = finding.find("a refund", "en", STRANGER).hits
    assert [(hit.id, hit.is_pinned) for hit in hits] == [(2, True), (1, False), (3, False)]
    things.hidden = {2}
    assert _found("refund") == [1, 3]


def test_a_pin_loses_nothing_and_shows_nothing_twice_from_page_to_page(things: Shelf) -> None:
    _edit(lambda: pin.add("en", "refund", ("thing", 2), by=None))
    assert [_found("refund", limit=1, offset=at) for at in range(3)] == [[2, 1], [3], []]
    _edit(lambda: pin.add("en", "refund", ("thing", 3), by=None))
    assert [_found("refund", limit=1, offset=at) for at in range(3)] == [[2, 3, 1], [], []]
    assert len(finding.suggest("refund", "en", STRANGER, limit=1)) == 1


def test_words_and_pins_can_be_tried_before_they_count(things: Shelf) -> None:
    tried = tuning_now().with_synonym(Synonym("en", ("bill", "invoice"))).with_pin(Pinned("en", "bill", ("thing", 3)))
    assert _found("bill", tuning=tried) == [3, 2]
    assert _found("bill") == []


def test_a_pin_holds_for_what_was_meant(things: Shelf) -> None:
    _edit(lambda: pin.add("en", "refund", ("thing", 2), by=None))
    assert _found("refnud")[0] == 2


def test_a_pin_does_not_pass_a_filter(things: Shelf) -> None:
    _edit(lambda: pin.add("en", "refund", ("thing", 2), by=None))
    assert _found("refund", kinds=frozenset({"other"})) == []


def test_suggestions_follow_the_typing_with_a_long_passage(things: Shelf) -> None:
    hits = finding.suggest("cancel subs", "en", STRANGER)
    assert hits[0].id == 3
    assert "ends with the paid month" in plain(hits[0].passage)
    assert finding.complete("my invo", "en", STRANGER).texts == ("my invoice", "my invoices")


def test_without_an_index_titles_answer_and_say_so_until_it_is_built(things: Shelf) -> None:
    remove_index()
    things.hidden = {3}
    results = finding.find("refund", "en", STRANGER)
    assert [hit.id for hit in results.hits] == [1]
    assert plain(results.hits[0].passage) == "A summary."
    assert (results.is_degraded, results.total, results.facets) == (True, None, None)
    assert [hit.id for hit in finding.suggest("refu", "en", STRANGER)] == [1]
    assert finding.complete("refu", "en", STRANGER).texts == ()
    assert _found("refund", kinds=frozenset({"other"})) == []
    drainer.drain()
    assert finding.find("refund", "en", STRANGER).is_degraded is False


@pytest.mark.parametrize("damage", [break_index, remove_index])
def test_damage_met_by_a_reader_is_healed_by_the_next_drain(things: Shelf, damage: Callable[[], None]) -> None:
    damage()
    assert finding.find("refund", "en", STRANGER).is_degraded
    drainer.drain()
    results = finding.find("refund", "en", STRANGER)
    assert ([hit.id for hit in results.hits], results.is_degraded) == ([1, 3], False)


def test_an_index_that_lost_changes_is_not_asked(things: Shelf) -> None:
    put_back = kept_copy()
    things.put(thing(4, "Refund of taxes"))
    change(4)
    drainer.drain()
    put_back()
    results = finding.find("refund", "en", STRANGER)
    assert results.is_degraded
    assert {hit.id for hit in results.hits} == {1, 4}


def test_an_index_that_is_long_behind_says_so(things: Shelf) -> None:
    things.put(thing(4, "Refund of taxes"))
    change(4)
    assert finding.find("refund", "en", STRANGER).is_degraded is False
    with clock.moved(clock.now() + finding.STALE_AFTER + timedelta(minutes=1)):
        results = finding.find("refund", "en", STRANGER)
    assert results.is_degraded
    assert len(results.hits) == 2


def test_looking_writes_nothing_into_the_database(things: Shelf) -> None:
    def look() -> list[str]:
        statements: list[str] = []

        def note(*given: Any) -> None:
            statements.append(given[2])

        event.listen(db.engine, "before_cursor_execute", note)
        finding.find("refund", "en", STRANGER)
        finding.suggest("refu", "en", STRANGER)
        event.remove(db.engine, "before_cursor_execute", note)
        return statements

    statements = look()
    remove_index()
    statements += look()
    assert statements
    # What begins with WITH names a part of a question.
    assert all(statement.lstrip().upper().startswith(("SELECT", "BEGIN", "WITH WANTED AS")) for statement in statements)


@pytest.mark.parametrize("text", ["", " ", "?", "' OR 1=1 --", "%", "\0", "a" * 10_000])
def test_any_text_is_answered_with_and_without_an_index(things: Shelf, text: str) -> None:
    assert _found(text) == []
    remove_index()
    assert _found(text) == []


def test_an_explanation_names_the_word_and_the_field(things: Shelf) -> None:
    reasons = finding.explain("refund", "en", STRANGER, ("thing", 1))
    assert any("refund" in reason.reason and "title" in reason.reason for reason in reasons)
    assert engine().health().documents == 4
