from __future__ import annotations

from flask.testing import FlaskClient

from helpcenter.articles import publication
from helpcenter.community.reminder_letter import make_token
from helpcenter.core.db import begin_write, db
from helpcenter.search import drainer
from tests.cast import Cast
from tests.community.posts import answer_of, put_acceptance, put_question, question_of
from tests.community.views.test_question import HUMAN, address
from tests.journeys.acts import events
from tests.shelf import edition_of, put_article


def given(cast: Cast, asked: int, text: str, **more: str) -> int:
    sent = cast.browser("cleo").post(f"/en/questions/{asked}/answers", data={"text": text, **more})
    assert sent.status_code == 303, sent.text
    return int(sent.headers["Location"].rpartition("-")[2])


def test_an_address_alone_is_the_article_itself_shown_as_it_is_now(cast: Cast, stranger: FlaskClient) -> None:
    asked = put_question(cast)
    article = put_article("Refunds", "In two days.", summary="How money comes back.")
    answer = given(cast, asked, f"http://localhost/en/articles/{article}-old-words ")
    assert (answer_of(answer).article_id, answer_of(answer).text) == (article, "")
    page = stranger.get(address(asked)).text
    assert "How money comes back." in page and f"/en/articles/{article}-refunds" in page and "In two days." not in page
    begin_write()
    publication.archive(edition_of(article), by=None)
    db.session.commit()
    page = stranger.get(address(asked)).text
    assert "How money comes back." not in page and "Refunds" not in page and "has been removed" in page


def test_the_letter_to_the_asker_leads_to_it_too(cast: Cast, stranger: FlaskClient) -> None:
    asked = put_question(cast)
    given(cast, asked, f"/en/articles/{put_article('Refunds', summary='How money comes back.')}")
    page = stranger.get(f"/reminders/{make_token(question_of(asked))}?lang=en").text
    assert "How money comes back." in page and "This solved it" in page


def test_an_address_among_words_or_of_another_site_stays_a_link(cast: Cast) -> None:
    asked, article = put_question(cast), put_article("Refunds")
    for text in (f"See /en/articles/{article}", f"https://example.org/en/articles/{article}", "/en/articles/999"):
        assert answer_of(given(cast, asked, text)).article_id is None


def test_an_article_is_chosen_among_those_that_fit(cast: Cast) -> None:
    asked, article = put_question(cast), put_article("Get your money back", "Choose refund.", summary="How.")
    drainer.drain()
    cleo = cast.browser("cleo")
    for path in (f"/en/questions/{asked}/articles", f"/en/questions/{asked}/articles?q=refund"):
        assert f'name="article" value="{article}"' in cleo.get(path).text
    assert "No article fits" in cleo.get(f"/en/questions/{asked}/articles?q=zorblaxo").text
    answer = given(cast, asked, "This helped me.", article=str(article))
    assert (answer_of(answer).article_id, answer_of(answer).text) == (article, "This helped me.")


def test_what_one_may_not_read_one_may_not_give(cast: Cast) -> None:
    asked, draft = put_question(cast), put_article("Hidden", published=False)
    sent = cast.browser("cleo").post(f"/en/questions/{asked}/answers", data={"text": "", "article": str(draft)})
    assert sent.status_code == 422


def test_the_evidence_is_the_answer(cast: Cast) -> None:
    asked = put_question(cast)
    answer = given(cast, asked, f"/en/articles/{put_article('Refunds')}")
    put_acceptance(cast, answer)
    assert [(one.subject_kind, one.subject_id) for one in events() if one.kind == "accepted"] == [("answer", answer)]


def test_the_team_sees_what_was_read_before_asking(cast: Cast, stranger: FlaskClient) -> None:
    article, ben = put_article("Refunds of last year"), cast.browser("ben")
    page = ben.get(f"/en/articles/{article}-refunds-of-last-year").text
    token = page.partition('data-token="')[2].partition('"')[0]
    ben.post("/events", data={"token": token, "act": "viewed"}, headers=HUMAN)
    words = {"title": "How do I get my money back?", "text": "Twice.", "topic": "0", "kind": "question", "shown": "1"}
    sent = ben.post("/en/questions", data=words, headers=HUMAN)
    here = sent.headers["Location"]
    staff = cast.browser("sam").get(here).text
    assert "Read before asking" in staff and "Refunds of last year" in staff.partition("Read before asking")[2]
    for browser in (ben, stranger, cast.browser("cleo"), cast.browser("mia")):
        assert "Read before asking" not in browser.get(here).text
