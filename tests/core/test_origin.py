from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from config import Settings
from helpcenter.core.origin import is_same_origin

OWN = frozenset({"https://help.example.org"})


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
        ({"Origin": "http://localhost"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "http://localhost.evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
    ],
)
def test_a_write_comes_from_the_site_itself_or_is_refused(probe: Flask, headers: dict[str, str], status: int) -> None:
    assert probe.test_client().post("/probe/write", headers=headers).status_code == status


def test_a_page_without_encryption_is_no_page_of_a_site_with_it(
    probe: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(probe.config, "SETTINGS", replace(settings, base_url="https://help.example.org"))
    for origin, status in (
        ("https://help.example.org", 200),
        ("http://help.example.org", 403),
        ("https://localhost", 200),
        ("http://localhost", 403),
        ("https://help.example.org:8443", 403),
    ):
        assert probe.test_client().post("/probe/write", headers={"Origin": origin}).status_code == status


def test_reading_is_open_to_every_site(probe: Flask) -> None:
    answer = probe.test_client().get(
        "/probe/en/page", headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://a.b"}
    )
    assert answer.status_code == 200


def test_a_refused_write_changes_nothing(probe: Flask) -> None:
    browser = probe.test_client()
    browser.get("/probe/en/page")
    browser.post("/probe/write", headers={"Sec-Fetch-Site": "cross-site"})
    assert browser.get("/probe/en/page").data == b"run 1"


@given(st.text())
def test_no_other_origin_passes_for_our_own(host: str) -> None:
    assert is_same_origin(None, f"https://{host}", OWN) is (host == "help.example.org")
