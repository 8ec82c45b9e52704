from __future__ import annotations

import gzip
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from helpcenter.core.content_version import content_changed
from helpcenter.core.db import begin_write, db

PAGE = "/probe/en/page"
LONG = "/probe/en/long"


def test_a_kept_page_has_every_header_of_the_first_answer(probe: Flask) -> None:
    first, kept = (dict(probe.test_client().get(PAGE).headers) for _ in range(2))
    assert first.pop("X-Request-Id") != kept.pop("X-Request-Id")
    assert first == kept
    assert "default-src 'none'" in kept["Content-Security-Policy"]


def test_each_answer_has_a_name_of_its_own_and_a_line_in_the_log(
    probe: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    names = [probe.test_client().get(PAGE).headers["X-Request-Id"] for _ in range(3)]
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines() if PAGE in line]
    assert [line["request_id"] for line in lines] == names
    assert len(set(names)) == 3
    assert {(line["method"], line["path"], line["status"]) for line in lines} == {("GET", PAGE, 200)}


def test_whoever_can_unpack_gets_the_same_page_compressed(probe: Flask) -> None:
    browser = probe.test_client()
    plain, packed, again = (browser.get(LONG, headers={"Accept-Encoding": kind}) for kind in ("", "gzip, br", "gzip"))
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert packed.data == again.data
    assert {"Cookie", "Accept-Encoding"} <= {word.strip() for word in plain.headers["Vary"].split(",")}


def test_the_compressed_page_is_another_one_to_a_cache(probe: Flask) -> None:
    browser = probe.test_client()
    plain, packed = (browser.get(LONG, headers={"Accept-Encoding": kind}).headers["ETag"] for kind in ("", "gzip"))
    assert plain != packed
    asked = {"Accept-Encoding": "gzip", "If-None-Match": f"W/{packed}"}
    assert browser.get(LONG, headers=asked).status_code == 304
    asked["If-None-Match"] = '"something else"'
    assert browser.get(LONG, headers=asked).status_code == 200


def test_gzip_that_is_refused_is_not_sent(probe: Flask) -> None:
    answer = probe.test_client().get(LONG, headers={"Accept-Encoding": "gzip;q=0, identity"})
    assert "Content-Encoding" not in answer.headers


def test_a_long_list_of_packings_is_not_read_to_its_end(probe: Flask) -> None:
    bundle = f"/assets/{probe.extensions['bundles'].js}"
    for address in (LONG, bundle):
        for wish, packing in ((f"gzip{',x' * 400}", "gzip"), (f"{'x,' * 400}gzip", None)):
            answer = probe.test_client().get(address, headers={"Accept-Encoding": wish})
            assert answer.headers.get("Content-Encoding") == packing


def test_the_first_reader_may_ask_for_what_changed_only(probe: Flask) -> None:
    browser = probe.test_client()
    tag = browser.get(LONG).headers["ETag"]
    probe.extensions["page_store"].clear()
    assert browser.get(LONG, headers={"If-None-Match": tag}).status_code == 304
    assert browser.get(LONG).status_code == 200
    assert len(probe.extensions["probe_runs"]) == 2


def test_a_language_that_is_asked_for_in_the_address_wins(probe: Flask) -> None:
    browser = probe.test_client()
    for _ in range(2):
        answer = browser.get("/probe/page?lang=ru", headers={"Accept-Language": "es"})
        assert answer.headers["Content-Language"] == "ru"
    assert browser.get("/probe/page?lang=xx", headers={"Accept-Language": "es"}).headers["Content-Language"] == "es"


def test_the_store_and_the_app_read_an_address_alike(probe: Flask) -> None:
    for asked, spoken in (("ar", "ar"), ("es", "es")):
        answer = probe.test_client().get("/probe/page?lang=&lang=ar", headers={"Accept-Language": asked})
        assert answer.headers["Content-Language"] == spoken


def test_a_page_made_while_something_changed_is_made_again(probe: Flask) -> None:
    browser = probe.test_client()
    assert browser.get("/probe/en/page?changes=yes").data == b"run 1"
    assert browser.get("/probe/en/page?changes=yes").data != b"run 1"


def test_the_store_is_asked_only_by_those_who_read(probe: Flask) -> None:
    browser = probe.test_client()
    browser.get(PAGE)
    assert browser.post(PAGE).status_code == 405


def test_a_change_that_is_not_committed_is_not_seen(probe: Flask) -> None:
    browser = probe.test_client()
    before = browser.get(PAGE).data
    begin_write()
    content_changed()
    db.session.rollback()
    assert browser.get(PAGE).data == before


def test_a_page_that_many_want_at_once_is_made_once(probe: Flask) -> None:
    # A process that has yet to read the site's languages does not know under which one a page is kept.
    probe.test_client().get(PAGE)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: probe.test_client().get(f"{PAGE}?slow=yes").data, range(8)))
    assert set(answers) == {b"run 2"}
