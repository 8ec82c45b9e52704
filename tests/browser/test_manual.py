"""The manual tells the truth: every step of every English how-to is walked, and everything it names must be there."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from config import ROOT
from helpcenter.articles.folder import sync
from helpcenter.core.db import begin_write, db
from helpcenter.feedback import vote
from helpcenter.journeys import visitor
from helpcenter.journeys.actor import Actor
from helpcenter.support import conversation
from helpcenter.support.status import Ending
from tests import shelf
from tests.browser.instruction import Instruction, instructions, instructions_below
from tests.browser.live_site import LiveSite
from tests.browser.walker import NotThere, Walker
from tests.browser.walks import NO_HOW_TOS, WALKS
from tests.support.letters_to_us import opened

pytestmark = [pytest.mark.browser, pytest.mark.alike]
MANUAL = ROOT / "articles" / "en"
LISTS = instructions_below(MANUAL)
HOW_TOS = [one for one in LISTS if one.names_controls]
Visit = Callable[..., Page]


@pytest.fixture(scope="module", autouse=True)
def shelves(site: LiveSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    """The manual itself, and a topic of parcels that editors may do anything with."""
    folder = tmp_path_factory.mktemp("manual") / "articles"
    shutil.copytree(MANUAL, folder / "en")
    with site.inside() as cast:
        for name in ("ada", "ben", "cleo", "mia", "root", "sam"):
            cast.id_of(name)
        report = sync.import_folder(folder, sync.Options(name="articles", by=cast.id_of("ada")))
        assert not report.has_problems, report.as_json()
        _put_parcels(cast.id_of("ada"))
        _write_to_support(cast.id_of("ben"))
    # So that a letter waits to be read.
    site.app.test_client().post("/reset", data={"email": "ben@example.org"})
    site.work()
    # A step is walked faster than a person types.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("helpcenter.support.form.LEAST_SECONDS", 0)
        yield site


def _put_parcels(by: int) -> None:
    parcels = shelf.put_topic("parcels", "Parcels")
    shelf.put_topic("telegrams", "Telegrams")
    for title in ("Send a parcel", "Lose a parcel", "Return a parcel"):
        shelf.put_article(title, "Go to the counter.", topic_id=parcels, by=by)
    shelf.put_article("Pack a parcel", "Take a box.", topic_id=parcels, by=by, published=False)
    label = shelf.put_article("Label a parcel", "Stick it on.", topic_id=parcels, by=by)
    shelf.put_article("Etiquetar un paquete", "Péguela.", locale="es", of=label, by=by)
    _match(label)
    shelf.change_article(label, body="Stick it on top.", by=by)
    _complain_about("Return a parcel")


def _match(article_id: int) -> None:
    """Note that the translation says what the original says, so that a change of that makes it out of date."""
    original, translation = shelf.edition_of(article_id), shelf.edition_of(article_id, "es")
    begin_write()
    revision = db.session.get_one(shelf.Revision, translation.latest_revision_id)
    revision.source_revision_id = original.published_revision_id
    db.session.commit()


def _complain_about(title: str) -> None:
    edition = db.session.query(shelf.Edition).filter_by(title=title).one()
    begin_write()
    vote.cast_vote(
        subject=("article", edition.article_id),
        revision_id=edition.published_revision_id or 0,
        helpful=False,
        by=Actor("a" * 32),
        reason="did_not_work",
        comment="The counter was closed.",
    )
    db.session.commit()


def _write_to_support(by: int) -> None:
    opened("Where is my parcel?", by=Actor(visitor.new_id(), by))
    asked = opened("It is still closed.")
    begin_write()
    conversation.close(conversation.locked(asked.id), Ending.ANSWERED, by=Actor(visitor.new_id()))
    conversation.write(conversation.locked(asked.id), "And now?", by=Actor(visitor.new_id()))
    db.session.commit()


@pytest.mark.parametrize("how_to", HOW_TOS, ids=lambda one: f"{Path(one.article).stem}: {one.part}")
def test_every_step_names_what_is_there(how_to: Instruction, visit: Visit, site: LiveSite) -> None:
    walk = WALKS.get(how_to.key)
    assert walk, f"{how_to.article}, “{how_to.part}” is missing in tests/browser/walks.py"
    start = walk.start if isinstance(walk.start, str) else walk.start(site)
    page = visit(start, who=walk.who, permissions=["clipboard-read", "clipboard-write"])
    Walker(page, walk.values, walk.names).walk(how_to)


def test_the_table_of_walks_and_the_manual_agree() -> None:
    written = {one.key for one in HOW_TOS}
    assert set(WALKS) == written
    assert {one.key for one in LISTS} - written == NO_HOW_TOS


def test_the_manual_is_long_enough_to_live_from() -> None:
    assert len([path for path in MANUAL.rglob("*.md") if path.name != "_topic.md"]) >= 24


STEP = "## Search\n\n1. At the top choose **Search**.\n2. {}\n\n```\n3. **In code**\n```\n"


@pytest.mark.parametrize(
    ("step", "complaint"),
    [
        ("Press **Launch the rocket**.", "there is no **Launch the rocket**"),
        ("The page says “Ready for take-off”.", "“Ready for take-off” is not said"),
        ("Type into **Search the help center**.", "the table of walks has no value for Search the help center"),
    ],
)
def test_a_step_that_names_what_is_not_there_is_found_out(
    step: str, complaint: str, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.browser.walker.PATIENCE_SECONDS", 0.5)
    (how_to,) = instructions(STEP.format(step), "using/fly.md")
    with pytest.raises(AssertionError) as told:
        Walker(visit()).walk(how_to)
    assert complaint in str(told.value)
    assert "using/fly.md, “Search”, step 2" in str(told.value)


def test_what_is_hidden_is_not_there(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.browser.walker.PATIENCE_SECONDS", 0.5)
    (how_to,) = instructions("1. Choose **Español**.", "using/hidden.md")
    page = visit()
    page.locator(".language-links").evaluate("list => list.remove()")
    with pytest.raises(NotThere):
        Walker(page).walk(how_to)
    page.locator("summary").first.click()
    Walker(page).walk(how_to)


def test_numbers_in_code_are_no_steps() -> None:
    found = instructions("# A\n\n1. one\n   more\n\n```\n1. two\n```\n\n## B\n\n1. **three**\n", "a.md")
    assert [(one.part, one.steps) for one in found] == [("A", ["one more"]), ("B", ["**three**"])]
