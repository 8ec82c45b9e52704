"""Made-up words, each with where it was planted and who may see it."""

from __future__ import annotations

from dataclasses import dataclass, field

ADMIN = frozenset({"admin"})
EDITORS = ADMIN | {"editor"}
AGENTS = ADMIN | {"agent"}
MODERATORS = ADMIN | {"moderator"}
TEAM = EDITORS | {"agent", "moderator"}
SIGNED_IN = TEAM | {"member"}
COMMON = "lighthouse"
"""Stands in every article, hidden or not: whoever searches it counts what they may see."""

# Far from each other and from every real word, so that none is a correction of another.
_WORDS = """
zorblaxo quimferd velsnark pibbodun krundewo thozzalm wuxxanto glimvorp drofkeen yastumbo bizzelhu nagfrood hovvickt
jurmlipo skwendog cravunzo fleptorm ompuxard ekkolvin ustrabig irvandeq ablofenk zhilmuta rhoqessu vyncarpo mulgwato
tchabrun plovixen gwurddak heffrolu xaddimok obbystre lunkvaro fezzimpt dwoggilu snurpave immoqart chyxboru
jexxolda kwimbart pozzifeg ruhhdomi tavvuklo sbrognix uvenzaph mgrulteo yirkwass cfindabo
qontrembi thaqquvo dreffalzo wobbynuk hirgspet azzumklo fennogrix pyxxolte bavvkruni uthomwerk jisstolva crempodq
okhunbrel swigganto veqqolim dwixxarpo gahhulent nuvvobrisk yormekkad zupploviq
"""


@dataclass
class Garden:
    """What was planted: each word with where it stands and who may see it; and what a crawler can not know."""

    where: dict[str, str] = field(default_factory=dict)
    seen_by: dict[str, frozenset[str]] = field(default_factory=dict)
    article_ids: list[int] = field(default_factory=list)
    old_paths: list[str] = field(default_factory=list)
    file_names: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    readable: dict[str, int] = field(default_factory=dict)
    """How many articles each person may read, all of them below the topic Billing or for members."""

    def word(self, where: str, seen_by: frozenset[str]) -> str:
        """A new canary."""
        word = next(one for one in _WORDS.split() if one not in self.where)
        self.where[word], self.seen_by[word] = where, seen_by
        return word

    def hidden_from(self, person: str) -> list[str]:
        """The words this person may never read."""
        return [word for word, people in self.seen_by.items() if person not in people]
