from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from whoosh.filedb.filestore import FileStorage

from helpcenter.search.document import Document
from helpcenter.search.engine import EngineDamaged
from helpcenter.search.whoosh_engine import run
from helpcenter.search.whoosh_engine.engine import WhooshEngine
from helpcenter.search.whoosh_engine.run import Posting, Runs


@pytest.mark.parametrize("count", [0, 1, 6, 7, 8, 200])
def test_postings_come_back_in_order_and_leave_nothing_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    monkeypatch.setattr(run, "MOST_POSTINGS", 7)
    monkeypatch.setattr(run, "AT_ONCE", 3)
    chance = Random(count)
    given: list[Posting] = [
        (chance.choice(("title_en", "body_en")), chance.choice((b"word", b"\xd0\xb0")), number, 1.0, None)
        for number in range(count)
    ]
    pool = Runs(FileStorage(str(tmp_path)), None)
    for posting in chance.sample(given, count):
        pool.add(posting)
    assert len(list(tmp_path.iterdir())) == max(0, count - 1) // 7
    assert list(pool.iter_postings()) == sorted(given)
    assert list(tmp_path.iterdir()) == []


def test_an_index_that_is_given_up_leaves_no_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "MOST_POSTINGS", 5)
    seen: list[Path] = []

    def documents() -> Iterator[Document]:
        for number in range(1, 9):
            yield Document("article", number, "en", f"The title {number}", "Some words of a text.", topic_id=1)
        seen.extend(tmp_path.rglob("*.run"))
        raise LookupError("there is no more")

    with pytest.raises(EngineDamaged):
        WhooshEngine(tmp_path / "index").rebuild(documents())
    assert seen and list(tmp_path.rglob("*.run")) == []
