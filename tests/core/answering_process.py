"""A web worker that answers, and tells which libraries it carries then: `python -m tests.core.answering_process`.

It reads from its input where the site is, and what is asked of it by whom.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from config import Settings
from helpcenter.app import create_app
from helpcenter.core.page_store import SESSION_COOKIE


def main() -> None:
    """Answer everything, then say how, and what was read for it."""
    given = json.load(sys.stdin)
    settings = Settings(data_dir=Path(given["data_dir"]), secret_key="x" * 40, metrics_token=given["metrics_token"])
    app, statuses = create_app(settings), []
    for one in given["requests"]:
        browser = app.test_client()
        browser.set_cookie(SESSION_COOKIE, one.get("cookie", ""))
        asked = {"method": one.get("method", "GET"), "data": one.get("data"), "headers": one.get("headers")}
        statuses.append([one["path"], browser.open(one["path"], **asked).status_code])
    json.dump({"statuses": statuses, "libraries": sorted({name.split(".")[0] for name in sys.modules})}, sys.stdout)


if __name__ == "__main__":
    main()
