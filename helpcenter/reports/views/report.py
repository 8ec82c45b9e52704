"""The report: a sentence first, then the chart, what to do, and every figure with the way to its episodes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import render_template, request, url_for

from helpcenter.accounts.viewer import Viewer
from helpcenter.core import locale, site
from helpcenter.core.locale import LANGUAGES
from helpcenter.feedback import survey
from helpcenter.journeys.identity import Identities
from helpcenter.reports import action, chart, cost, counts, leakage, week, words
from helpcenter.reports.behind import Behind
from helpcenter.reports.beyond import beyond
from helpcenter.reports.cost import Cost
from helpcenter.reports.episode_list import Wanted
from helpcenter.reports.figures import ChannelFigures, by_channel, figures_of
from helpcenter.reports.range import PRESETS, Range, today
from helpcenter.reports.scope import Scope
from helpcenter.reports.share import Share
from helpcenter.reports.titles import titles_of
from helpcenter.reports.views.blueprint import reader, reports
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
    who = Identities.known()
    now_beyond = beyond(scope, who)
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
        is_empty=not counts.is_anything_counted(),
        channel_names=words.CHANNELS,
        series=words.SERIES,
        to=_to,
        beyond=now_beyond,
        cost=_cost(scope, by_channel(counted)),
        before_cost=_cost(scope.before, by_channel(counts.totals(scope.before))),
        may_change_site=viewer.may("change_site"),
        before_beyond=beyond(scope.before, who),
        behind=_behind,
        **_work(scope, viewer, who, [id_ for id_, _share in now_beyond.articles]),
    )


def _cost(scope: Scope, channels: Sequence[ChannelFigures]) -> Cost | None:
    """What was saved, by all answers up to the end of the days; None where a conversation has no cost."""
    per_conversation = cost.amount(site.current().cost_per_conversation)
    if per_conversation is None:
        return None
    answers = {place: Share(*said) for place, said in survey.answers(scope.range.moments[1]).items()}
    return cost.saved(per_conversation, {one.channel: one.figures.deflected for one in channels}, answers)


def _work(scope: Scope, viewer: Viewer, who: Identities, voted: Sequence[int]) -> dict[str, Any]:
    """What leads to work: tasks, articles that deflect, articles that leak; with the titles of those voted on."""
    credited, leaks = counts.credited_articles(scope), leakage.leaks(scope, who)
    titles = titles_of({*credited, *voted, *(one.article_id for one in leaks)}, scope.locale)
    found = week.this_week(scope, leaks, titles, who)
    return {
        "tasks": [(one, action.of(one, viewer)) for one in found],
        "credited": credited,
        "leaks": leaks,
        "titles": titles,
        "may_edit": viewer.may("edit_articles"),
    }


def _to(scope: Scope, state: str = "", **more: Any) -> str:
    """The episodes behind a figure."""
    return url_for("reports.index_episodes", **Wanted(scope, state, **more).as_query())


def _behind(kind: str, scope: Scope, part: str = "", **more: Any) -> str:
    """The searches, forms, votes or conversations behind a figure."""
    return url_for(f"reports.index_{kind}", **Behind(kind, scope, part, **more).as_query())
