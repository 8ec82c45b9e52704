from __future__ import annotations

from helpcenter.search.engine import Hit
from helpcenter.search.pinning import Pinned, pinned_first, pinned_for

PINS = [
    Pinned("en", "cancel subscription", ("article", 7), place=2),
    Pinned("en", "subscription, cancel", ("article", 3), place=1),
    Pinned("en", "refund", ("article", 9)),
    Pinned("es", "cancel subscription", ("article", 1)),
]


def _hit(id: int) -> Hit:
    return Hit("article", id, "en", 1.0, "Title", (), (), 1, "everyone", None, False)


def test_a_pin_holds_for_the_same_words_in_any_order_and_form() -> None:
    assert pinned_for("how do I cancel my subscriptions", "en", PINS) == [("article", 3), ("article", 7)]


def test_a_pin_does_not_hold_when_another_telling_word_is_there() -> None:
    assert pinned_for("cancel subscription refund", "en", PINS) == []


def test_a_pin_is_of_one_language() -> None:
    assert pinned_for("cancel subscription", "es", PINS) == [("article", 1)]


def test_nothing_is_pinned_for_nothing() -> None:
    assert pinned_for("  ?! ", "en", [Pinned("en", "…", ("article", 1))]) == []


def test_a_pinned_result_stands_first_and_once() -> None:
    hits = pinned_first([_hit(1), _hit(2), _hit(3)], [_hit(3)])
    assert [(hit.id, hit.is_pinned) for hit in hits] == [(3, True), (1, False), (2, False)]
