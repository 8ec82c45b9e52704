from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from helpcenter.accounts.viewer import STRANGER
from helpcenter.search import drainer
from helpcenter.support.suggestion import FEWEST_LETTERS, MOST, suggestions
from helpcenter.topics.audience import Audience
from tests.cast import Cast
from tests.community.posts import put_acceptance, put_answer, put_question
from tests.shelf import put_article

SMALL_TALK = "Good morning, I hope you are well, sorry to bother you, my colleague told me that you are always kind. "
THANKS = " Thank you so much in advance and have a nice weekend, best wishes from the whole family."


@pytest.fixture
def shelf(app: Flask) -> Iterator[dict[str, int]]:
    """Articles with some words of small talk in each, so that a polite message meets them all."""
    bodies = {
        "Read an invoice": "An invoice names its number. Your colleague may open the invoice too, always.",
        "Give money back": "A refund takes a week. You are told in advance by mail, and thank nobody.",
        "Change the language": "Choose Spanish at the top. Good morning becomes buenos días.",
        "Print a label": "The label printer wants paper. A kind of label is chosen at the top.",
        "Keep the family together": "A family account holds the whole family, and the weekend plan of the family.",
    }
    yield {title: put_article(title, body) for title, body in bodies.items()}


def titles(text: str, locale: str = "en") -> list[str]:
    drainer.drain()
    return [one.title for one in suggestions(text, locale, STRANGER)]


def test_a_polite_complaint_finds_the_article_whose_rare_words_it_has(shelf: dict[str, int]) -> None:
    complaint = "Since Tuesday the printer prints nothing on any label, though there is paper in it."
    assert titles(SMALL_TALK * 3 + complaint + THANKS)[0] == "Print a label"


def test_words_that_no_article_has_change_nothing(shelf: dict[str, int]) -> None:
    complaint = "The refund for my order has not come, and I waited for more than a week."
    unknown = " ".join(f"Quxblorf{number} zzyzx{number}" for number in range(60))
    assert titles(f"{unknown} {complaint}") == titles(complaint)
    assert titles(complaint)[0] == "Give money back"


def test_what_is_said_twice_counts_more_than_what_is_said_once(shelf: dict[str, int]) -> None:
    put_article("First bird", "A kestrel.")
    put_article("Second bird", "A walrus.")
    assert titles("A kestrel and a walrus: what does the kestrel do there?")[0] == "First bird"
    assert titles("A kestrel and a walrus: what does the walrus do there?")[0] == "Second bird"


def test_words_that_stand_together_in_a_title_are_no_chance(shelf: dict[str, int]) -> None:
    put_article("Hand over a task", "Some words.")
    put_article("Over and under the hand", "Some words.")
    assert titles("On Monday I leave, and I have to hand over everything.")[0] == "Hand over a task"


def test_the_end_of_a_long_message_is_read_too(shelf: dict[str, int]) -> None:
    assert titles(SMALL_TALK * 8 + "All this because the invoice has no number.")[0] == "Read an invoice"


def test_there_are_three_at_most_and_none_before_there_is_something_to_go_by(shelf: dict[str, int]) -> None:
    put_article("Label and invoice", "Printer, refund, family, Spanish.")
    assert len(titles("printer refund family Spanish invoice label")) == MOST
    assert titles("invoice"[:FEWEST_LETTERS]) == []
    assert titles(" " * FEWEST_LETTERS + "invoice") == []


def test_nothing_is_suggested_when_no_word_is_known(shelf: dict[str, int]) -> None:
    assert titles("Quxblorf zzyzx frobnicated thrice.") == []


def test_only_what_the_writer_may_read_is_suggested(shelf: dict[str, int]) -> None:
    put_article("Invoices of the team", "Invoice invoice invoice.", audience=Audience.TEAM)
    assert "Invoices of the team" not in titles("I would like to see the invoices of the team.")


def test_ten_thousand_letters_cost_no_more_than_a_page_of_them(shelf: dict[str, int]) -> None:
    """Behind the first 1,500 nothing is read, so that nobody can make the site work by pasting a book."""
    page = SMALL_TALK * 15
    assert len(page) > 1_500
    assert titles(page + "invoice " * 1_000) == titles(page)


def test_a_message_is_read_in_its_own_language(shelf: dict[str, int]) -> None:
    put_article("Leer una factura", "La factura lleva un número.", locale="es", of=shelf["Read an invoice"])
    assert titles("Buenos días, no entiendo la factura que me han mandado.", "es") == ["Leer una factura"]


def test_a_solved_question_is_suggested_and_an_open_one_is_not(app: Flask, cast: Cast) -> None:
    put_question(cast, title="The walrus does not print any label")
    solved = put_question(cast, title="The walrus prints a wrong label")
    put_acceptance(cast, put_answer(cast, solved))
    assert titles("Our walrus has not printed a label for days now.") == ["The walrus prints a wrong label"]
