from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import text

from helpcenter.core import postgresql_connection
from helpcenter.core.db import db

OVER_THE_NETWORK = ("tcp_keepalives_idle", "tcp_keepalives_interval", "tcp_keepalives_count", "tcp_user_timeout")


class Recording:
    """A connection to a server of some release, which notes what it is asked."""

    def __init__(self, release: int) -> None:
        self.info, self.server_version, self.autocommit, self.asked = self, release, False, ""

    def execute(self, statement: str) -> None:
        self.asked += statement


def current(*names: str) -> list[str]:
    asked = text(
        "SELECT current_setting(name) FROM unnest(CAST(:names AS text[])) WITH ORDINALITY AS one (name, at) ORDER BY at"
    )
    return list(db.session.scalars(asked, {"names": list(names)}))


def test_the_database_notices_within_half_a_minute_that_a_machine_is_gone(app: Flask) -> None:
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no other machine")
    assert current("idle_in_transaction_session_timeout", "client_connection_check_interval") == ["1min", "5s"]
    if db.session.scalar(text("SELECT inet_client_addr()")):
        idle, interval, count, unconfirmed = current(*OVER_THE_NETWORK)
        assert int(idle) + int(interval) * int(count) <= 30
        assert int(unconfirmed) <= 30_000


@pytest.mark.parametrize(("release", "is_asked"), [(130011, False), (140000, True), (170002, True)])
def test_a_server_is_asked_for_nothing_it_does_not_know(release: int, is_asked: bool) -> None:
    connection = Recording(release)
    postgresql_connection.set_up(connection, None)
    assert ("client_connection_check_interval" in connection.asked) is is_asked
    assert "SET tcp_user_timeout = '20s'" in connection.asked
    assert not connection.autocommit
