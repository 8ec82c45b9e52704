from __future__ import annotations

from flask.testing import FlaskClient

from helpcenter.community.question import Kind
from helpcenter.search import drainer
from helpcenter.topics.audience import Audience
from tests.cast import Cast
from tests.community.posts import put_answer, put_duplicate, put_question, question_of
from tests.community.views.test_question import address
from tests.shelf import put_topic


def test_a_moderator_points_to_what_was_asked_before_and_answers_stay(cast: Cast, stranger: FlaskClient) -> None:
    original = put_question(cast, "cleo", "How can I get my money back?")
    asked = put_question(cast)
    put_answer(cast, asked)
    drainer.drain()
    mia = cast.browser("mia")
    chosen = mia.get(f"/en/questions/{asked}/duplicate").text
    assert "How can I get my money back?" in chosen and f'name="original" value="{original}"' in chosen
    sent = mia.post(
        f"/en/questions/{asked}/duplicate", data={"original": f"http://localhost/en/questions/{original}-x"}
    )
    assert sent.status_code == 303
    page = stranger.get(address(asked)).text
    assert "This was asked before:" in page and "Open <em>Billing</em>" in page
    refused = cast.browser("sam").post(f"/en/questions/{asked}/answers", data={"text": "One more."})
    assert refused.status_code == 409 and "One more.</textarea>" in refused.text
    assert question_of(asked).answers == 1


def test_a_duplicate_is_not_unanswered(cast: Cast, stranger: FlaskClient) -> None:
    original, asked = put_question(cast, title="How do I begin with it?"), put_question(cast)
    put_duplicate(cast, asked, original)
    page = stranger.get("/en/community?show=unanswered").text
    assert "How do I begin with it?" in page and "How do I get my money back?" not in page
    assert "Asked before" in stranger.get("/en/community").text


def test_the_asker_contests_and_a_moderator_decides(cast: Cast, stranger: FlaskClient) -> None:
    asked, ben, mia = put_question(cast), cast.browser("ben"), cast.browser("mia")
    put_duplicate(cast, asked, put_question(cast, "cleo", "How do I begin with it?"))
    assert "Contested duplicates" not in mia.get("/en/community").text
    assert ben.post(f"/en/questions/{asked}/duplicate/end").status_code == 403
    assert cast.browser("cleo").post(f"/en/questions/{asked}/duplicate/contest").status_code == 403
    assert ben.post(f"/en/questions/{asked}/duplicate/contest", data={"words": " "}).status_code == 422
    ben.post(f"/en/questions/{asked}/duplicate/contest", data={"words": "Mine was paid twice."})
    assert question_of(asked).original_id is not None
    assert "Contested duplicates" in mia.get("/en/community").text
    assert "Mine was paid twice." in mia.get("/en/community/duplicates").text
    seen = stranger.get(address(asked)).text
    assert "The asker says that it is a different question." in seen and "Mine was paid twice." not in seen
    mia.post(f"/en/questions/{asked}/duplicate/keep")
    assert "the mark stays" in ben.get(address(asked)).text and "Contest it" not in ben.get(address(asked)).text
    assert "No one is contesting" in mia.get("/en/community/duplicates").text
    mia.post(f"/en/questions/{asked}/duplicate/end")
    assert question_of(asked).original_id is None


def test_an_asker_who_found_the_original_says_so_and_takes_it_back(cast: Cast) -> None:
    original, asked, ben = (
        put_question(cast, "cleo", "How do I begin with it?"),
        put_question(cast),
        cast.browser("ben"),
    )
    for wrong in ("", "999", str(asked), "https://example.org/"):
        assert ben.post(f"/en/questions/{asked}/duplicate", data={"original": wrong}).status_code == 422
    assert ben.post(f"/en/questions/{asked}/duplicate", data={"original": str(original)}).status_code == 303
    assert "Mine is a different question" not in ben.get(address(asked)).text
    assert ben.post(f"/en/questions/{asked}/duplicate/end").status_code == 303
    assert question_of(asked).original_id is None


def test_a_choice_that_can_not_be_is_told_in_words_and_stays_typed(cast: Cast) -> None:
    asked, mia = put_question(cast), cast.browser("mia")
    advice = put_question(cast, kind=Kind.EXPERIENCE)
    inside = put_question(cast, "sam", topic_id=put_topic("inner", "Inner", audience=Audience.TEAM))
    there = put_question(cast, locale="es")
    choices = [
        ("duplicate", advice, "That is an experience."),
        ("duplicate", inside, "Not everyone who can read this question can read that one."),
        ("merge", inside, "Not everyone who can read this question can read that one."),
        ("merge", there, "That one is in another language."),
        ("merge", asked, "That is this question, or one that points here."),
    ]
    for act, chosen, said in choices:
        answer = mia.post(f"/en/questions/{asked}/{act}", data={"original": str(chosen)})
        assert answer.status_code == 422 and said in answer.text and f'value="{chosen}"' in answer.text
    # Whoever may not read it hears nothing else than of one that never was.
    answer = cast.browser("ben").post(f"/en/questions/{asked}/duplicate", data={"original": str(inside)})
    assert answer.status_code == 422 and "There is no such question." in answer.text
    assert question_of(asked).original_id is None
