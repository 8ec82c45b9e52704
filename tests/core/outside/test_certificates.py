"""Whom another site says to be: only who can prove it is believed."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from helpcenter.core.outside.connection import Addresses, Destination, talking
from helpcenter.core.outside.fetch import Question, Unanswered, fetch
from helpcenter.core.outside.look import Answer, look_at
from tests.core.outside import other_site
from tests.core.outside.other_site import OtherSite


@pytest.fixture
def secret(certificate: Path) -> Iterator[OtherSite]:
    """A site with a certificate that its owner wrote without asking anybody."""
    with other_site.running(certificate) as site:
        site.answers["/page"] = (200, "")
        yield site


def anywhere(addresses: Addresses) -> Addresses:
    return addresses


def fetched(site: OtherSite) -> int:
    return fetch(Question(f"{site.url}/page", "a test"), until=monotonic() + 20, most_bytes=9, allowed=anywhere).status


def test_a_certificate_that_nobody_vouches_for_is_not_trusted_and_nothing_is_asked(secret: OtherSite) -> None:
    assert look_at(f"{secret.url}/page", "a test", allowed=anywhere).answer == Answer.UNTRUSTED
    with pytest.raises(Unanswered, match="its certificate is not trusted: self-signed"):
        fetched(secret)
    assert secret.asked == []


def test_one_that_this_machine_knows_is_trusted(
    secret: OtherSite, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert look_at(f"{secret.url}/page", "a test", allowed=anywhere).answer == Answer.FINE
    assert fetched(secret) == 200


def test_a_name_that_no_certificate_could_hold_leaves_no_connection_open() -> None:
    nameless = Destination("https", ".example", 443, "/")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        plain = socket.create_connection(listening.getsockname())
        with pytest.raises(UnicodeError), talking(nameless, plain, 5):
            pytest.fail("nobody was asked who that is")
        assert plain.fileno() == -1
