from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import Module, modules

KINDS = {"models", "views", "utils", "helpers", "common", "misc", "tools"}
CLOCK = re.compile(r"(datetime\.(now|utcnow|today)|\bdate\.today|\btime\.(time|time_ns|localtime|gmtime))$")
HOMES = {
    "core/markdown/": ("markdown", "nh3", "pygments", "pymdownx"),
    "search/": ("whoosh",),
    "files/reencoding.py": ("PIL",),
    "support/mail_in/html_text.py": ("bs4", "markdownify"),
    "accounts/": ("jwt",),
    "articles/importers/from_html/": ("bs4", "markdownify"),
}
# Who commits besides views and commands, and why.
COMMITTERS = {
    "articles/studio/planning.py": "a job publishes and archives, one edition at a time",
    "articles/studio/working_copy.py": "a job forgets what nobody came back to",
    "articles/snippets/rerendering.py": "a job marks what can not be shown with the words of now",
    "backup/rules.py": "a copy is brought in by one transaction of its own",
    "backup/target.py": "clears the tables of a database that was found empty",
    "core/pause.py": "a pause is begun and ended by transactions of its own",
    "core/content_version.py": "makes its one row at start",
    "core/lease.py": "a lease is a transaction of its own",
    "core/limits.py": "counts apart from the act it counts",
    "core/jobs.py": "notes how a job ended",
    "core/mail.py": "a job forgets old letters",
    "core/mail_outbox.py": "a job claims and marks, one letter at a time",
    "journeys/search_query.py": "a job forgets old words",
    "journeys/settlement.py": "a job settles some people at a time",
    "accounts/notifications/mailing.py": "a job writes one letter at a time",
    "accounts/notifications/notification.py": "a job forgets old ones",
    "accounts/registration.py": "a job sweeps old sessions",
    "accounts/setup.py": "the start of the site makes a link",
    "accounts/sign_in.py": "notes after the act that a session is in use",
    "articles/verification_letter.py": "a job queues the letters of a week",
    "articles/health/looking.py": "a job looks at other sites",
    "articles/health/reading.py": "a job reads what texts point to",
    "community/counting.py": "a command, and a job shows new counts",
    "community/pictures.py": "takes one picture while a post is written",
    "files/waiting.py": "a job forgets pictures that no post took",
    "community/rerendering.py": "a command renders some posts at a time",
    "community/likely.py": "a job shows what became quiet",
    "community/reminder.py": "a job writes one letter at a time",
    "community/draft.py": "a job forgets drafts that nobody came back for",
    "articles/suggestion.py": "a job forgets addresses to which no letter went",
    "feedback/vote_address.py": "a job forgets addresses to which no letter went",
    "feedback/recount.py": "a command",
    "feedback/tally.py": "a job shows new counts",
    "files/upload.py": "the import of a folder takes one picture at a time",
    "support/attachment.py": "a job forgets files that no message took",
    "support/mail_in/arrival.py": "a job takes in one letter at a time",
    "support/mail_in/incoming_mail.py": "a job forgets old keys",
    "support/mail_in/polling.py": "a job notes how far it read",
    "reports/weekly_letter.py": "a job queues the letters of a week",
    "web/settings/page.py": "a view",
}
COMMITTING_FOLDERS = ("/views/", "/cli/", "/demo/", "/articles/folder/", "/articles/importers/", "/search/")
# The time of a file is told by the clock of the disk.
OTHER_CLOCKS = {"core/clock.py", "files/folder_store.py"}


def test_a_file_is_named_after_a_noun_or_a_rule() -> None:
    assert not [module.where for module in modules() if module.path.stem in KINDS]


def test_only_the_settings_read_the_environment() -> None:
    strays = [
        f"{module.where}:{line}"
        for module in modules()
        for line, name in [*module.reads(), *module.imports()]
        if re.search(r"\bos\.(environ|getenv)", name)
    ]
    assert not strays


def test_only_the_clock_asks_the_time() -> None:
    strays = [
        f"{module.where}:{line} {name}"
        for module in modules()
        for line, name in [*module.reads(), *module.imports()]
        if CLOCK.search(name) and module.where not in OTHER_CLOCKS
    ]
    assert not strays


@pytest.mark.parametrize("home", HOMES)
def test_a_library_with_one_home_is_imported_there_only(home: str) -> None:
    strays = [
        f"{module.where}:{line} {name}"
        for module in modules()
        for line, name in module.imports()
        if (library := name.split(".")[0]) in HOMES[home] and not module.where.startswith(_homes(library))
    ]
    assert not strays


def _homes(library: str) -> tuple[str, ...]:
    """HTML comes from two sides, mail and other help centers; every other library has one home."""
    return tuple(home for home, libraries in HOMES.items() if library in libraries)


def test_only_views_commands_and_jobs_commit() -> None:
    strays = [
        f"{module.where}:{line}"
        for module in modules()
        for line, name in module.reads()
        if name.endswith(".commit") and not _may_commit(module)
    ]
    assert not strays


def _may_commit(module: Module) -> bool:
    return module.where in COMMITTERS or any(folder in f"/{module.where}" for folder in COMMITTING_FOLDERS)


def test_whoever_may_commit_still_does() -> None:
    assert set(COMMITTERS) <= {
        module.where for module in modules() if any(name.endswith(".commit") for _, name in module.reads())
    }


def test_a_web_process_leaves_the_heavy_libraries_out(tmp_path: Path) -> None:
    probe = f"""
import sys
from pathlib import Path
from config import Settings
from helpcenter.app import create_app
from helpcenter.core import migration
app = create_app(Settings(data_dir=Path({str(tmp_path)!r}), secret_key="x" * 40, log_level="ERROR"))
with app.app_context():
    from helpcenter.core.db import db
    db.create_all()
for path in ("/", "/en/", "/login", "/nowhere"):
    app.test_client().get(path)
heavy = ("markdown", "pymdownx", "pygments", "nh3", "PIL", "icalendar", "alembic", "granian", "imap_tools", "bs4", "jwt", "cryptography")
print([name for name in heavy if name in sys.modules])
"""
    told = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
