from __future__ import annotations

import pytest
from flask import Flask

from helpcenter.accounts.viewer import STRANGER
from helpcenter.community import subject, tag
from helpcenter.community.visibility import readable, readable_answer
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import NotFound
from helpcenter.search import drainer, finding
from helpcenter.search.passage import plain
from helpcenter.topics.audience import Audience
from tests.cast import Cast
from tests.community.posts import put_acceptance, put_answer, put_question, question_of
from tests.shelf import put_article, put_topic


def found(text: str) -> list[tuple[str, int, bool, str]]:
    drainer.drain()
    hits = finding.find(text, "en", STRANGER).hits
    return [(hit.kind, hit.id, hit.solved, plain(hit.passage)) for hit in hits]


def test_a_question_is_found_beside_articles(cast: Cast) -> None:
    article, asked = put_article("Refund a payment", "Money goes back."), put_question(cast, text="A refund, please.")
    assert {(kind, number) for kind, number, _, _ in found("refund")} == {("article", article), ("question", asked)}


def test_a_solved_question_answers_with_its_solution_and_is_found_by_what_was_asked(cast: Cast) -> None:
    asked = put_question(cast, title="Paid for nothing", text="I paid twice with a walrus.")
    answer = put_answer(cast, asked, text="Open the list and choose to give it back.")
    assert found("walrus")[0][2] is False
    put_acceptance(cast, answer)
    (hit,) = found("walrus")
    assert hit == ("question", asked, True, "Open the list and choose to give it back.")


def test_what_is_asked_in_a_topic_for_members_is_for_members(cast: Cast) -> None:
    inside = put_topic("inside", "Inside", audience=Audience.MEMBERS)
    asked = put_question(cast, text="A walrus.", topic_id=inside)
    answer = put_answer(cast, asked)
    assert found("walrus") == []
    with pytest.raises(NotFound):
        readable(asked, STRANGER)
    with pytest.raises(NotFound):
        readable_answer(answer, STRANGER)
    assert readable_answer(answer, cast.viewer("cleo")).id == answer
    assert subject.title_matches("money", "en", STRANGER, 5) == []
    assert [one.id for one in subject.title_matches("MONEY back", "en", cast.viewer("cleo"), 5)] == [asked]


def test_questions_move_with_their_topic(cast: Cast) -> None:
    billing, other = put_topic("billing", "Billing"), put_topic("other", "Other")
    asked = put_question(cast, topic_id=billing)
    begin_write()
    assert subject.move_topic(billing, other) == 1
    db.session.commit()
    assert question_of(asked).topic_id == other
    assert subject.root_topic(asked) == other


def test_a_tag_is_the_same_in_every_spelling(app: Flask, cast: Cast) -> None:
    assert tag.read("Credit Card, credit-card,, #VAT ، فاتورة") == ["credit-card", "vat", "فاتورة"]
    asked = put_question(cast, tags=["vat", "credit-card"])
    put_question(cast, tags=["vat"])
    assert tag.of_questions([asked]) == {asked: ["credit-card", "vat"]}
