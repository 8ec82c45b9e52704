"""What the database says of who may see a topic is what the tree says."""

from __future__ import annotations

from itertools import product

import pytest
from flask import Flask
from sqlalchemy import select

from helpcenter.accounts.viewer import STRANGER
from helpcenter.core.db import db
from helpcenter.topics.audience import Audience, seen_by
from helpcenter.topics.topic import Topic
from helpcenter.topics.tree import tree
from helpcenter.topics.visibility import is_visible
from tests.cast import Cast
from tests.shelf import put_topic


@pytest.mark.parametrize("who", [None, "ben", "mia", "ada"])
def test_a_topic_and_its_root_are_both_open_to_whoever_sees_it(app: Flask, cast: Cast, who: str | None) -> None:
    for audience, below in product(Audience, Audience):
        root = put_topic(f"root-{audience}-{below}", "Root", audience=audience)
        put_topic("section", "Section", below=root, audience=below)
    viewer = cast.viewer(who) if who else STRANGER
    found = set(db.session.scalars(select(Topic.id).where(is_visible(Topic.id, seen_by(viewer)))))
    assert found == tree().visible_ids(viewer)
    assert 0 < len(found) < 18 or who in ("mia", "ada")
