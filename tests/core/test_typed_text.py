from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.core.typed_text import without_controls
from tests.shelf import edition_of, put_topic


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_left_fits_into_xml_and_the_rest_is_untouched(text):
    cleaned = without_controls(text)
    ElementTree.fromstring(f"<p>{cleaned.translate({38: '', 60: '', 62: ''})}</p>")
    assert all(sign in "\t\n\r" or sign >= " " for sign in cleaned)
    assert cleaned == text or len(cleaned) < len(text)


def test_a_form_keeps_no_control_character(cast, stranger):
    topic_id = put_topic("billing", "Billing")
    form = {
        "language": "en",
        "title": "Ask\x00 for\x01 a refund",
        "summary": "Money\x0b back",
        "body": "Some\x00 words.",
        "topic": str(topic_id),
        "audience": "everyone",
        "tags": "a\x00b",
        "keywords": "c\x00d",
        "significance": "medium",
        "publish": "yes",
    }
    answer = cast.browser("ada").post("/studio/articles", data=form)
    assert answer.status_code == 303
    assert edition_of(1).title == "Ask for a refund"
    ElementTree.fromstring(stranger.get("/feed.atom").data)


@pytest.mark.parametrize("path", ["/en/search?q=a%00b", "/en/a%00b", "/login?next=%00"])
def test_an_address_with_a_zero_in_it_is_garbled(stranger, path):
    assert stranger.get(path).status_code == 400


@pytest.mark.parametrize("path", ["/studio?q=a%00b", "/studio?in=%00", "/settings/people?q=%00"])
def test_no_zero_reaches_the_database(cast, path):
    assert cast.browser("root").get(path).status_code == 400


@pytest.mark.parametrize("path", ["/en/", "/en/search", "/en/nowhere", "/login", "/feed.atom"])
def test_bytes_in_a_query_that_are_no_text_change_nothing(stranger, path):
    expected = stranger.get(path).status_code
    answer = stranger.open(path, environ_overrides={"QUERY_STRING": "q=\xff&next=\xc3&lang=\xff"})
    assert answer.status_code == expected


def test_a_protected_page_asked_for_with_such_bytes_leads_to_the_way_in(stranger):
    answer = stranger.open("/studio", environ_overrides={"QUERY_STRING": "q=\xff"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/login?next=/studio%3Fq%3D%25FF")
