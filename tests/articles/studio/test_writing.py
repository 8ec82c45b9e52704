"""From an empty page to what readers see."""

import pytest
from sqlalchemy import select

from helpcenter.accounts.viewer import STRANGER
from helpcenter.articles.article import Article, OldAddress
from helpcenter.articles.edition import Edition
from helpcenter.articles.publication import Publication
from helpcenter.articles.revision import Revision
from helpcenter.articles.studio import beginning
from helpcenter.articles.visibility import readable
from helpcenter.core import site
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import NotFound
from helpcenter.search.outbox import Outbox
from tests import shelf
from tests.articles.studio.conftest import count, edition, revisions, send


def test_a_draft_is_kept_and_no_reader_sees_it(ada, words):
    answer = ada.post("/studio/articles", data=words())
    assert answer.status_code == 303
    assert "Draft saved" in ada.get(answer.headers["Location"]).text
    assert edition().status == "draft"
    with pytest.raises(NotFound):
        readable(edition().article_id, "en", STRANGER)


def test_without_any_topic_the_new_page_leads_to_the_first_one(ada):
    page = ada.get("/studio/articles/new").text
    assert "there is none yet" in page
    assert '<a href="/studio/topics/new">' in page


def test_publishing_shows_it_to_readers(ada, words, cast):
    answer = ada.post("/studio/articles", data=words(publish="1", tags="money, refund ,money", keywords="cashback"))
    assert "Published" in ada.get(answer.headers["Location"]).text
    reading = readable(edition().article_id, "en", STRANGER)
    assert (reading.title, reading.slug, reading.summary) == (
        "Get a refund",
        "get-a-refund",
        "How to get your money back.",
    )
    assert "<strong>Billing</strong>" in reading.html
    assert revisions()[0].tags == ["money", "refund"]
    assert revisions()[0].author_id == cast.id_of("ada")
    assert count(Outbox) >= 1


def test_a_published_article_changes_for_readers_only_when_published_again(ada, written, words):
    article_id = edition().article_id
    send(ada, written, **words(title="Get a full refund", body="All of it."))
    assert readable(article_id, "en", STRANGER).title == "Get a refund"
    assert "Published, draft waiting" in ada.get(written).text
    send(ada, written, **words(title="Get a full refund", body="All of it."), publish="1")
    assert readable(article_id, "en", STRANGER).title == "Get a full refund"
    assert len(revisions()) == 2


def test_the_address_stays_when_the_title_changes(ada, written, words):
    send(ada, written, **words(title="Money back", slug="get-a-refund"), publish="1")
    assert edition().slug == "get-a-refund"
    send(ada, written, **words(title="Your money back"), publish="1")
    assert edition().slug == "get-a-refund"


def test_an_address_can_be_chosen_before_the_first_publication(ada, words):
    address = ada.post("/studio/articles", data=words(slug="Money back!")).headers["Location"]
    assert edition().slug == "money-back"
    send(ada, address, **words(slug="refunds"), publish="1")
    assert edition().slug == "refunds"


def test_saving_without_a_change_makes_no_revision(ada, written, words):
    answer = send(ada, written, **words())
    assert "Nothing was changed" in ada.get(answer.headers["Location"]).text
    answer = send(ada, written, **words(), publish="1")
    assert "Nothing was changed" in ada.get(answer.headers["Location"]).text
    assert (len(revisions()), count(Publication)) == (1, 1)


def test_line_ends_of_a_browser_are_no_change(ada, words):
    body = "One\n\nTwo\n"
    address = ada.post("/studio/articles", data=words(body=body)).headers["Location"]
    send(ada, address, **words(body=body.replace("\n", "\r\n")))
    assert [one.body for one in revisions()] == [body]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title": "  "}, "Give the article a title."),
        ({"body": ""}, "Write the text first."),
        ({"topic": ""}, "Choose a topic."),
        ({"topic": "987654"}, "choice"),
        ({"summary": "x" * 161}, "at most 160 characters"),
        ({"old_addresses": "no slash"}, "is not an address on this site"),
        ({"tags": ",".join(str(n) for n in range(201))}, "Too many"),
        ({"body": "[" * 20_000}, "nested too deeply"),
    ],
)
def test_what_is_refused_comes_back_with_its_reason_and_every_word(ada, words, changed, said):
    sent = words(**{"note": "as typed", **changed})
    answer = ada.post("/studio/articles", data=sent)
    assert answer.status_code == 422
    assert said in answer.text
    if "body" not in changed:
        assert "Open **Billing** and choose a payment." in answer.text
    assert count(Article) == count(Edition) == count(Revision) == 0


def test_a_refused_change_keeps_every_word_and_saves_none(ada, written, words):
    answer = send(ada, written, **words(title="", body="My <new> words"))
    assert answer.status_code == 422
    assert "My &lt;new&gt; words" in answer.text
    assert len(revisions()) == 1


def test_a_long_summary_that_came_from_elsewhere_may_stay_and_grow_no_longer(ada, words):
    address = f"/studio/articles/{shelf.put_article('Refunds', summary='x' * 300)}/en"
    assert send(ada, address, **words(summary="x" * 300, body="Mine.")).status_code == 303
    refused = send(ada, address, **words(summary="x" * 301, body="Mine again."))
    assert refused.status_code == 422 and "at most 300 characters" in refused.text
    assert revisions()[-1].body == "Mine."


def test_two_who_begin_one_translation_do_not_overwrite_each_other(ada, cast, written, words):
    address = written.replace("/en", "/es")
    opened = ada.get(address)
    send(cast.browser("root"), address, **words(body="Uno."))
    answer = send(ada, address, opened, **words(body="Dos."))
    assert answer.status_code == 409
    assert [one.body for one in revisions()][1:] == ["Uno."]


def test_a_typo_is_no_update_for_readers(ada, written, words):
    before = edition().updated_at
    send(ada, written, **words(body="Open **Billing** and choose one payment.", significance="typo"), publish="1")
    assert revisions()[-1].significance == "typo"
    assert edition().updated_at == before


def test_what_the_editor_says_of_a_waiting_draft_counts_when_it_is_published(ada, written, words):
    send(ada, written, **words(body="Better."))
    send(ada, written, **words(body="Better.", significance="major", note="rewritten"), publish="1")
    assert len(revisions()) == 2
    assert (revisions()[-1].significance, revisions()[-1].note) == ("major", "rewritten")


def test_topic_and_audience_count_at_once_and_for_every_language(ada, written, words):
    article_id = edition().article_id
    send(ada, written, **words(audience="team"))
    with pytest.raises(NotFound):
        readable(article_id, "en", STRANGER)
    assert len(revisions()) == 1


def test_a_place_changed_by_somebody_else_meanwhile_is_not_changed_back(ada, cast, written, words):
    opened = ada.get(written)
    send(cast.browser("root"), written, **words(audience="team"))
    send(ada, written, opened, **words(body="Other words."))
    db.session.rollback()
    assert db.session.scalars(select(Article)).one().audience == "team"


def test_old_addresses_are_kept_as_paths_and_belong_to_one_article(ada, written, words):
    send(ada, written, **words(old_addresses="/docs/refunds\r\nhttps://old.example.com/help/refund?x=1\n"))
    db.session.rollback()
    assert set(db.session.scalars(select(OldAddress.path))) == {"/docs/refunds", "/help/refund"}
    answer = ada.post("/studio/articles", data=words(title="Another", old_addresses="/docs/refunds"))
    assert answer.status_code == 422
    assert "already leads to article" in answer.text
    send(ada, written, **words(old_addresses="/help/refund"))
    db.session.rollback()
    assert set(db.session.scalars(select(OldAddress.path))) == {"/help/refund"}


def test_a_translation_is_an_edition_of_the_same_article(ada, written, words):
    address = written.replace("/en", "/es")
    assert "Open **Billing**" in ada.get(address).text
    send(ada, address, **words(title="Pedir un reembolso", body="Abre **Facturación**."), publish="1")
    assert edition("es").article_id == edition("en").article_id
    assert readable(edition("en").article_id, "es", STRANGER).title == "Pedir un reembolso"
    assert revisions()[-1].source_revision_id == revisions()[0].id


@pytest.mark.parametrize("significance", ["medium", "major"])
def test_a_translation_is_out_of_date_once_its_original_says_more(ada, written, words, significance):
    spanish = written.replace("/en", "/es")
    send(ada, spanish, **words(title="Reembolso", body="Hola."), publish="1")
    send(ada, written, **words(body="A corrected typo.", significance="typo"), publish="1")
    assert "Out of date" not in ada.get(written).text
    send(ada, written, **words(body="Something else now.", significance=significance), publish="1")
    assert "Out of date" in ada.get(written).text
    send(ada, spanish, **words(title="Reembolso", body="Hola otra vez."))
    assert "Out of date" in ada.get(written).text
    send(ada, spanish, **words(title="Reembolso", body="Hola otra vez."), matches_source="y")
    assert "Out of date" not in ada.get(written).text


@pytest.mark.parametrize("language", ["xx", "", "de"])
def test_a_language_the_site_does_not_have_is_refused(ada, words, language):
    assert ada.post("/studio/articles", data=words(language=language)).status_code == 422
    assert count(Article) == 0


def test_an_article_that_does_not_exist_is_not_found(ada, words):
    for address in ("/studio/articles/404", "/studio/articles/404/en", "/studio/articles/404/en/revisions"):
        assert ada.get(address).status_code == 404
    assert ada.post("/studio/articles/404/en", data=words()).status_code == 404


def test_the_number_alone_leads_to_the_language_it_was_written_in(ada, written):
    assert ada.get(written.removesuffix("/en")).headers["Location"] == written


def test_no_page_of_the_studio_is_kept_by_a_cache(ada, written):
    for address in ("/studio", "/studio/articles/new", written, f"{written}/revisions"):
        answer = ada.get(address)
        assert answer.status_code == 200
        assert answer.cache_control.no_store


def test_the_cookie_of_a_note_can_be_read_by_no_script_and_no_other_site(ada, words):
    cookies = ada.post("/studio/articles", data=words()).headers.getlist("Set-Cookie")
    assert cookies
    assert all("HttpOnly" in one and "SameSite=Lax" in one for one in cookies)


@pytest.mark.parametrize(("language", "heading"), [("en", "## Do it"), ("ar", "## الخطوات"), ("xx", "## Do it")])
def test_a_new_article_can_begin_with_a_frame_in_its_language(ada, topic_id, language, heading):
    page = ada.get(f"/studio/articles/new?begin=how-to&in={language}").text
    assert heading in page
    assert "Start from a template:" not in page
    assert "Start from a template:" in ada.get("/studio/articles/new?begin=nonsense").text


@pytest.mark.parametrize("name", ["how-to", "trouble", "question"])
@pytest.mark.parametrize("language", ["en", "es", "ru", "ar"])
def test_every_frame_can_be_published_as_it_is(ada, words, name, language):
    body = beginning.frame(name, language)
    assert ada.post("/studio/articles", data=words(body=body, publish="1", language=language)).status_code == 303


def test_a_video_that_readers_will_not_see_is_told_and_kept(ada, words):
    body = '<video src="https://loom.com/a" title="A tour"></video>'
    answer = ada.post("/studio/articles", data=words(body=body))
    assert answer.status_code == 303 and revisions()[0].body == body
    page = ada.get(answer.headers["Location"]).text
    assert page.count("Readers do not see the video on") == 2, "above the page, and among what there is to mend"
    assert "youtube.com, youtu.be, youtube-nocookie.com, vimeo.com" in page


def test_the_editor_offers_videos_where_the_site_shows_some(ada, written):
    assert 'data-hosts="youtube.com youtu.be youtube-nocookie.com vimeo.com"' in ada.get(written).text
    begin_write()
    site.change(video_hosts=[])
    db.session.commit()
    page = ada.get(written).text
    assert "data-video" not in page and "data-picture-button" in page
