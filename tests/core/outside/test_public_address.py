"""Where this site may connect to when a writer says so."""

from __future__ import annotations

import socket

import pytest

from helpcenter.core.outside.look import Answer, look_at
from helpcenter.core.outside.public_address import NotPublic, is_public, public_only, resolved


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "8.8.8.8", "192.0.1.1", "192.88.100.1", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"]
)
def test_an_address_of_the_open_internet_is_asked(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.9.10",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "192.0.2.7",
        "198.18.0.1",
        "192.0.0.1",
        "192.0.0.9",
        "192.0.0.171",
        "192.88.99.1",
        "::ffff:192.88.99.1",
        "2002:c000:9::1",
        "64:ff9b::c058:6301",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd12:3456::1",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::a00:1",
        "2002:7f00:1::1",
        "2002:c0a8:101::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "no address",
        "",
    ],
)
def test_an_address_that_only_some_can_reach_is_not_asked_however_it_is_wrapped(address: str) -> None:
    assert not is_public(address)


def test_a_name_with_a_public_and_a_private_face_is_not_asked() -> None:
    assert public_only([("8.8.8.8", 443)]) == [("8.8.8.8", 443)]
    for addresses in ([("8.8.8.8", 443), ("10.0.0.1", 443)], [("8.8.8.8", 80), ("::1", 80)], []):
        with pytest.raises(NotPublic):
            public_only(addresses)


@pytest.mark.parametrize("port", [22, 25, 5432, 8000, 8080])
def test_no_port_but_those_of_the_web_is_asked(port: int) -> None:
    with pytest.raises(NotPublic):
        public_only([("8.8.8.8", port)])


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://0/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://localhost/",
        "https://localhost/",
        "http://someone:secret@8.8.8.8/",
        "ftp://8.8.8.8/",
        "file:///etc/passwd",
        "gopher://8.8.8.8/",
        "http:///nowhere",
    ],
)
def test_every_spelling_of_this_machine_is_refused_before_anything_is_sent(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def connect(*_: object, **__: object) -> socket.socket:
        raise AssertionError("it connected")

    monkeypatch.setattr(socket, "create_connection", connect)
    assert look_at(url, "a test").answer == Answer.REFUSED


def test_the_connection_goes_to_the_address_that_was_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [["8.8.8.8"], ["127.0.0.1"]]

    def changing(_host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        now = answers.pop(0)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in now]

    connected: list[object] = []

    def connect(address: object, **_: object) -> socket.socket:
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", changing)
    monkeypatch.setattr(socket, "create_connection", connect)
    assert look_at("http://rebinding.example/", "a test").answer == Answer.NO_CONNECTION
    assert connected == [("8.8.8.8", 80)] and len(answers) == 1


def test_a_name_stands_for_each_of_its_addresses_once(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        (2, 1, 6, "", ("8.8.8.8", 443)),
        (10, 1, 6, "", ("2001:db8::1", 443, 0, 0)),
        (2, 1, 6, "", ("8.8.8.8", 443)),
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: rows)
    assert resolved("two.example", 443) == [("8.8.8.8", 443), ("2001:db8::1", 443)]
