"""Several hosts on one machine: each a network namespace with an address of its own, joined by one bridge.

Nothing of it leaves the machine: the bridge leads nowhere else.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from drills.can_not_run import CanNotRun

NETWORK = "10.213.77"
BRIDGE = f"{NETWORK}.1"
"""The address under which every host finds what runs outside of them all, such as the database."""


@dataclass(frozen=True)
class Host:
    """One host; `name` is that of its namespace."""

    name: str
    address: str

    @property
    def prefix(self) -> tuple[str, ...]:
        """What a command begins with to run there."""
        return ("ip", "netns", "exec", self.name)

    def cut_off(self) -> None:
        """Pull its cable."""
        _ip("-n", self.name, "link", "set", "eth0", "down")


@contextmanager
def hosts(count: int) -> Iterator[Sequence[Host]]:
    """So many hosts until the block ends. Raises CanNotRun where namespaces can not be made."""
    if os.getuid() != 0 or not any(Path(folder, "ip").exists() for folder in ("/sbin", "/usr/sbin", "/usr/bin")):
        raise CanNotRun("hosts are made by root, with iproute2")
    with ExitStack() as undone:
        bridge = f"hc{os.getpid() % 100_000}"
        _make(undone, ("link", "add", bridge, "type", "bridge"), ("link", "del", bridge))
        _ip("addr", "add", f"{BRIDGE}/24", "dev", bridge)
        _ip("link", "set", bridge, "up")
        found = []
        for number in range(count):
            host = Host(f"{bridge}h{number}", f"{NETWORK}.{number + 2}")
            _make(undone, ("netns", "add", host.name), ("netns", "del", host.name))
            cable = f"{bridge}v{number}"
            _ip("link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", host.name)
            _ip("link", "set", cable, "master", bridge, "up")
            _ip("-n", host.name, "addr", "add", f"{host.address}/24", "dev", "eth0")
            for link in ("lo", "eth0"):
                _ip("-n", host.name, "link", "set", link, "up")
            found.append(host)
        yield found


def _make(undone: ExitStack, make: tuple[str, ...], undo: tuple[str, ...]) -> None:
    made = subprocess.run(["ip", *make], capture_output=True, text=True)
    if made.returncode:
        raise CanNotRun(f"no hosts can be made here: {made.stderr.strip()}")
    undone.callback(_ip, *undo)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)
