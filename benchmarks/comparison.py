"""Ours beside the bare server: the same number of requests to each, one after the other, on the same machine."""

from __future__ import annotations

from benchmarks import load, site
from benchmarks.server import Server
from benchmarks.table import Row

PAGE = load.request("/page")
NOTHING = load.request("/nothing", method="POST")
CONNECTIONS = 16


def spent(server: Server, asked: bytes, times: int, connections: int = CONNECTIONS) -> tuple[float, float]:
    """Requests a second and processor seconds of so many requests."""
    before = server.cpu_seconds()
    answer = load.run(server.port, asked, times=times, connections=connections)
    bad = {status for status in answer.statuses if status >= 300}
    if bad:
        raise RuntimeError(f"answered with {bad}: {asked[:80]!r}")
    return answer.per_second, server.cpu_seconds() - before


def compared(bare: Server, plain: bytes, product: Server, asked: bytes, times: int) -> tuple[float, float]:
    """Throughput and processor time of ours as ratios to the bare server, one after the other."""
    them, their_cpu = spent(bare, plain, times)
    us, our_cpu = spent(product, asked, times)
    return us / them, our_cpu / their_cpu


def warm(
    name: str, bare: Server, product: Server, asked: bytes, *, rounds: int, times: int, goals: tuple[float, float]
) -> list[Row]:
    """Throughput, at least the first of the goals, and processor, at most the second, of a page seen before."""
    spent(product, asked, CONNECTIONS * 4)
    found = [compared(bare, PAGE, product, asked, times) for _ in range(rounds)]
    least, most = goals
    return [
        Row(f"{name}: throughput to the bare page", [one[0] for one in found], at_least=least),
        Row(f"{name}: processor to the bare page", [one[1] for one in found], at_most=most),
    ]


def cold(bare: Server, product: Server, ours: site.Site, times: int = 40) -> float:
    """Processor time of a first view after a change over that of the bare page."""
    _, plain = spent(bare, PAGE, times * 10)
    seconds = 0.0
    for _ in range(times):
        ours.grow_cold()
        seconds += spent(product, load.request(ours.address), 1, connections=1)[1]
    return seconds / times / (plain / times / 10)


def tail(bare: Server, product: Server, asked: bytes, times: int, connections: int = 50) -> float:
    """The 99th percentile of ours over that of the bare page, at so many connections."""
    them = load.run(bare.port, PAGE, times=times, connections=connections)
    us = load.run(product.port, asked, times=times, connections=connections)
    return us.percentile(0.99) / them.percentile(0.99)


def text_of(server: Server, path: str) -> str:
    """The body of a page."""
    from http.client import HTTPConnection

    line = HTTPConnection("127.0.0.1", server.port, timeout=30)
    line.request("GET", path)
    return line.getresponse().read().decode()
