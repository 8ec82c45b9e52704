from __future__ import annotations

from sqlalchemy import select

from helpcenter.articles.folder.report import Outcome
from helpcenter.core.db import begin_write, db
from helpcenter.topics import topic as topics
from helpcenter.topics.topic import Topic, TopicText
from tests.articles.folder.conftest import Folder, article, said


def topic(key: str) -> Topic:
    db.session.rollback()
    return db.session.scalars(select(Topic).where(Topic.key == key).execution_options(populate_existing=True)).one()


def words(key: str) -> dict[str, tuple[str, str]]:
    rows = db.session.scalars(
        select(TopicText).where(TopicText.topic_id == topic(key).id).execution_options(populate_existing=True)
    )
    return {row.locale: (row.title, row.description) for row in rows}


def test_a_topic_file_gives_a_topic_its_words_in_each_language(folder: Folder) -> None:
    folder.write(
        "en/billing/_topic.md", "---\ntitle: Billing\ndescription: Money matters\norder: 4\naudience: members\n---\n"
    )
    folder.write("es/billing/_topic.md", "---\ntitle: Pagos\n---\n")
    folder.write("en/billing/cards/_topic.md", "---\ntitle: Cards\n---\n")
    report = folder.take_in()
    assert report.counts() == {Outcome.IMPORTED: 3}
    assert words("billing") == {"en": ("Billing", "Money matters"), "es": ("Pagos", "")}
    assert (topic("billing").position, topic("billing").audience) == (4, "members")
    assert topic("cards").parent_id == topic("billing").id


def test_a_topic_changed_on_both_sides_keeps_the_words_of_the_web(folder: Folder) -> None:
    folder.write("en/billing/_topic.md", "---\ntitle: Billing\n---\n")
    folder.take_in()
    begin_write()
    topics.describe(db.session.scalars(select(Topic)).one(), "en", "Money")
    db.session.commit()
    folder.write("en/billing/_topic.md", "---\ntitle: Payment\n---\n")
    report = folder.take_in()
    assert report.counts() == {Outcome.CONFLICT: 1}
    assert words("billing")["en"][0] == "Money"


def test_a_changed_topic_file_changes_the_topic(folder: Folder) -> None:
    folder.write("en/billing/_topic.md", "---\ntitle: Billing\n---\n")
    folder.take_in()
    folder.write("en/billing/_topic.md", "---\ntitle: Payment\n---\n")
    assert folder.take_in().counts() == {Outcome.UPDATED: 1}
    assert words("billing")["en"][0] == "Payment"


def test_what_a_topic_file_can_not_say_is_reported_with_its_line(folder: Folder) -> None:
    folder.write("en/billing/_topic.md", "---\ntitle: Billing\ntitel: B\n---\n")
    folder.write("en/orders/_topic.md", "---\ndescription: x\n---\n")
    folder.write("en/cards/_topic.md", "---\ntitle: Cards\n---\n\nSome text\n")
    assert said(folder.take_in()) == [
        "en/billing/_topic.md:3: titel is not a key here; did you mean title?",
        "en/cards/_topic.md:5: left out: the text; a topic has a description",
        "en/orders/_topic.md:1: title: a text of at most 120 characters is needed",
    ]


def test_a_topic_file_is_no_article(folder: Folder) -> None:
    folder.write("en/billing/_topic.md", "---\ntitle: Billing\n---\n")
    folder.write("en/billing/_notes.md", article("Notes"))
    folder.take_in()
    assert said(folder.take_in()) == ["en/billing/_notes.md: left out: not an article by its name"]


def test_a_dry_run_foretells_what_becomes_of_topics(folder: Folder) -> None:
    steps = (
        {
            "en/billing/_topic.md": "---\ntitle: Billing\n---\n",
            "en/billing/cards/_topic.md": "---\ntitle: Cards\n---\n",
        },
        {"en/billing/_topic.md": "---\ntitle: Money\n---\n", "es/billing/_topic.md": "---\ntitle: Pagos\n---\n"},
        {"en/billing/cards/_topic.md": "---\ncolour: red\n---\n"},
        {},
    )
    told = []
    for step in steps:
        for path, text in step.items():
            folder.write(path, text)
        foretold = folder.take_in(is_dry=True)
        done = folder.take_in()
        assert foretold.counts() == done.counts() and said(foretold) == said(done)
        told.append(done.counts())
    assert told[:2] == [{Outcome.IMPORTED: 2}, {Outcome.UPDATED: 1, Outcome.IMPORTED: 1, Outcome.UNCHANGED: 1}]
    assert told[2][Outcome.LEFT_OUT] == 1
