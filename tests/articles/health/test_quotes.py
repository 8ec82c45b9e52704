"""Accepted answers that name an article which changed since they were accepted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from helpcenter.articles.health.finding import Wanted, some
from helpcenter.articles.health.kind import Kind
from helpcenter.articles.revision import Significance
from helpcenter.community import citation, editing, rerendering
from helpcenter.community.citation import AnswerCitation
from helpcenter.community.editing import Edit
from helpcenter.community.post_revision import Content
from helpcenter.community.rendering import rendered
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from tests.articles.health.conftest import found, said
from tests.cast import Cast
from tests.community.posts import answer_of, locked, put_acceptance, put_answer, put_question
from tests.shelf import change_article, edition_of, put_article


def accepted(cast: Cast, text: str, locale: str = "en") -> int:
    """An answer in these words that solved a question."""
    asked = put_question(cast, locale=locale)
    answer = put_answer(cast, asked, text=text)
    put_acceptance(cast, answer)
    return answer


def change(article_id: int, words: str, significance: Significance = Significance.MEDIUM) -> None:
    """Publish other words, some days later."""
    with clock.moved(clock.now() + timedelta(days=3)):
        change_article(article_id, body=words, significance=significance)


def test_a_change_is_told_with_the_answers_that_name_the_article(cast: Cast) -> None:
    refunds = put_article("Refunds")
    answer = accepted(
        cast, f"As [here](/en/articles/{refunds}-refunds#h-x) and <http://localhost/en/articles/{refunds}>."
    )
    put_answer(cast, put_question(cast), text=f"[not accepted](/en/articles/{refunds})")
    accepted(cast, f"[elsewhere](https://other.example/en/articles/{refunds}) [many](/en/articles/{refunds}1)")
    assert found(Kind.QUOTES) == []
    change(refunds, "Other words.")
    assert found(Kind.QUOTES) == [("Refunds", 0)]
    assert said(Kind.QUOTES)[0].startswith("The accepted answer to “How do I get my money back?” links to this article")
    one = some(Kind.QUOTES, Wanted(), None)[0]
    assert one.about["url"] == f"/answers/{answer}"
    assert some(Kind.QUOTES, Wanted(edition_id=edition_of(refunds).id), None) == [one]
    assert some(Kind.QUOTES, Wanted(edition_id=edition_of(put_article("Cards")).id), None) == []


def test_the_language_counts_that_the_answer_is_in(cast: Cast) -> None:
    refunds = put_article("Refunds")
    put_article("Reembolsos", locale="es", of=refunds)
    accepted(cast, f"[r](/en/articles/{refunds})", locale="es")
    change(refunds, "Other word.")
    assert found(Kind.QUOTES) == []
    accepted(cast, f"[r](/en/articles/{refunds})", locale="ru")
    # In a language without a translation the one written first counts.
    assert found(Kind.QUOTES) == [("Refunds", 0)]


def test_a_correction_of_a_typo_is_no_change(cast: Cast) -> None:
    refunds = put_article("Refunds")
    accepted(cast, f"[r](/en/articles/{refunds})")
    change(refunds, "Some wards.", Significance.TYPO)
    assert found(Kind.QUOTES) == []


def test_only_what_changed_after_the_acceptance_counts(cast: Cast) -> None:
    refunds = put_article("Refunds")
    change_article(refunds, body="Other words.")
    with clock.moved(clock.now() + timedelta(minutes=1)):
        accepted(cast, f"[r](/en/articles/{refunds})")
        assert found(Kind.QUOTES) == []
        change(refunds, "Some typo.", Significance.TYPO)
        assert found(Kind.QUOTES) == []


def test_an_edit_of_the_answer_brings_it_up_to_date(cast: Cast) -> None:
    refunds, cards = put_article("Refunds"), put_article("Cards")
    answer = accepted(cast, f"[r](/en/articles/{refunds})")
    change(refunds, "Other words.")
    with clock.moved(clock.now() + timedelta(days=4)):
        text = f"[c](/en/articles/{cards})"
        html, row = rendered(text, "en"), answer_of(answer)
        seen = editing.stamp(editing.content_of(row))
        begin_write()
        edit = Edit(Content(text=text), html, seen, cast.id_of("cleo"))
        editing.edit_answer(locked(row.question_id), answer_of(answer), edit)
        db.session.commit()
    assert found(Kind.QUOTES) == []
    assert db.session.scalars(select(AnswerCitation.article_id)).all() == [cards]


def test_an_article_given_as_the_answer_is_named_by_it(cast: Cast) -> None:
    refunds = put_article("Refunds")
    answer = accepted(cast, "Read this.")
    begin_write()
    citation.keep(answer, answer_of(answer).html, refunds)
    db.session.commit()
    change(refunds, "Other words.")
    assert found(Kind.QUOTES) == [("Refunds", 0)]


def test_what_answers_name_is_found_again_by_rendering_them(cast: Cast) -> None:
    refunds = put_article("Refunds")
    accepted(cast, f"[r](/en/articles/{refunds})")
    begin_write()
    db.session.execute(delete(AnswerCitation))
    db.session.commit()
    rerendering.render_all(only_old=False)
    change(refunds, "Other words.")
    assert found(Kind.QUOTES) == [("Refunds", 0)]


@pytest.mark.parametrize(
    ("html", "numbers"),
    [
        ('<a href="/en/articles/12-refunds">', {12}),
        ('<a href="/ar/articles/12">', {12}),
        ('<a href="http://localhost/en/articles/12?x=1#h-a">', {12}),
        ('<a href="/en/articles/12.md">', {12}),
        ('<a href="https://other.example/en/articles/12">', set()),
        ('<a href="/en/articles/99999999999">', set()),
        ('<a href="/en/articles/9999999999">', set()),
        ("/en/articles/12", set()),
    ],
)
def test_which_articles_an_answer_links_to(cast: Cast, html: str, numbers: set[int]) -> None:
    assert cast and citation.articles_in(html) == numbers
