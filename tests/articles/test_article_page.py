from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from helpcenter.articles.article import Article
from helpcenter.articles.publication import archive
from helpcenter.core.db import begin_write, db
from helpcenter.topics.audience import Audience
from tests.cast import Cast
from tests.shelf import change_article, edition_of, put_article, put_topic


def test_a_reader_sees_title_text_and_where_the_article_stands(app: Flask, stranger: FlaskClient) -> None:
    billing = put_topic("billing", "Billing")
    article = put_article("Refunds", "Press **Refund**.", topic_id=billing, summary="Get your money back.")
    page = stranger.get(f"/en/articles/{article}-refunds").text
    assert "<h1" in page
    assert "<strong>Refund</strong>" in page
    assert "Get your money back." in page
    assert f"/en/topics/{billing}-billing" in page


def test_the_id_decides_and_any_other_slug_moves_on(app: Flask, stranger: FlaskClient) -> None:
    article = put_article("Refunds")
    for path in (f"/en/articles/{article}", f"/en/articles/{article}-an-old-name"):
        answer = stranger.get(f"{path}?from=mail")
        assert (answer.status_code, answer.location) == (301, f"/en/articles/{article}-refunds?from=mail")


def test_a_missing_translation_shows_the_language_there_is_and_says_so(app: Flask, stranger: FlaskClient) -> None:
    article = put_article("Refunds", "English words.")
    page = stranger.get(f"/ar/articles/{article}-refunds").text
    assert "English words." in page
    assert 'lang="en"' in page
    assert f'rel="canonical" href="http://localhost/en/articles/{article}-refunds"' in page


def test_languages_are_linked_to_each_other(app: Flask, stranger: FlaskClient) -> None:
    article = put_article("Refunds")
    put_article("Reembolsos", locale="es", of=article)
    page = stranger.get(f"/en/articles/{article}-refunds").text
    assert f'hreflang="es" href="http://localhost/es/articles/{article}-reembolsos"' in page
    assert f'hreflang="ru" href="http://localhost/ru/articles/{article}' not in page


def test_the_same_page_comes_back_as_not_modified(app: Flask, stranger: FlaskClient) -> None:
    article = put_article("Refunds")
    path = f"/en/articles/{article}-refunds"
    first = stranger.get(path)
    again = stranger.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    change_article(article, body="Other words.")
    assert stranger.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_public_page_sets_no_cookie_and_is_the_same_for_every_stranger(app: Flask) -> None:
    article = put_article("Refunds")
    pages = [app.test_client().get(f"/en/articles/{article}-refunds") for _ in range(2)]
    assert pages[0].data == pages[1].data
    assert all("Set-Cookie" not in page.headers for page in pages)
    assert pages[0].headers["Cache-Control"] == "no-cache"
    assert "Cookie" in pages[0].headers["Vary"]


def test_what_was_taken_away_is_gone_and_names_its_successor(app: Flask, stranger: FlaskClient) -> None:
    old, new = put_article("Old refunds"), put_article("New refunds")
    begin_write()
    archive(edition_of(old), by=None)
    db.session.get_one(Article, old).successor_id = new
    db.session.commit()
    answer = stranger.get(f"/en/articles/{old}-old-refunds")
    assert answer.status_code == 410
    assert f"/en/articles/{new}-new-refunds" in answer.text


def test_a_draft_does_not_exist_for_readers(app: Flask, stranger: FlaskClient, cast: Cast) -> None:
    draft = put_article("Secret plans", published=False)
    path = f"/en/articles/{draft}-secret-plans"
    assert stranger.get(path).status_code == 404
    assert cast.browser("ben").get(path).status_code == 404


def test_an_article_for_members_is_hidden_from_strangers(app: Flask, stranger: FlaskClient, cast: Cast) -> None:
    article = put_article("For members", audience=Audience.MEMBERS)
    path = f"/en/articles/{article}-for-members"
    assert stranger.get(path).status_code == 404
    assert stranger.get(f"/en/articles/{article}.md").status_code == 404
    assert cast.browser("ben").get(path).status_code == 200


def test_the_markdown_twin_gives_the_source(app: Flask, stranger: FlaskClient) -> None:
    article = put_article("Refunds", "Press **Refund**.", summary="Money back.")
    answer = stranger.get(f"/en/articles/{article}.md")
    assert answer.mimetype == "text/markdown"
    assert answer.text == "# Refunds\n\nMoney back.\n\nPress **Refund**.\n"


def test_before_and_after_follow_the_order_of_the_topic(app: Flask, stranger: FlaskClient) -> None:
    topic = put_topic("billing", "Billing")
    first, middle, last = (put_article(f"Step {n}", topic_id=topic, position=n) for n in (1, 2, 3))
    page = stranger.get(f"/en/articles/{middle}-step-2").text
    assert f'href="/en/articles/{first}-step-1" rel="prev"' in page
    assert f'href="/en/articles/{last}-step-3" rel="next"' in page


def test_only_editors_see_the_line_for_the_team(app: Flask, cast: Cast) -> None:
    article = put_article("Refunds", by=cast.id_of("ada"))
    path = f"/en/articles/{article}-refunds"
    assert f"/studio/articles/{article}" in cast.browser("ada").get(path).text
    assert "staff-line" not in cast.browser("ben").get(path).text


def test_structured_data_names_article_and_breadcrumb(app: Flask, stranger: FlaskClient) -> None:
    article = put_article("Refunds </script>")
    page = stranger.get(f"/en/articles/{article}", follow_redirects=True).text
    assert '"@type": "TechArticle"' in page
    assert '"@type": "BreadcrumbList"' in page
    assert '</script>"' not in page
