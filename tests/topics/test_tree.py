from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from helpcenter.accounts.viewer import STRANGER
from helpcenter.core.db import begin_write, db
from helpcenter.topics.audience import Audience, narrowest
from helpcenter.topics.topic import Topic, find_or_make
from helpcenter.topics.tree import tree
from tests.cast import Cast
from tests.shelf import put_topic


def test_a_section_stands_below_its_root(app: Flask) -> None:
    billing = put_topic("billing", "Billing")
    refunds = put_topic("refunds", "Refunds", below=billing)
    assert [node.key for node in tree().path(refunds)] == ["billing", "refunds"]
    assert tree().root_of(refunds) == billing
    assert [node.id for node in tree().sections(billing, STRANGER)] == [refunds]


def test_a_section_holds_no_sections(app: Flask) -> None:
    refunds = put_topic("refunds", "Refunds", below=put_topic("billing", "Billing"))
    begin_write()
    with pytest.raises(ValueError, match="section"):
        find_or_make("partial", refunds)


def test_two_roots_never_share_a_key(app: Flask) -> None:
    put_topic("billing", "Billing")
    begin_write()
    db.session.add(Topic(key="billing"))
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_asking_for_a_topic_twice_gives_the_same(app: Flask) -> None:
    assert put_topic("billing", "Billing") == put_topic("billing", "Money")
    assert tree().nodes[1].text("en").title == "Money"


def test_a_topic_without_words_in_a_language_speaks_the_language_of_the_site(app: Flask) -> None:
    billing = put_topic("billing", "Billing", es="Facturación")
    node = tree().nodes[billing]
    assert node.text("es").title == "Facturación"
    assert node.text("ar").title == "Billing"


def test_a_section_of_a_members_topic_is_for_members_too(app: Flask, cast: Cast) -> None:
    inside = put_topic("inside", "Inside", audience=Audience.MEMBERS)
    section = put_topic("deeper", "Deeper", below=inside)
    assert tree().visible_ids(STRANGER) == frozenset()
    assert tree().visible_ids(cast.viewer("ben")) == {inside, section}


def test_a_team_topic_is_hidden_from_members(app: Flask, cast: Cast) -> None:
    notes = put_topic("notes", "Notes", audience=Audience.TEAM)
    assert notes not in tree().visible_ids(cast.viewer("ben"))
    assert all(notes in tree().visible_ids(cast.viewer(name)) for name in ("ada", "sam", "mia", "root"))


@pytest.mark.parametrize("one", list(Audience))
def test_the_narrowest_of_an_audience_and_everyone_is_itself(one: Audience) -> None:
    assert narrowest(one, Audience.EVERYONE) == one
    assert narrowest(Audience.TEAM, one) == Audience.TEAM
