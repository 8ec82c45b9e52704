"""Naming people with an @: who is found, what it becomes, and who hears of it."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from helpcenter.accounts import user
from helpcenter.accounts.notifications.notification import Notification
from helpcenter.community import mention
from helpcenter.community.rendering import rendered
from helpcenter.core.db import begin_write, db
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.visitor import new_id
from tests.accounts.notifications.inbox import lines
from tests.cast import Cast
from tests.community.posts import TITLE, answer_of, give_answer, locked, put_answer, put_question


def answer(cast: Cast, name: str, question_id: int, text: str) -> int:
    """Through the form, as people do; the id of the answer."""
    answer = cast.browser(name).post(f"/en/questions/{question_id}/answers", data={"text": text})
    assert answer.status_code == 303, answer.text
    return int(answer.location.rsplit("-", 1)[1])


def told(cast: Cast, name: str) -> list[str]:
    wanted = select(Notification.kind).where(Notification.user_id == cast.id_of(name)).order_by(Notification.id)
    return list(db.session.scalars(wanted))


def test_who_wrote_here_is_named_by_their_name(cast: Cast) -> None:
    question_id = put_question(cast)
    put_answer(cast, question_id, "cleo")
    answer_id = answer(cast, "mia", question_id, "As @cleo says, and @ben knows.")
    html = answer_of(answer_id).html
    for name in ("cleo", "ben"):
        link = (
            f'<a href="/en/people/{cast.id_of(name)}" class="mention" rel="nofollow ugc noopener">@{name.title()}</a>'
        )
        assert link in html
    assert lines(cast.browser("cleo")) == [f"*Mia mentioned you in “{TITLE}”"]
    assert told(cast, "ben") == ["answer", "mention"]


def test_anybody_is_named_by_what_their_page_is_called(cast: Cast) -> None:
    put_question(cast, "cleo", title="Another question")
    question_id = put_question(cast)
    handle = mention.handle(cast.id_of("cleo"), "Cleo")
    answer_id = answer(cast, "mia", question_id, f"Ask @{handle}, not @{cast.id_of('sam')}-sam.")
    html = answer_of(answer_id).html
    assert f'href="/en/people/{cast.id_of("cleo")}"' in html and "@Cleo</a>" in html
    # Sam never wrote, so nobody finds out that this is his number.
    assert "/en/people/" + str(cast.id_of("sam")) not in html and told(cast, "sam") == []


def test_the_link_of_a_name_leads_to_the_page(cast: Cast) -> None:
    put_question(cast)
    page = cast.browser("cleo").get(f"/en/people/{cast.id_of('ben')}", follow_redirects=True)
    assert page.status_code == 200 and "Ben" in page.text


@pytest.mark.parametrize(
    "text", ["`@Ben`", "    @Ben", "ben@Ben.example", "[@Ben](https://example.org)", "@Bennet", "@ Ben"]
)
def test_what_only_looks_like_a_name_names_nobody(cast: Cast, text: str) -> None:
    question_id = put_question(cast)
    found = rendered(f"x\n\n{text}\n", "en", mention.people_for(text, "en", question_id))
    assert found.mentioned == () and "mention" not in found.html


def test_two_of_the_same_name_are_told_apart_by_their_number_alone(cast: Cast) -> None:
    question_id = put_question(cast)
    put_answer(cast, question_id, "cleo")
    begin_write()
    person = user.by_id(cast.id_of("cleo"))
    assert person is not None
    person.name = "ben"
    db.session.commit()
    text = f"@Ben or @{cast.id_of('cleo')}-ben"
    found = rendered(text, "en", mention.people_for(text, "en", question_id))
    assert found.mentioned == (cast.id_of("cleo"),) and found.plain_text == "@Ben or @ben"


def test_a_name_can_not_become_markup(cast: Cast) -> None:
    question_id = put_question(cast)
    begin_write()
    person = user.by_id(cast.id_of("ben"))
    assert person is not None
    person.name = 'B"><img src=x onerror=alert(1)>'
    db.session.commit()
    text = f"Ask @{mention.handle(person.id, person.name)}."
    found = rendered(text, "en", mention.people_for(text, "en", question_id))
    assert found.mentioned == (person.id,) and "<img" not in found.html and "&gt;&lt;img" in found.html


def test_more_than_ten_are_too_many(cast: Cast) -> None:
    question_id = put_question(cast)
    begin_write()
    ids = [user.add(f"Guest {number:02}", f"guest{number}@example.org", "x").id for number in range(11)]
    db.session.commit()
    for one in ids:
        html = rendered("Yes.", "en")
        begin_write()
        give_answer(locked(question_id), "Yes.", html, by=Actor(new_id(), one), author_id=one, is_staff=False)
        db.session.commit()
    text = " ".join(f"@Guest {number:02}" for number in range(11))
    refused = cast.browser("mia").post(f"/en/questions/{question_id}/answers", data={"text": text})
    assert refused.status_code == 422 and "Mention at most 10 people." in refused.text and "@Guest 10" in refused.text
    answer(cast, "mia", question_id, text.rsplit(" @", 1)[0])
    assert told(cast, "mia") == []


def test_a_question_names_people_too(cast: Cast) -> None:
    put_question(cast, "cleo", title="Another question")
    handle = mention.handle(cast.id_of("cleo"), "Cleo")
    form = {
        "title": "Does @ work in questions?",
        "text": f"What do you say, @{handle}?",
        "kind": "question",
        "shown": "1",
    }
    asked = cast.browser("ben").post("/en/questions", data=form)
    assert asked.status_code == 303
    assert lines(cast.browser("cleo")) == ["*Ben mentioned you in “Does @ work in questions?”"]


def test_nobody_is_told_that_they_named_themselves(cast: Cast) -> None:
    question_id = put_question(cast)
    answer(cast, "ben", question_id, "I, @Ben, found it.")
    assert told(cast, "ben") == []


def test_people_are_offered_in_the_order_in_which_the_thread_names_them(cast: Cast) -> None:
    number = put_question(cast, "ada")
    for name in ("sam", "cleo", "mia"):
        put_answer(cast, number, name)
    page = cast.browser("ben").get(f"/en/questions/{number}", follow_redirects=True).text
    assert re.findall(r'data-name="@(\w+)"', page) == ["Ada", "Sam", "Cleo", "Mia"]
