"""Two who changed one text: what both made of it, put together by whoever saves second."""

from tests.articles.studio.conftest import edition, hidden_fields, revisions, send


def test_two_who_changed_different_places_get_both_on_the_page_and_save_again(ada, cast, written, words):
    before = "One.\n\nTwo.\n\nThree.\n"
    send(ada, written, **words(body=before))
    opened = ada.get(written)
    send(cast.browser("root"), written, **words(body=before.replace("One", "Eins"), tags="money"))
    answer = send(ada, written, opened, **words(body=before.replace("Three", "Drei")))
    assert answer.status_code == 409
    assert "Eins.\n\nTwo.\n\nDrei." in answer.text
    assert "Look through them and save again" in answer.text
    assert revisions()[-1].body.startswith("Eins")
    answer = send(ada, written, answer, **words(body="Eins.\n\nTwo.\n\nDrei.\n", tags="money"))
    assert answer.status_code == 303
    assert (revisions()[-1].body, revisions()[-1].tags) == ("Eins.\n\nTwo.\n\nDrei.\n", ["money"])


def test_of_a_long_text_whoever_met_another_sees_what_they_changed_and_the_rest_folded(ada, cast, written, words):
    before = "".join(f"Line {number}.\n\n" for number in range(20))
    send(ada, written, **words(body=before))
    opened = ada.get(written)
    send(cast.browser("root"), written, **words(title="Refunds", body=before.replace("Line 3.", "Line III.")))
    page = send(ada, written, opened, **words(body=before.replace("Line 19.", "Line XIX."))).text
    told = page[page.index("Show what they changed") : page.index("</details>\n    </div>")]
    assert '<h3 class="changed-title">' in told
    assert "<ins>" in told and "III." in told
    assert "unchanged lines" in told


def test_what_only_the_title_of_was_changed_shows_no_text_as_changed(ada, cast, written, words):
    opened = ada.get(written)
    send(cast.browser("root"), written, **words(title="Refunds"))
    page = send(ada, written, opened, **words(body="Ada wrote this.")).text
    told = page[page.index("Show what they changed") : page.index("</details>\n    </div>")]
    assert "Refunds" in told
    assert "changed-text" not in told


def test_two_who_changed_the_same_place_choose_and_nothing_is_overwritten(ada, cast, written, words):
    opened = ada.get(written)
    send(cast.browser("root"), written, **words(title="Root says", body="The words of Root."))
    sent = {**hidden_fields(opened), **words(title="Ada says", body="The words of Ada.")}
    answer = ada.post(written, data=sent)
    assert answer.status_code == 409
    for said in ("The words of Root.", "The words of Ada.", "Root says", "Ada says"):
        assert said in answer.text
    met = str(revisions()[-1].id)
    unchosen = ada.post(f"{written}/reconciliation", data={**sent, "met": met, "choice-0": "mine"})
    assert unchosen.status_code == 422
    assert "The words of Ada." in unchosen.text
    chosen = {**sent, "met": met, "choice-0": "mine", "choice-1": "both"}
    page = ada.post(f"{written}/reconciliation", data=chosen)
    assert page.status_code == 200
    assert 'value="Ada says"' in page.text
    assert "The words of Ada.\nThe words of Root." in page.text
    assert len(revisions()) == 2
    again = send(ada, written, page, **words(title="Ada says", body="The words of Ada.\nThe words of Root."))
    assert again.status_code == 303
    assert edition().latest_revision_id == revisions()[-1].id


def test_a_revision_of_another_article_is_nothing_to_meet(ada, written, words):
    other = ada.post("/studio/articles", data=words(title="Other", body="Secret", publish="1")).headers["Location"]
    foreign = str(revisions()[-1].id)
    sent = {**hidden_fields(ada.get(written)), **words(), "met": foreign}
    assert ada.post(f"{written}/reconciliation", data=sent).status_code == 404
    assert other != written


def test_whoever_was_overtaken_finds_their_words_again_later(ada, cast, written, words):
    opened = ada.get(written)
    send(cast.browser("root"), written, **words(body="The words of Root."))
    assert send(ada, written, opened, **words(body="The words of Ada.")).status_code == 409
    assert "The words of Ada." in ada.get(written).text


def test_both_of_a_field_of_one_line_stand_on_one_line(ada, cast, written, words):
    opened = ada.get(written)
    send(cast.browser("root"), written, **words(tags="money, bank"))
    sent = {**hidden_fields(opened), **words(tags="money, card")}
    assert ada.post(written, data=sent).status_code == 409
    met = str(revisions()[-1].id)
    page = ada.post(f"{written}/reconciliation", data={**sent, "met": met, "choice-0": "both"})
    assert 'value="money, card, money, bank"' in page.text
