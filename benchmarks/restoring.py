"""A copy of a site made, and brought back into an empty folder with its index: how long somebody waits for each."""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from pathlib import Path

from benchmarks import growth, site
from benchmarks.corpus import Writer
from benchmarks.table import Row
from helpcenter.accounts.viewer import STRANGER
from helpcenter.articles.visibility import listed
from helpcenter.backup import archive, restoring

WRITTEN = 500
"""The others are copies of these."""
PROMISED_SECONDS = 120


def rows(articles: int) -> list[Row]:
    """Seconds of the clock, once."""
    with tempfile.TemporaryDirectory() as folder:
        writer = Writer()
        where = site.make(Path(folder), WRITTEN, words=lambda _, count: " ".join(writer.words(count)))
        with where.app.app_context():
            growth.copy_articles(max(1, articles // WRITTEN) - 1)
            count, begun = len(listed(STRANGER, "en")), time.perf_counter()
            copy = archive.write(where.app, Path(folder) / "copy.zip")
        copied = time.perf_counter() - begun
        begun = time.perf_counter()
        settings = replace(where.settings, data_dir=Path(folder) / "elsewhere")
        found = restoring.restore(copy, settings)
        restored = time.perf_counter() - begun
    if found.documents < count:
        raise RuntimeError(f"of {count} articles {found.documents} can be found again")
    return [
        Row(f"a copy of {count:,} articles", [copied], "s"),
        Row(f"{count:,} articles brought back, with their index", [restored], "s", at_most=PROMISED_SECONDS),
    ]
