"""How a connection to PostgreSQL is made: it speaks UTF-8, and notices that the other side is gone without a word."""

from __future__ import annotations

from typing import Any

from sqlalchemy import make_url

# Asked of the server: what a vanished machine had locked would otherwise wait for two hours. The first three find one
# that said nothing for a while, in seconds; the user timeout one that does not confirm what the server sent, of which
# they know nothing.
_OF_THE_SERVER = {
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "'20s'",
    "idle_in_transaction_session_timeout": "'60s'",
}
# From release 14 on: whoever waits for a lock gives up as well, before they take it for somebody who is gone.
_OF_NEWER_SERVERS = {"client_connection_check_interval": "'5s'"}
_NEWER = 140000
# The same on our side, in seconds; the user timeout in milliseconds.
_OURS: dict[str, int | str] = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
    # A database made without an encoding would give even its own version in bytes.
    "client_encoding": "utf8",
}


def arguments(database_uri: str) -> dict[str, int | str]:
    """What to connect with; whatever the URL says itself comes before."""
    said = make_url(database_uri).query
    return {name: value for name, value in _OURS.items() if name not in said}


def set_up(connection: Any, _record: Any) -> None:
    """Ask the server to look after us; to be called with each new connection of the driver."""
    before, connection.autocommit = connection.autocommit, True
    wanted = _OF_THE_SERVER | (_OF_NEWER_SERVERS if connection.info.server_version >= _NEWER else {})
    connection.execute("; ".join(f"SET {name} = {value}" for name, value in wanted.items()))
    connection.autocommit = before
