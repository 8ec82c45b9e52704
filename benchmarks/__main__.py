"""`make bench`: every promise about speed, as ratios to a bare page measured in turn with it.

Each round asks the bare server and ours for the same number of pages, one after the other; a row shows the median of
the rounds and their spread. When other processes take more than a quarter of the machine nothing timed is judged.
"""

from __future__ import annotations

import argparse
import gzip
import resource
import tempfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from benchmarks import community, journeys, load, site
from benchmarks.server import Server, serving
from benchmarks.table import BUSY_SHARE, Bystanders, Row

PAGE = load.request("/page")
NOTHING = load.request("/nothing", method="POST")
Measure = Callable[[Server, bytes, int], tuple[float, float]]


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--requests", type=int, default=2000, help="of each kind in a round")
    options.add_argument("--articles", type=int, default=300)
    options.add_argument("--grown", type=int, default=0, help="articles of a second site, to see what growth costs")
    options.add_argument("--events", type=int, default=120_000, help="to rebuild episodes from; 0 leaves that out")
    options.add_argument("--questions", type=int, default=5_000, help="of a large community; 0 leaves that out")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ours = site.make(Path(folder), asked.articles)
        with serving("benchmarks.bare:app", {}) as bare, serving("helpcenter.wsgi:app", ours.environment) as product:
            watch, begun = Bystanders(), own_seconds() + bare.cpu_seconds() + product.cpu_seconds()
            rows = measured(bare, product, ours, asked.rounds, asked.requests)
            if asked.grown:
                rows += growth(bare, product, ours, asked.grown, asked.rounds)
            others = watch.share(own_seconds() + bare.cpu_seconds() + product.cpu_seconds() - begun)
    if asked.events:
        rows += journeys.rows(asked.events)
    if asked.questions:
        rows += community.rows(asked.questions, asked.rounds)
    is_quiet = others <= BUSY_SHARE
    print(f"Other processes took {others:.0%} of this machine" + ("" if is_quiet else ": nothing timed is judged"))
    for row in sorted(rows, key=lambda row: row.line(is_quiet).rsplit("|", 1)[1] in (" missed", " not judged")):
        print(row.line(is_quiet))


def measured(bare: Server, product: Server, ours: site.Site, rounds: int, times: int) -> list[Row]:
    """Every row, the rounds of each interleaved with the bare page."""
    article = load.request(ours.address)
    signed_in = load.request(ours.address, headers=(f"Cookie: {ours.cookie}",))
    rows = []
    for name, asked, least, most, share in (
        ("anonymous article, warm", article, 1.0, 1.0, 1),
        ("signed-in article, warm", signed_in, 0.35, 3.0, 4),
    ):
        warm = [compared(bare, PAGE, product, asked, times // share) for _ in range(rounds)]
        rows.append(Row(f"{name}: throughput to the bare page", [one[0] for one in warm], at_least=least))
        rows.append(Row(f"{name}: processor to the bare page", [one[1] for one in warm], at_most=most))
    cold_rounds = [cold(bare, product, ours) for _ in range(rounds)]
    rows.append(Row("anonymous article, cold: processor to the bare page", cold_rounds, at_most=8))
    for name, cookie, most in (("anonymous article, cold", "", 6), ("signed-in article, warm", ours.cookie, 3)):
        rows.append(Row(f"{name}: queries", [ours.queries(cookie)], "", at_most=most, is_timed=False))
    tails = [tail(bare, product, article, times) for _ in range(rounds)]
    rows.append(Row("99th percentile at 50 connections to the bare page", tails, at_most=1.5))
    for name, writing, least in (
        ("recording a view", beacon_of(product, ours.address), None),
        ("a vote", vote_of(product, ours.address), 0.4),
    ):
        written = [compared(bare, NOTHING, product, writing, times // 4) for _ in range(rounds)]
        rows.append(
            Row(f"{name}: throughput to a write that does nothing", [one[0] for one in written], at_least=least)
        )
        rows.append(Row(f"{name}: processor to a write that does nothing", [one[1] for one in written]))
    rows.append(
        Row(
            "search page, new words: processor a query", [searched(product, n) for n in range(rounds)], "ms", at_most=25
        )
    )
    rows.append(
        Row("memory of a web process", [product.proportional_bytes() / 2**20], "MB", at_most=100, is_timed=False)
    )
    rows.append(Row("cold start to the first answer", [product.started_seconds], "s", at_most=2))
    rows.append(
        Row("first view, compressed", [first_view(product, ours.address) / 1000], "kB", at_most=40, is_timed=False)
    )
    return rows


def compared(bare: Server, plain: bytes, product: Server, asked: bytes, times: int) -> tuple[float, float]:
    """Throughput and processor time of ours as ratios to the bare server, one after the other."""
    them, their_cpu = spent(bare, plain, times)
    us, our_cpu = spent(product, asked, times)
    return us / them, our_cpu / their_cpu


def spent(server: Server, asked: bytes, times: int, connections: int = 16) -> tuple[float, float]:
    """Requests a second and processor seconds of so many requests."""
    before = server.cpu_seconds()
    answer = load.run(server.port, asked, times=times, connections=connections)
    bad = {status for status in answer.statuses if status >= 300}
    if bad:
        raise RuntimeError(f"answered with {bad}: {asked[:80]!r}")
    return answer.per_second, server.cpu_seconds() - before


def cold(bare: Server, product: Server, ours: site.Site, times: int = 40) -> float:
    """Processor time of a first view after a change over that of the bare page."""
    _, plain = spent(bare, PAGE, times * 10)
    seconds = 0.0
    for _ in range(times):
        ours.grow_cold()
        seconds += spent(product, load.request(ours.address), 1, connections=1)[1]
    return seconds / times / (plain / times / 10)


def growth(bare: Server, small: Server, ours: site.Site, articles: int, rounds: int) -> list[Row]:
    """The same page on a site of many more articles."""
    with tempfile.TemporaryDirectory() as folder:
        larger = site.make(Path(folder), articles)
        with serving("helpcenter.wsgi:app", larger.environment) as large:
            times = [cold(bare, large, larger) / cold(bare, small, ours) for _ in range(rounds)]
        more = larger.queries() - ours.queries()
    return [
        Row(f"growth to {articles} articles: processor of a cold page", times, at_most=1.5),
        Row(f"growth to {articles} articles: more queries", [more], "", at_most=0, is_timed=False),
    ]


def tail(bare: Server, product: Server, asked: bytes, times: int) -> float:
    """The 99th percentile of ours over that of the bare page, at 50 connections."""
    them = load.run(bare.port, PAGE, times=times, connections=50)
    us = load.run(product.port, asked, times=times, connections=50)
    return us.percentile(0.99) / them.percentile(0.99)


def searched(product: Server, round_number: int, queries: int = 40) -> float:
    """Milliseconds of processor a page of results costs, each for words nobody asked for before."""
    before = product.cpu_seconds()
    for number in range(queries):
        words = f"{site.WORDS[number % 16]} {site.WORDS[(number * 5 + round_number) % 16]} {number % 7}"
        load.run(product.port, load.request(f"/en/search?q={quote(words)}"), times=1, connections=1)
    return (product.cpu_seconds() - before) / queries * 1000


def beacon_of(product: Server, address: str) -> bytes:
    """The request by which a page of ours reports that it was seen."""
    page = text_of(product, address)
    token = page.split('data-token="', 1)[1].split('"', 1)[0]
    return load.request("/events", method="POST", body=f"token={token}&act=viewed".encode())


def vote_of(product: Server, address: str) -> bytes:
    """The request by which somebody says that an article helped; without a cookie each time somebody else."""
    page = text_of(product, address)
    ballot = page.split('name="revision_id" value="', 1)[1].split('"', 1)[0]
    where = address.rpartition("-tutorial")[0]
    return load.request(f"{where}/vote", method="POST", body=f"revision_id={ballot}&answer=yes".encode())


def first_view(product: Server, address: str) -> int:
    """Bytes of a first view of an article: page, style and script, compressed."""
    page = text_of(product, address)
    parts = [address for address in page.split('"') if address.startswith("/assets/")]
    return sum(len(gzip.compress(text.encode())) for text in (page, *(text_of(product, part) for part in parts)))


def text_of(server: Server, path: str) -> str:
    """The body of a page."""
    from http.client import HTTPConnection

    line = HTTPConnection("127.0.0.1", server.port, timeout=30)
    line.request("GET", path)
    return line.getresponse().read().decode()


def own_seconds() -> float:
    """Processor seconds of this process, which is the client of every measurement."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
