"""What a saved reply says in one conversation: in its language, with its variables and addresses filled in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from helpcenter.accounts.viewer import STRANGER, Viewer
from helpcenter.core import site
from helpcenter.core.locale import LANGUAGES
from helpcenter.support import letters
from helpcenter.support.conversation import Conversation
from helpcenter.support.replies import article_link, saved_reply, variable
from helpcenter.support.replies.saved_reply import SavedReply, SavedReplyText

MOST_FOUND = 10


@dataclass(frozen=True)
class Insertion:
    """The text as it goes into the field, and its language, which is another one where there is none in theirs.

    `hidden` are the articles it names that not everybody can read.
    """

    id: int
    name: str
    text: str
    locale: str
    is_theirs: bool
    hidden: Collection[int]

    def told(self, row: Conversation) -> str:
        """What whoever inserts it should know, '' for nothing: another language, articles that not all may read."""
        said = []
        if not self.is_theirs:
            named = {"wanted": _endonym(row.locale), "language": _endonym(self.locale)}
            said.append(_("There is no text in %(wanted)s: this is the one in %(language)s.", **named))
        return " ".join([*said, article_link.told_of(self.hidden)]).strip()


def every(row: Conversation, agent: Viewer) -> list[Insertion]:
    """Each saved reply as it would stand there, by name."""
    return _made(saved_reply.every(), row, agent)


def matching(words: str, row: Conversation, agent: Viewer) -> list[Insertion]:
    """Ten at most: every word in the name or in the text; those that have them in the name come first."""
    wanted = words.casefold().split()
    here = every(row, agent)
    named = [one for one in here if _holds(one.name, wanted)]
    said = [one for one in here if one not in named and _holds(f"{one.name} {one.text}", wanted)]
    return [*named, *said][:MOST_FOUND]


def of_ids(reply_ids: Iterable[int], row: Conversation, agent: Viewer) -> list[Insertion]:
    """These saved replies, as far as they exist, in the order in which they are named."""
    wanted = list(dict.fromkeys(reply_ids))
    known = {one.id: one for one in saved_reply.every() if one.id in wanted}
    return _made([known[one] for one in wanted if one in known], row, agent)


def _made(replies: Iterable[SavedReply], row: Conversation, agent: Viewer) -> list[Insertion]:
    chosen = list(replies)
    kept, values = saved_reply.texts_of([one.id for one in chosen]), _values(row, agent)
    texts = {one.id: text for one in chosen if (text := _in_language(kept.get(one.id, {}), row.locale))}
    named = {reply_id: article_link.articles_in(one.text) for reply_id, one in texts.items()}
    articles = sorted({number for numbers in named.values() for number in numbers})
    known = article_link.addresses(articles, row.locale)
    hidden = set(article_link.unreadable(articles, STRANGER, row.locale))
    return [
        Insertion(
            one.id,
            one.name,
            variable.filled(article_link.with_addresses(texts[one.id].text, known), values),
            texts[one.id].locale,
            texts[one.id].locale == row.locale,
            [number for number in named[one.id] if number in hidden],
        )
        for one in chosen
        if one.id in texts
    ]


def _in_language(texts: Mapping[str, SavedReplyText], locale: str) -> SavedReplyText | None:
    """Theirs, else that of the site, else the one that was written first."""
    return texts.get(locale) or texts.get(site.current().default_locale) or next(iter(texts.values()), None)


def _values(row: Conversation, agent: Viewer) -> Mapping[str, str]:
    return {
        "name": row.name,
        "agent": agent.name or site.current().name,
        "number": str(row.id),
        "title": row.title,
        "link": letters.link(row),
        "site": site.current().name,
    }


def _holds(text: str, words: list[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words)


def _endonym(locale: str) -> str:
    return LANGUAGES[locale].endonym if locale in LANGUAGES else locale
