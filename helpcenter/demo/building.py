"""Builds the demo in an empty data folder: its people, then the manual, written over months, then its readers."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from flask import current_app

from helpcenter.accounts import user
from helpcenter.accounts.viewer import STRANGER
from helpcenter.articles.folder import sync
from helpcenter.articles.folder.finding import Level
from helpcenter.core import clock, jobs, shipped, site
from helpcenter.core.db import begin_write, db
from helpcenter.demo import conversations, forms, people, plan, questions, readers, saved_replies, suggestions
from helpcenter.search import drainer, finding

MANUAL = shipped.folder("articles")
FOLDER = "articles"
DAYS = 120
STAGES = 5
MARK = "DEMO"
SITE = {
    "name": "Help Center",
    "support_address": "support@demo.example",
    "time_zone": "Europe/Madrid",
    "cost_per_conversation": "8",
    "currency": "€",
}

Say = Callable[[str], None]


def is_built(data_dir: Path) -> bool:
    """Whether the folder holds a finished demo."""
    return (data_dir / MARK).exists()


def passwords(data_dir: Path) -> dict[str, str]:
    """The password of each address of the demo."""
    found: dict[str, str] = json.loads((data_dir / MARK).read_text())["passwords"]
    return found


def build(data_dir: Path, say: Say, days: int = DAYS) -> None:
    """Make the whole demo; the mark is written last, so that an interrupted one is begun again. Commits; slow."""
    now = clock.now()
    start = (now - timedelta(days=days)).replace(hour=0, minute=0, second=0, microsecond=0)
    with clock.moved(start):
        secrets = people.settle_in()
        begin_write()
        site.change(**SITE)
        db.session.commit()
    say("Writing the manual …")
    _write_manual(data_dir / "staged", start, days, say)
    drainer.rebuild()
    say(f"Letting readers come for {days} days …")
    shelf = readers.shelf()
    readers.let_act(plan.acts(shelf, start + timedelta(days=1), days), now, found=_count)
    forms.open_forms(shelf, start + timedelta(days=1), now)
    conversations.hold(start, now)
    saved_replies.save_all(now)
    suggestions.make_all(start, now)
    questions.ask_all(start, now)
    jobs.run_due(current_app._get_current_object())  # type: ignore[attr-defined]
    (data_dir / MARK).write_text(json.dumps({"built_at": now.isoformat(), "passwords": secrets}))


def bring_up_to_date(say: Say) -> None:
    """Take over what changed in the manual since the demo was built, and say what could not be taken. Commits."""
    report = sync.import_folder(MANUAL, sync.Options(name=FOLDER, by=_author()))
    for remark in report.findings:
        if remark.level == Level.ERROR:
            say(str(remark))


def _write_manual(staged: Path, start: datetime, days: int, say: Say) -> None:
    """Import the manual in a few stages, so that its articles are not all of one day.

    The languages of an article come together, or a translation would pass for the original.
    """
    files = sorted(path.relative_to(MANUAL) for path in MANUAL.rglob("*") if path.is_file())
    topics = [path for path in files if path.name == "_topic.md" or path.suffix != ".md"]
    articles = [path for path in files if path not in topics]
    places = sorted({path.parts[1:] for path in articles})
    for stage in range(STAGES):
        now = set(places[stage::STAGES])
        with clock.moved(start + timedelta(days=stage * days // (STAGES + 1), hours=9 + stage)):
            for path in [*(topics if stage == 0 else ()), *(one for one in articles if one.parts[1:] in now)]:
                (staged / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(MANUAL / path, staged / path)
            sync.import_folder(staged, sync.Options(name=FOLDER, by=_author()))
    shutil.rmtree(staged)
    bring_up_to_date(say)


def _author() -> int:
    author = user.by_email(people.PEOPLE[0].email)
    assert author is not None
    return author.id


def _count(query: str, locale: str) -> int:
    found = finding.find(query, locale, STRANGER)
    return found.total if found.total is not None else len(found.hits)
