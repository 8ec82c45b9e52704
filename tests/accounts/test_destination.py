"""next= leads only within the site."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpcenter.accounts.destination import within_site


@pytest.mark.parametrize(
    "target",
    [
        "/",
        "/en/",
        "/en/articles/1-title?x=1#part",
        "/en/search?q=a%20b",
        "/a//b",
        "/en/articles/7-как-начать",
        "/x:y",
        "/@a",
    ],
)
def test_a_path_of_the_site_is_kept(target: str) -> None:
    assert within_site(target) == target


@pytest.mark.parametrize(
    "target",
    [
        None,
        "",
        "en/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/ /evil.example",
        "\t//evil.example",
        " //evil.example",
        "https://evil.example",
        "HTTPS:evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "/a\x00b",
        "/a\x7fb",
        "/\r\nSet-Cookie: a=b",
        "/" + "a" * 3000,
        "//[",
    ],
)
def test_anything_else_leads_home(target: str | None) -> None:
    assert within_site(target) == "/"
    assert within_site(target, "/en/") == "/en/"


@given(st.text(alphabet="/\\:@.?#[]ae \t\n\r%2f", max_size=12))
@example("/\\/a")
@example("//a:b@e")
def test_a_browser_that_follows_it_stays(target: str) -> None:
    # As a browser reads it: control characters and outer spaces go, a backslash is a slash.
    kept = within_site(target)
    read = "".join(c for c in kept if c not in "\t\n\r").strip().replace("\\", "/")
    assert urlsplit(urljoin("https://site.example/login", read)).netloc == "site.example"
