"""What the engine makes of words that are misspelled or still being typed."""

from __future__ import annotations

from helpcenter.search.engine import Correction, Engine
from tests.search.conftest import document, found, query


def test_an_unknown_word_is_corrected_and_that_is_said(engine: Engine) -> None:
    engine.index([document(1, "Refunds", "A refund takes days."), document(2, "Invoices", "Each invoice.")])
    assert engine.search(query("refnud")).correction == Correction("refund", is_used=True)
    results = engine.search(query("invoice refnud"))
    assert results.correction == Correction("invoice refund", is_used=False)
    assert {hit.id for hit in results.hits} == {1, 2}


def test_a_known_word_is_not_corrected(engine: Engine) -> None:
    engine.index([document(1, "Form"), *(document(n, "From here to there", "from form") for n in range(2, 9))])
    assert engine.search(query("form")).correction is None


def test_a_correction_keeps_the_rest_of_the_text(engine: Engine) -> None:
    engine.index([document(1, "Reset a password", "password reset")])
    assert engine.correct(query("How do I  RESET my pasword?")) == "How do I RESET my password?"
    assert engine.correct(query("resetpassword")) == "reset password"


def test_a_text_of_many_unknown_words_is_not_guessed_at_to_its_end(engine: Engine) -> None:
    engine.index([document(1, "Refunds", "A refund takes days.")])
    noise = " ".join(f"qzx{letter}w" for letter in "abcdefgh")
    assert engine.correct(query(f"refnud {noise}")) == f"refund {noise}"
    assert found(engine, f"refnud {noise}") == [1]
    assert engine.correct(query(f"{noise} refnud")) is None
    assert found(engine, f"{noise} refnud") == []


def test_the_word_being_typed_finds_what_it_may_become(engine: Engine) -> None:
    engine.index([document(1, "Invoices", "Download an invoice."), document(2, "Refunds")])
    assert found(engine, "download invo", unfinished=True) == [1]
    assert found(engine, "invo ", unfinished=True) == []


def test_a_slip_in_the_word_being_typed_is_corrected_where_no_word_begins_so(engine: Engine) -> None:
    engine.index([document(1, "Set a new password"), document(2, "Change the pasture"), document(3, "Set a date")])
    assert found(engine, "pasword", unfinished=True) == [1]
    assert found(engine, "how do i set a pasword", unfinished=True)[0] == 1
    assert set(found(engine, "pas", unfinished=True)) == {1, 2}
    assert found(engine, "pastu", unfinished=True) == [2], "a beginning is no slip"


def test_a_slip_in_the_beginning_of_a_word_finds_and_completes_what_it_may_become(engine: Engine) -> None:
    engine.index([document(1, "Set a new password"), document(2, "Change the pasture"), document(3, "Set a date")])
    for typed in ("pasw", "paswo", "psaswo", "passqo"):
        assert found(engine, typed, unfinished=True)[0] == 1, typed
        assert engine.complete(query(f"my {typed}", unfinished=True)).texts[0] == "my password", typed
    assert found(engine, "pasw ", unfinished=True) == [], "a finished word is no beginning"
    assert engine.complete(query("date", unfinished=True)).texts == (), "a known word has no slip in it"


def test_a_slip_in_a_beginning_betrays_no_hidden_word(engine: Engine) -> None:
    engine.index([document(1, "Canarybird", topic_id=99), document(2, "Refunds")])
    assert found(engine, "canrybi", unfinished=True) == []
    assert engine.complete(query("canrybi", unfinished=True)).texts == ()


def test_completion_ends_the_last_word_and_knows_titles(engine: Engine) -> None:
    engine.index([document(1, "Invoice address"), document(2, "Invoices", "invoices invoice"), document(3, "Refunds")])
    completions = engine.complete(query("my invo", unfinished=True))
    assert set(completions.texts) == {"my invoice", "my invoices"}
    assert engine.complete(query("INVOI", unfinished=True)).titles == ("Invoice address", "Invoices")


def test_completion_survives_changes(engine: Engine) -> None:
    engine.index([document(1, "Invoices")])
    assert engine.complete(query("inv", unfinished=True)).texts == ("invoices",)
    engine.index([document(2, "Invitations")])
    assert set(engine.complete(query("inv", unfinished=True)).texts) == {"invoices", "invitations"}
