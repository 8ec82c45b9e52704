"""A mail server that is away, then silent, then refuses everything. Nobody who writes waits for it."""

from __future__ import annotations

from collections import Counter

from drills.drill import Drill
from drills.ground import TEAM
from drills.reading_back import MARK, soon
from drills.running_site import free_port, until
from drills.scene import Scene
from drills.smtp_server import Letter, SmtpServer

NOT_NOW = "451 4.7.1 later"
DELIVERY_SECONDS = 400
"""What was refused is tried again after one minute, then after four."""


class MailServer:
    """The server of one drill, and the letters that reached it."""

    def __init__(self) -> None:
        self._server = SmtpServer(port=free_port())

    @property
    def drill(self) -> Drill:
        """Away, silent and refusing while people write; then each letter arrives once."""
        return Drill(
            "mail server away, silent, refusing",
            self._fail,
            is_quiet=True,
            is_long=True,
            environ=settings_for(self._server),
            afterwards=self._letters_not_as_promised,
        )

    def _fail(self, scene: Scene) -> None:
        scene.writers.wait_until_heard()
        server = self._server
        server.stalls, server.refuse_recipient = True, NOT_NOW
        server.__enter__()
        if not until(lambda: server.connections):
            raise TimeoutError("nobody asks the mail server")
        # Whoever waited for it would never be heard again.
        for _ in range(3):
            scene.writers.wait_until_heard()
        server.stalls = False
        for _ in range(3):
            scene.writers.wait_until_heard()

    def _letters_not_as_promised(self, scene: Scene) -> list[str]:
        try:
            self._server.refuse_recipient = ""
            written = {mark for kind in ("contact", "message") for mark in scene.writers.acknowledged[kind]}
            soon(lambda: written <= self._arrived().keys(), DELIVERY_SECONDS)
            arrived = self._arrived()
            missing = len(written - arrived.keys())
            twice = sum(count > 1 for count in arrived.values())
            return [f"letters: {missing} missing, {twice} sent twice"] if missing or twice else []
        finally:
            self._server.__exit__(None, None, None)

    def _arrived(self) -> Counter[str]:
        """How many letters to the team are about each thing that was written."""
        return Counter(mark for mark, _name in marks_by_letter(self._server.letters))


def settings_for(server: SmtpServer) -> dict[str, str]:
    """The settings of a site that sends its mail there."""
    return {
        "HELPCENTER_MAIL_SERVER": "127.0.0.1",
        "HELPCENTER_MAIL_PORT": str(server.port),
        "HELPCENTER_MAIL_USE_TLS": "no",
    }


def marks_by_letter(letters: list[Letter]) -> list[tuple[str, str]]:
    """Each mark that a letter to the team holds, with the Message-ID of that letter."""
    found = []
    for letter in [*letters]:
        if letter.recipients == [TEAM]:
            body = letter.message.get_body(("plain",))
            marks = set(MARK.findall(body.get_content() if body else ""))
            found += [(mark, letter.name) for mark in sorted(marks)]
    return found
