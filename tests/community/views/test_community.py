from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from helpcenter.community import listing
from helpcenter.core import clock
from tests.cast import Cast
from tests.community.posts import put_acceptance, put_answer, put_me_too, put_question, put_solved_for_me, put_vote
from tests.feedback.votes import someone
from tests.shelf import put_article, put_topic


def titles(browser: FlaskClient, path: str = "/en/community") -> list[str]:
    return re.findall(r'class="row-title"[^>]*><a href="/[^"]*" dir="auto">([^<]*)</a>', browser.get(path).text)


def ask(cast: Cast, *names: str, **more: object) -> list[int]:
    """Questions, a minute apart."""
    start, ids = clock.now(), []
    for number, name in enumerate(names):
        with clock.moved(start + timedelta(minutes=number)):
            ids.append(put_question(cast, title=name, **more))  # type: ignore[arg-type]
    return ids


def test_lists_tell_what_waits_and_what_is_solved(cast: Cast, stranger: FlaskClient) -> None:
    first, _second, third = ask(cast, "The first question", "The second question", "The third question")
    with clock.moved(clock.now() + timedelta(hours=1)):
        put_acceptance(cast, put_answer(cast, first))
    assert titles(stranger) == ["The first question", "The third question", "The second question"]
    assert titles(stranger, "/en/community?show=unanswered") == ["The third question", "The second question"]
    assert titles(stranger, "/en/community?show=solved") == ["The first question"]
    put_answer(cast, third, "mia")
    assert titles(cast.browser("mia"), "/en/community/mine") == ["The third question"]
    assert titles(cast.browser("cleo"), "/en/community/mine") == ["The first question"]


def test_they_are_sorted_as_one_likes(cast: Cast, stranger: FlaskClient) -> None:
    first, second = ask(cast, "The first question", "The second question")
    for name in ("cleo", "mia", "ada", "sam"):
        put_me_too(first, cast.id_of(name))
    with clock.moved(clock.now() + timedelta(hours=1)):
        put_answer(cast, second)
    assert titles(stranger, "/en/community?sort=hot") == ["The first question", "The second question"]
    assert titles(stranger, "/en/community?sort=new") == ["The second question", "The first question"]
    assert titles(stranger, "/en/community?sort=nonsense&show=all&topic=x&after=%00"[:-3]) == titles(stranger)


@pytest.mark.parametrize("sort", ["activity", "hot", "new"])
def test_pages_follow_each_other_without_a_gap_also_at_one_moment(
    cast: Cast, stranger: FlaskClient, sort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE_ROWS", 2)
    with clock.moved(clock.now()):
        for number in range(5):
            put_question(cast, title=f"Question number {number}")
    path, found = f"/en/community?sort={sort}", []
    while path:
        page = stranger.get(path).text
        found += titles(stranger, path)
        following = re.search(r'href="([^"]*)" rel="next"', page)
        path = following[1].replace("&amp;", "&") if following else ""
    assert found == [f"Question number {number}" for number in (4, 3, 2, 1, 0)]


def test_a_topic_and_a_tag_hold_their_questions(cast: Cast, stranger: FlaskClient) -> None:
    billing = put_topic("billing", "Billing")
    section = put_topic("refunds", "Refunds", below=billing)
    ask(cast, "About all of it", topic_id=billing, tags=["vat"])
    ask(cast, "About a part of it", topic_id=section)
    ask(cast, "About something else")
    assert sorted(titles(stranger, f"/en/community?topic={billing}")) == ["About a part of it", "About all of it"]
    assert titles(stranger, "/en/tags/vat") == ["About all of it"]
    assert stranger.get("/en/tags/nothing").status_code == 404


def test_a_tag_of_which_one_sees_no_question_is_as_one_that_never_was(cast: Cast, stranger: FlaskClient) -> None:
    ask(cast, "For the team", topic_id=put_topic("inner", "Inner", audience="team"), tags=["walrus"])
    assert [browser.get("/en/tags/walrus").status_code for browser in (stranger, cast.browser("ben"))] == [404, 404]
    assert cast.browser("sam").get("/en/tags/walrus").status_code == 200


def test_a_page_is_of_one_language_and_leads_to_the_others(cast: Cast, stranger: FlaskClient) -> None:
    ask(cast, "An English question")
    ask(cast, "Una pregunta", locale="es")
    assert titles(stranger) == ["An English question"]
    assert sorted(titles(stranger, "/en/community?language=all")) == ["An English question", "Una pregunta"]
    assert titles(stranger, "/es/community") == ["Una pregunta"]


def test_a_person_is_known_by_what_they_solved_and_whom_they_helped(cast: Cast, stranger: FlaskClient) -> None:
    first, second = ask(cast, "The first question", "The second question")
    answers = [put_answer(cast, first), put_answer(cast, second)]
    reader = someone()
    for answer in answers:
        put_vote(answer, reader)
    put_acceptance(cast, answers[0])
    put_solved_for_me(first, reader)
    put_solved_for_me(first, someone())
    page = stranger.get(f"/en/people/{cast.id_of('cleo')}", follow_redirects=True).text
    assert "Helped 2 people" in page
    assert "2 answers" in page and "1 solution" in page and "0 questions" in page
    assert stranger.get(f"/en/people/{cast.id_of('mia')}-mia").status_code == 404


def test_the_community_is_found_from_every_page_and_the_contents_tell_what_was_answered(
    cast: Cast, stranger: FlaskClient
) -> None:
    put_article("Refunds")
    first, second = ask(cast, "The first question", "The second question")
    put_acceptance(cast, put_answer(cast, first))
    put_answer(cast, second)
    page = stranger.get("/en/").text
    assert 'href="/en/community">Community</a>' in page
    assert page.index("Answered in the community") < page.index("The first question") < page.index("The second")
    assert "/en/questions/" in stranger.get("/sitemap.xml").text
