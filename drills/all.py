"""Every drill, in the order in which the table shows them."""

from __future__ import annotations

from drills import copying, database_server, disk, lost_host, new_release, processes, search_index, visitors
from drills.drill import POSTGRESQL, SQLITE, Drill
from drills.killed_mail import KilledMail
from drills.mail import MailServer
from drills.own_postgres import OwnPostgres

FOUR = {"HELPCENTER_WORKERS": "4"}
BACK_SECONDS = 5
"""So soon a process that was killed, or a database that was restarted, is there again."""
LOST_SECONDS = 45
"""So soon what a lost machine was writing is free again, which takes half a minute, and everybody was heard since."""

WITH_A_SERVER = ("database server restarted", "one of two hosts lost")
"""Those that need a database server of their own."""


def drills(postgres: OwnPostgres | None = None) -> list[Drill]:
    """All of them; those that restart a database server need one of their own."""
    found = [
        Drill("web processes killed one by one", processes.kill_web_processes, within_seconds=BACK_SECONDS),
        KilledMail().watching(
            Drill("process for jobs killed", processes.kill_jobs, is_quiet=True, within_seconds=BACK_SECONDS)
        ),
        KilledMail().watching(Drill("everything killed, started again", processes.kill_everything)),
        Drill("four processes write at once", processes.write_from_four, is_quiet=True, environ=FOUR),
        Drill("search index deleted", search_index.delete, is_quiet=True),
        Drill("search index cut in half", search_index.truncate, (SQLITE,), is_quiet=True, is_long=True),
        Drill("search index scrambled", search_index.scramble, is_quiet=True, is_long=True),
        Drill("search index can not be opened", search_index.obstruct, (SQLITE,), is_quiet=True, is_long=True),
        Drill("search index locked", search_index.lock, is_quiet=True, is_long=True),
        Drill("disk full", disk.fill_disk, (SQLITE,), place=disk.small_disk, afterwards=disk.refused_otherwise),
        MailServer().drill,
        Drill("a hundred slow heads", visitors.slow_heads, is_quiet=True),
        Drill("a hundred slow bodies", visitors.slow_bodies, is_quiet=True),
        Drill("connections of the database ended", database_server.end_connections, (POSTGRESQL,), within_seconds=5),
        Drill("backup, and restored elsewhere", copying.back_up, is_quiet=True, is_long=True),
        Drill("upgrade killed twice, and repeated", new_release.upgrade, is_long=True),
    ]
    if postgres:
        restart = database_server.restarting(postgres.restart)
        restarted, lost = WITH_A_SERVER
        found.append(Drill(restarted, restart, (POSTGRESQL,), within_seconds=BACK_SECONDS))
        found.append(
            Drill(
                lost,
                lost_host.lose,
                (POSTGRESQL,),
                setting=lost_host.two_hosts,
                is_long=True,
                within_seconds=LOST_SECONDS,
            )
        )
    return found
