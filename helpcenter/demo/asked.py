"""What the people of the demo ask each other about the manual."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Said:
    """An answer: who gave it, after how many hours, and how many readers it helped, and did not."""

    who: str
    hours: float
    text: str
    helped: int = 0
    not_helped: int = 0


@dataclass(frozen=True)
class Asked:
    """A question `days_ago`. `solved` is the place of the accepted answer; None for none yet.

    `solved_for` readers said that it solved it for them too.
    """

    who: str
    days_ago: float
    title: str
    text: str
    topic: str
    tags: tuple[str, ...] = ()
    answers: tuple[Said, ...] = ()
    solved: int | None = None
    solved_for: int = 0
    me_too: tuple[str, ...] = ()
    locale: str = "en"
    is_experience: bool = field(default=False)


QUESTIONS = (
    Asked(
        "ben",
        96,
        "Can I write articles in my own editor instead of the studio?",
        (
            "We keep everything in a Git repository and I would rather not paste text into a browser.\n\nIs there "
            "a way to keep the Markdown files as they are and still publish them here?"
        ),
        "writing",
        tags=("git", "import"),
        answers=(
            Said(
                "cleo",
                5,
                (
                    "Yes. Keep a folder like `articles/en/billing/refunds.md` and run\n\n```\nhelpcenter content "
                    "import articles\n```\n\nOnly what changed becomes a new revision. If somebody edited the same "
                    "article in the studio meanwhile, the version of the file waits as a draft and nothing is lost."
                ),
                14,
            ),
            Said(
                "sam",
                26,
                (
                    "One addition: `helpcenter content check articles` tells broken links and missing pictures before "
                    "you import."
                ),
                6,
                1,
            ),
        ),
        solved=0,
        solved_for=4,
        me_too=("ada",),
    ),
    Asked(
        "cleo",
        81,
        "Why does my article not appear in search right after publishing?",
        (
            "I pressed *Publish* and searched for the title at once. Nothing. A minute later it was there. Do I "
            "have to start something?"
        ),
        "writing",
        tags=("search",),
        answers=(
            Said(
                "ben",
                3,
                (
                    "No, the index follows within a second or two; mine took longer once because the job process was "
                    "not running. `helpcenter search health` shows how far it is behind."
                ),
                9,
            ),
        ),
        solved=0,
        solved_for=2,
    ),
    Asked(
        "ben",
        70,
        "How do I move the whole site to a new server?",
        "Our old machine goes away next month. What do I have to copy, and in which order?",
        "operators",
        tags=("backup",),
        answers=(
            Said(
                "cleo",
                20,
                (
                    "Everything lives in one data folder:\n\n1. Stop the service.\n2. Copy the folder.\n3. Start it on "
                    "the new machine with `HELPCENTER_DATA_DIR` pointing there.\n\nWe did it in ten minutes. The "
                    "search index comes along, and if it should not, it builds itself anew."
                ),
                11,
            ),
            Said(
                "sam",
                45,
                "And put the new address into `HELPCENTER_BASE_URL`, or links in emails will lead to the old one.",
                8,
            ),
        ),
        solved=0,
        solved_for=3,
        me_too=("ada",),
    ),
    Asked(
        "cleo",
        58,
        "Does a vote by somebody who is not logged in count?",
        "In our report there are more votes than accounts. Where do they come from?",
        "using",
        tags=("votes",),
        answers=(
            Said(
                "sam",
                2,
                (
                    "Yes: one vote for each browser and revision, and it moves over to the account when that person "
                    "logs in later."
                ),
                5,
            ),
        ),
        solved=0,
    ),
    Asked(
        "ben",
        44,
        "Can two languages of an article have different pictures?",
        "Our Spanish screenshots differ from the English ones. Do I have to use the same file names?",
        "writing",
        tags=("translation", "pictures"),
        answers=(
            Said(
                "cleo",
                8,
                (
                    "Each language is a text of its own, so just link another picture in the Spanish file. Ours lie in "
                    "`es/pictures/`."
                ),
                7,
            ),
        ),
        solved=0,
        solved_for=1,
    ),
    Asked(
        "cleo",
        37,
        "Mail arrives as a new conversation instead of as a reply",
        (
            "Some customers reply to our email and it opens a second conversation. Others land where they should. "
            "What is different?"
        ),
        "answering",
        tags=("mail",),
        answers=(
            Said(
                "ben",
                12,
                (
                    "Look at the *To* line: if they wrote to the plain address instead of the one our email names as "
                    "the address to reply to, only the headers can tell, and some phones drop those."
                ),
                3,
                1,
            ),
            Said(
                "sam",
                30,
                (
                    "That is it. Ask them to press *Reply* instead of writing a new email: then the address and the "
                    "headers both lead to the conversation they began."
                ),
                6,
            ),
        ),
        solved=1,
        me_too=("ben",),
    ),
    Asked(
        "ben",
        26,
        "What we learned from translating 60 articles",
        (
            "We finished Spanish last week. Three things that would have saved us time:\n\n- Translate the "
            "**titles and summaries first**; search works at once, the texts can follow.\n- Let one person keep a "
            "list of words. We had three words for *inbox*.\n- Watch the list of outdated translations every "
            "Monday, not once a quarter."
        ),
        "writing",
        tags=("translation",),
        answers=(Said("cleo", 15, "The list of words is the best advice. Ours is an article for the team only."),),
        is_experience=True,
    ),
    Asked(
        "cleo",
        19,
        "Is there a keyboard shortcut to close a conversation?",
        "I answer about forty a day and my hand hurts.",
        "answering",
        tags=("keyboard",),
        answers=(
            Said(
                "ben",
                1,
                (
                    "`e` closes, `r` replies, `u` takes back what you just did. Press `?` for the whole list; it works "
                    "on a Russian layout too."
                ),
                10,
            ),
        ),
        solved=0,
        solved_for=5,
        me_too=("ben", "sam"),
    ),
    Asked(
        "ben",
        11,
        "How long are searches kept, and can I shorten it?",
        "Our privacy officer asks what is stored about people who only search.",
        "operators",
        tags=("privacy",),
        answers=(
            Said(
                "cleo",
                7,
                "The words are forgotten after 90 days, the counts stay. There is no address in it at all.",
                4,
            ),
            Said("sam", 28, "Right, and no text anybody typed stands in an event, searches apart.", 2),
        ),
    ),
    Asked(
        "cleo",
        6,
        "My numbered list comes out as one paragraph",
        "I have an empty line before it, and still the preview shows one long paragraph instead of steps.",
        "writing",
        tags=("markdown",),
        answers=(
            Said(
                "ben",
                9,
                ("Is there a space after each point? Mine read `1.Open` instead of `1. Open`, copied from a document."),
                2,
            ),
        ),
        me_too=("ben",),
    ),
    Asked(
        "ben",
        2.2,
        "Can I get a message when somebody answers my question?",
        "I look in every day, but I would rather be told.",
        "using",
        me_too=("cleo",),
    ),
    Asked(
        "cleo",
        0.4,
        "Which article do readers leave in most often?",
        "I found the numbers for each article, but not a list sorted by it. Is there one?",
        "using",
        tags=("report",),
    ),
    Asked(
        "ben",
        15,
        "¿Cómo cambio el idioma en el que recibo los correos?",
        "Leo la página en español, pero las cartas me llegan en inglés.",
        "using",
        tags=("correo",),
        answers=(Said("cleo", 4, "En *Preferencias*, elige el idioma y guarda. Vale también para los correos.", 3),),
        solved=0,
        locale="es",
    ),
)
