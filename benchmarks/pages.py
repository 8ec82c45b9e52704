"""An article beside the bare page: warm, cold, for somebody who is logged in, at many connections at once."""

from __future__ import annotations

from benchmarks import ceiling, load, site
from benchmarks.comparison import cold, tail, warm
from benchmarks.server import Server
from benchmarks.table import Row

WARM = (1.0, 1.0)
LOGGED_IN = (0.35, 3.0)
LOGGED_IN_SHARE = 4
"""One request for so many of the bare page's, so that a round takes about as long."""
FLASKBB = 159
"""What a topic page of FlaskBB costs, in bare pages: measured once on another day, on two cores, and not here."""


def rows(bare: Server, product: Server, ours: site.Site, rounds: int, times: int) -> list[Row]:
    """Every row of an article, the rounds of each in turn with the bare page."""
    article = load.request(ours.address)
    logged_in = load.request(ours.address, headers=(f"Cookie: {ours.cookie}",))
    found = warm("anonymous article, warm", bare, product, article, rounds=rounds, times=times, goals=WARM)
    found += ceiling.rows(bare, product, ours.address, rounds, times)
    found.append(
        Row(
            f"FlaskBB's topic page ({FLASKBB} bare pages, measured elsewhere): processor to ours",
            [FLASKBB / ratio for ratio in found[1].measured],
            at_least=100,
        )
    )
    share = times // LOGGED_IN_SHARE
    found += warm("logged-in article, warm", bare, product, logged_in, rounds=rounds, times=share, goals=LOGGED_IN)
    after_a_change = [cold(bare, product, ours) for _ in range(rounds)]
    found.append(Row("anonymous article, cold: processor to the bare page", after_a_change, at_most=8))
    for name, cookie, most in (("anonymous article, cold", "", 6), ("logged-in article, warm", ours.cookie, 3)):
        found.append(Row(f"{name}: queries", [ours.queries(cookie)], "", at_most=most, is_timed=False))
    tails = [tail(bare, product, article, times) for _ in range(rounds)]
    return [*found, Row("99th percentile at 50 connections to the bare page's", tails, at_most=1.5)]
