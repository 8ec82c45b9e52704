"""The report: a sentence first, then the chart, what to do, and every figure with the way to its episodes."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for

from helpcenter.accounts.viewer import Viewer
from helpcenter.core import locale, site
from helpcenter.core.locale import LANGUAGES
from helpcenter.reports import chart, counts, leakage, revise_queue, week, words
from helpcenter.reports.episode_list import Wanted
from helpcenter.reports.figures import by_channel, figures_of
from helpcenter.reports.range import PRESETS, Range, today
from helpcenter.reports.scope import Scope
from helpcenter.reports.titles import titles_of
from helpcenter.reports.views.blueprint import reader, reports
from helpcenter.reports.week import Task
from helpcenter.topics.tree import tree


@reports.get("")
def index() -> str:
    """What did not need to happen in some days, in a language, in a topic."""
    viewer, now = reader(), today()
    scope = Scope.of(request.args, now)
    days = counts.daily(scope)
    counted = [one.counted for one in days]
    first_open = counts.provisional_from(scope, now)
    drawn = chart.points(days, scope.range, first_open)
    return render_template(
        "reports/index.html",
        scope=scope,
        presets=[(name, Range.named(name, now)) for name in PRESETS],
        topics=tree().roots(viewer),
        languages_offered=[(code, LANGUAGES[code].endonym) for code in site.current().locales],
        locale_here=locale.current(),
        figures=figures_of(counted),
        before=figures_of(counts.totals(scope.before)),
        awaiting=scope.awaiting(now),
        waiting=counts.waiting(scope.awaiting(now)),
        visits=counts.visits(scope),
        changed=counts.changed(scope),
        first_open=first_open,
        channels=by_channel(counted),
        points=drawn,
        wide=chart.draw(drawn, chart.WIDE),
        narrow=chart.draw(drawn, chart.NARROW),
        is_empty=not counted and not counts.is_anything_counted(),
        channel_names=words.CHANNELS,
        series=words.SERIES,
        to=_to,
        **_work(scope, viewer),
    )


def _work(scope: Scope, viewer: Viewer) -> dict[str, Any]:
    """What leads to work: tasks, articles that deflect, articles that leak."""
    credited, leaks = counts.credited_articles(scope), leakage.leaks(scope)
    titles = titles_of({*credited, *(one.article_id for one in leaks)}, scope.locale)
    known = [(leak, titles[leak.article_id]) for leak in leaks if leak.article_id in titles]
    found = week.tasks(known, week.not_found(scope), revise_queue.revise_queue(scope))
    return {
        "tasks": [(one, _action(one, viewer)) for one in found],
        "credited": credited,
        "leaks": leaks,
        "titles": titles,
        "may_edit": viewer.may("edit_articles"),
    }


def _action(task: Task, viewer: Viewer) -> tuple[str, str]:
    """What can be done, by name, and where."""
    if task.article_id:
        if viewer.may("edit_articles"):
            return "edit", url_for("studio.edit", article_id=task.article_id, language=task.locale)
        return "read", url_for("articles.show", article_id=task.article_id, slug="", locale=task.locale)
    there: dict[str, Any] = {"in": task.locale}
    if task.is_one_word and viewer.may("tune_search"):
        return "synonym", url_for("search_words.new_synonym", words=task.words, **there)
    if viewer.may("edit_articles"):
        return "write", url_for("studio.new", title=task.words, **there)
    return "search", url_for("search.index", q=task.words, locale=task.locale)


def _to(scope: Scope, state: str = "", **more: Any) -> str:
    """The episodes behind a figure."""
    return url_for("reports.index_episodes", **Wanted(scope, state, **more).as_query())
