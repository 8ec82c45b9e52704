"""Made-up words hidden in everything that not everybody may see, each with who may."""

from __future__ import annotations

from helpcenter.articles import publication, rendering
from helpcenter.articles.article import Article
from helpcenter.articles.revision import Content
from helpcenter.articles.studio import draft, place
from helpcenter.articles.studio.draft import Change
from helpcenter.community import draft as question_draft
from helpcenter.core.db import begin_write, db
from helpcenter.feedback import vote
from helpcenter.files import upload
from helpcenter.search import pin, synonym
from helpcenter.topics.audience import Audience
from helpcenter.topics.topic import Topic, describe
from tests.cast import Cast
from tests.community.moderation.acts import delete, hide, put_flag, wait
from tests.community.posts import put_acceptance, put_answer, put_question, put_vote
from tests.feedback.votes import someone
from tests.files.pictures import picture
from tests.house.canaries_of_people import plant_conversation, plant_what_people_hear_of, plant_words_of_people
from tests.house.garden import COMMON, EDITORS, MODERATORS, SIGNED_IN, TEAM, Garden
from tests.shelf import edition_of, put_article, put_topic


def plant(cast: Cast) -> Garden:
    """A site on which everything hidden holds a canary."""
    garden = Garden()
    billing = put_topic("billing", "Billing", es="Facturas", ru="Счета", ar="الفواتير")
    refunds = put_article("Ask for a refund", f"The money of your {COMMON}.", topic_id=billing, by=cast.id_of("ada"))
    invoice = put_article("Read an invoice", f"Lines of your {COMMON}.", topic_id=billing, position=1)
    put_article("Pedir un reembolso", "El dinero.", of=refunds, locale="es")
    garden.article_ids += [refunds, invoice]
    _plant_drafts(garden, cast, billing, refunds)
    _plant_archived(garden, billing)
    _plant_audiences(garden, billing)
    _plant_topics(garden, cast, billing)
    _plant_draft_of_question(garden)
    _plant_moderated(garden, cast)
    plant_words_of_people(garden, cast, refunds)
    plant_what_people_hear_of(garden, cast)
    plant_conversation(garden, cast)
    _tune_search(garden)
    garden.readable = {"stranger": 2, "member": 4, "agent": 6, "moderator": 6, "editor": 6, "admin": 6}
    return garden


def _plant_drafts(garden: Garden, cast: Cast, billing: int, refunds: int) -> None:
    by = cast.id_of("ada")
    shot = upload.store_picture(picture(size=(40, 30)), by=by)
    garden.file_names.append(shot.name)
    garden.where[shot.name], garden.seen_by[shot.name] = "the picture of a draft", EDITORS
    words = {part: garden.word(f"{part} of a draft", EDITORS) for part in ("title", "body", "summary", "tag", "slug")}
    content = Content(
        f"Draft {words['title']}", f"{words['body']} {COMMON} ![A shot]({shot.url})", words["summary"], (words["tag"],)
    )
    fresh = put_article("Placeholder", topic_id=billing, published=False)
    _revise(fresh, "en", content, by=by, slug=words["slug"])
    garden.article_ids.append(fresh)
    waiting = {part: garden.word(f"{part} of a revision that waits", EDITORS) for part in ("title", "body", "summary")}
    content = Content(f"Ask {waiting['title']}", f"{waiting['body']} {COMMON}", waiting["summary"])
    _revise(refunds, "en", content, by=by, note=garden.word("note on a revision that waits", EDITORS))
    translated = garden.word("title of a translation that waits", EDITORS)
    _revise(refunds, "ru", Content(f"Возврат {translated}", COMMON), by=by, slug=translated)
    _old_address(garden, fresh)


def _revise(article_id: int, locale: str, content: Content, *, by: int, note: str = "", slug: str = "") -> None:
    result = rendering.rendered(content.body, locale)
    latest = edition_of(article_id, locale).latest_revision_id if locale == "en" else None
    begin_write()
    draft.save(article_id, locale, Change(content, latest, note, slug=slug), result, by=by)
    db.session.commit()


def _old_address(garden: Garden, article_id: int) -> None:
    path = f"/old/{article_id}"
    begin_write()
    place.answer_to(db.session.get_one(Article, article_id), [path])
    db.session.commit()
    garden.old_paths.append(path)


def _plant_archived(garden: Garden, billing: int) -> None:
    title, body = (garden.word(f"{part} of an archived article", EDITORS) for part in ("title", "body"))
    archived = put_article(f"Archived {title}", f"{body} {COMMON}", topic_id=billing)
    _archive(archived)
    garden.article_ids.append(archived)


def _archive(article_id: int, successor_id: int | None = None) -> None:
    _praise(article_id)
    begin_write()
    db.session.get_one(Article, article_id).successor_id = successor_id
    publication.archive(edition_of(article_id), by=None)
    db.session.commit()


def _praise(article_id: int) -> None:
    """So many were helped by it that it leads every list of what helped most."""
    begin_write()
    revision_id = edition_of(article_id).published_revision_id or 0
    for _ in range(6):
        vote.cast_vote(subject=("article", article_id), revision_id=revision_id, helpful=True, by=someone())
    db.session.commit()


def _plant_audiences(garden: Garden, billing: int) -> None:
    for audience, people in ((Audience.MEMBERS, SIGNED_IN), (Audience.TEAM, TEAM)):
        title, body, summary = (
            garden.word(f"{part} of an article for {audience}", people) for part in ("title", "body", "summary")
        )
        shot = upload.store_picture(picture(size=(41, 20 + len(audience))), by=None)
        hidden = put_article(
            f"Only {title}",
            f"{body} {COMMON} ![A shot]({shot.url})",
            summary=summary,
            topic_id=billing,
            audience=audience,
        )
        garden.file_names.append(shot.name)
        garden.where[shot.name], garden.seen_by[shot.name] = f"the picture of an article for {audience}", people
        _praise(hidden)
        _old_address(garden, hidden)
        replaced = put_article("Gone for good", "Old.", topic_id=billing)
        _archive(replaced, hidden)
        garden.article_ids += [hidden, replaced]


def _plant_topics(garden: Garden, cast: Cast, billing: int) -> None:
    for key, below, audience, people in (
        ("inner", None, Audience.MEMBERS, SIGNED_IN),
        ("backroom", billing, Audience.TEAM, TEAM),
    ):
        title, description, article = (
            garden.word(f"{part} of a topic for {audience}", people) for part in ("title", "description", "an article")
        )
        topic_id = put_topic(key, "To be named", below=below, audience=audience)
        begin_write()
        describe(db.session.get_one(Topic, topic_id), "en", f"Topic {title}", f"About {description}")
        db.session.commit()
        inside = put_article(f"Inside {article}", COMMON, topic_id=topic_id)
        _praise(inside)
        garden.article_ids.append(inside)
        _plant_question(garden, cast, topic_id, f"a question for {audience}", people)


def _plant_question(garden: Garden, cast: Cast, topic_id: int, where: str, people: frozenset[str]) -> None:
    """A solved one that helped many, so that it would lead every list."""
    words = {part: garden.word(f"{part} of {where}", people) for part in ("title", "text", "answer", "tag")}
    title, text = f"Question {words['title']}", f"About {words['text']}."
    asked = put_question(cast, "ada", title, text, topic_id=topic_id, tags=[words["tag"]])
    answer = put_answer(cast, asked, "sam", f"Try {words['answer']}.")
    for _ in range(6):
        put_vote(answer, someone())
    put_acceptance(cast, answer, "ada")
    garden.tags.append(words["tag"])


def _plant_draft_of_question(garden: Garden) -> None:
    """What a stranger wrote before signing in: whoever has the key reads it, and nobody else."""
    begin_write()
    question_draft.keep({"title": f"My {garden.word('title of a draft of a question', frozenset())}"})
    db.session.commit()


def _plant_moderated(garden: Garden, cast: Cast) -> None:
    """A hidden and a deleted question, one that waits, a deleted answer among others, and what a flag says."""
    for state, act in (("hidden", hide), ("deleted", delete), ("waiting", wait)):
        words = {part: garden.word(f"{part} of a {state} question", MODERATORS) for part in ("title", "text", "tag")}
        title, text = f"Question {words['title']}", f"About {words['text']}."
        asked = put_question(cast, "root", title, text, tags=[words["tag"]])
        put_acceptance(cast, put_answer(cast, asked, "root", f"Also {words['text']}."), "root")
        act(cast, "question", asked)
        garden.tags.append(words["tag"])
    told = garden.word("a deleted answer", MODERATORS)
    kept = put_question(cast, "ada", "Which one was it?")
    answer = put_answer(cast, kept, "root", f"It was {told}.")
    put_acceptance(cast, answer, "root")
    delete(cast, "answer", answer)
    put_flag(cast, "question", kept, "root", words=f"Look: {garden.word('words of a flag', MODERATORS)}")


def _tune_search(garden: Garden) -> None:
    """Synonyms and pins that lead from words everybody types to what is hidden."""
    bodies = [word for word, where in garden.where.items() if where.startswith(("body", "an article"))]
    hidden = [one for one in garden.article_ids[2:] if edition_of(one).title != "Gone for good"]
    begin_write()
    for at, word in enumerate(bodies):
        synonym.add("en", (("refund", "invoice")[at % 2], word), by=None)
    for at, article_id in enumerate(hidden):
        pin.add("en", ("refund", "invoice")[at % 2], ("article", article_id), by=None)
    db.session.commit()
