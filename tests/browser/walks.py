"""Where the walk of each how-to of the manual starts, who walks it, and what they type. The steps are in articles/en.

A how-to that is not in this table fails the tests; so does an entry whose how-to is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.browser.live_site import LiveSite
from tests.cast import PASSWORD

PICTURE = str(Path(__file__).parent / "harbor.png")
NEWCOMER = "zoe@example.org"
ASK = "Describe it in your own words"


@dataclass(frozen=True)
class Walk:
    """`who` of the cast walks, nobody by default. `start` is an address, or gives one when the walk begins.

    `values`: what goes into a field, a select or a file field. `names`: what stands there for a name that is another
    one for every reader.
    """

    start: str | Callable[[LiveSite], str] = "/en/"
    who: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


def letter_to(address: str) -> Callable[[LiveSite], str]:
    """Begins with the link in the newest letter to somebody."""
    return lambda site: site.link_in_letter_to(address)


def as_ada(start: str | Callable[[LiveSite], str] = "/en/", **values: str) -> Walk:
    """An editor's walk; underscores in the names of fields are spaces."""
    return Walk(start, "ada", {name.replace("_", " "): value for name, value in values.items()})


def about(title: str, walk: Walk, called: str = "the title of your article") -> Walk:
    """The same walk for one article."""
    return Walk(walk.start, walk.who, walk.values, {called: title})


def page_of(title: str) -> Callable[[LiveSite], str]:
    """Begins on the page of an article."""
    return lambda site: site.do(address_of, title)


def address_of(title: str) -> str:
    """Where the article of this title stands."""
    from helpcenter.accounts.viewer import STRANGER
    from helpcenter.articles import visibility

    row = next(row for row in visibility.listed(STRANGER, "en") if row.title == title)
    return visibility.url(row, "en")


def as_sam(start: str | Callable[[LiveSite], str] = "/en/", **names: str) -> Walk:
    """The walk of somebody who answers."""
    called = {name.replace("_", " "): value for name, value in names.items()}
    return Walk(start, "sam", {"Your reply": "Please load the page anew."}, called)


def conversation_about(words: str) -> Callable[[LiveSite], str]:
    """Begins before an agent's page of the conversation that opens with these words."""

    def start(site: LiveSite) -> str:
        return f"/inbox/{site.do(number_of, words)}"

    return start


def number_of(words: str) -> int:
    """The number of the conversation with these first words."""
    from helpcenter.core.db import db
    from helpcenter.support.conversation import Conversation

    return db.session.query(Conversation).filter(Conversation.title.startswith(words)).one().id


NAME = {"your name": "Ben"}
WRITER = "pia@example.org"
FIRST_LINE = "the first line of the message"
WALKS: Mapping[tuple[str, str], Walk] = {
    ("using/search-for-an-answer.md", "Search"): Walk(values={ASK: "change my pasword"}),
    ("using/when-search-finds-nothing.md", "Try again"): Walk(values={ASK: "passwrdxq zzqx"}),
    ("using/read-an-article.md", "Work through it"): Walk(page_of("Start a site of your own")),
    ("using/read-an-article.md", "When a step does not work"): Walk(page_of("Set a new password")),
    ("using/say-whether-it-helped.md", "Vote"): Walk(
        page_of("Keep a copy"), values={"Anything to add?": "I had no room for a second copy."}
    ),
    ("using/change-language-and-colours.md", "Change the language"): Walk(),
    ("using/change-language-and-colours.md", "Change the colours"): Walk(),
    ("using/use-the-keyboard.md", "Find something by keyboard"): Walk(values={ASK: "password"}),
    ("using/create-an-account.md", "Create an account"): Walk(
        values={"Name": "Zoe", "Email address": NEWCOMER, "Password": PASSWORD}
    ),
    ("using/create-an-account.md", "Confirm your address"): Walk(letter_to(NEWCOMER), values={"Password": PASSWORD}),
    ("using/create-an-account.md", "Log in"): Walk(values={"Email address": "ben@example.org", "Password": PASSWORD}),
    ("using/create-an-account.md", "Log out"): Walk(who="ben", names=NAME),
    ("using/set-a-new-password.md", "Ask for the link"): Walk(values={"Email address": NEWCOMER}),
    ("using/set-a-new-password.md", "Choose the password"): Walk(
        letter_to(NEWCOMER), values={"Password": "several words in a row"}
    ),
    ("using/set-a-new-password.md", "Change a password you know"): Walk(
        who="ben", names=NAME, values={"Current password": PASSWORD, "New password": PASSWORD}
    ),
    ("using/change-your-preferences.md", "Change them"): Walk(
        who="ben", names=NAME, values={"Name": "Ben", "Language": "English", "Time zone": "Europe/Madrid"}
    ),
    ("using/change-your-preferences.md", "Change your address"): Walk(
        who="ben", names=NAME, values={"New email address": "ben.new@example.org", "Your password": PASSWORD}
    ),
    ("using/your-data-and-your-account.md", "See where you are logged in"): Walk(who="ben", names=NAME),
    ("using/your-data-and-your-account.md", "Download your data"): Walk(who="ben", names=NAME),
    ("using/your-data-and-your-account.md", "Erase your account"): Walk(
        who="cleo", names={"your name": "Cleo"}, values={"Password": PASSWORD}
    ),
    ("using/contact-support.md", "Write to us"): Walk(
        values={"What do you need?": "I cannot set a new password: the link does not work.", "Email": WRITER}
    ),
    ("using/contact-support.md", "Follow it"): Walk(letter_to(WRITER), values={"Your message": "It works again."}),
    ("using/contact-support.md", "No longer needed"): Walk(letter_to(WRITER)),
    ("using/contact-support.md", "All your conversations"): Walk(
        who="ben", names={**NAME, "the first line of your message": "Where is my parcel?"}
    ),
    ("answering/answer-conversations.md", "Find what waits"): Walk(
        who="sam", names={FIRST_LINE: "It is still closed."}
    ),
    ("answering/answer-conversations.md", "Answer it"): as_sam(the_first_line_of_the_message="Where is my parcel?"),
    ("answering/answer-conversations.md", "Answer and close"): as_sam(conversation_about("Where is my parcel?")),
    ("answering/answer-conversations.md", "Take a reply back"): as_sam(conversation_about("It is still")),
    ("answering/answer-conversations.md", "Leave a note for the team"): as_sam(conversation_about("It is still")),
    ("answering/answer-conversations.md", "Take it, or give it back"): as_sam(conversation_about("It is still")),
    ("answering/answer-conversations.md", "What is no question"): as_sam(conversation_about("It is still")),
    ("answering/save-replies.md", "Write one"): Walk(
        who="sam",
        values={"Name": "Parcel, where it is", "Text in English": "Hello {name}, your parcel is on its way."},
    ),
    ("answering/save-replies.md", "Insert one"): Walk(
        conversation_about("It is still"),
        "sam",
        {"Your reply": "Good morning.", "Words of its name or text": "parcel"},
    ),
    ("writing/write-and-publish-an-article.md", "Write it"): as_ada(
        Topic="Parcels",
        Language="English",
        Title="Track a parcel",
        Summary="Where it is now.",
        Text="Open **Parcels**.",
    ),
    ("writing/write-and-publish-an-article.md", "Publish it"): about(
        "Pack a parcel", as_ada(Search_words="box, carton"), "the title of your draft"
    ),
    ("writing/write-it-once.md", "Write a snippet"): as_ada(Name="parcel-hours", English="We pack from nine to five."),
    ("writing/help-in-the-product.md", "Point a key to an article"): as_ada(Key="invoices", Article="Pack a parcel"),
    ("writing/add-a-picture.md", "Add it while you write"): about(
        "Label a parcel", as_ada(Text="Stick it on top.\n\n", Picture=PICTURE, Description="A harbor at dusk")
    ),
    ("writing/add-a-picture.md", "Add it without scripts"): about(
        "Label a parcel", as_ada(Picture=PICTURE, Description="A harbor at dusk")
    ),
    ("writing/add-a-video.md", "Add it while you write"): about(
        "Label a parcel",
        as_ada(
            Text="Stick it on top.\n\n",
            Address_of_the_video="https://vimeo.com/76979871",
            What_the_video_shows="How a label is stuck on",
            Still_image=PICTURE,
        ),
    ),
    ("writing/revise-an-article.md", "Change what is published"): as_ada(
        page_of("Send a parcel"),
        Title="Send a parcel",
        Summary="By post.",
        Text="Take it to the counter.",
        Note_on_this_change="The counter moved",
    ),
    ("writing/revise-an-article.md", "Go back to an older version"): as_ada(page_of("Send a parcel")),
    ("writing/let-a-colleague-look-first.md", "Ask for a review"): about(
        "Label a parcel",
        as_ada(
            Text="Stick it on.\n\nPress it.",
            Who_shall_look_at_it="Whoever has time",
            **{"What should they look at?": "Is the label right?"},
        ),
    ),
    ("writing/archive-an-article.md", "Archive it"): about("Lose a parcel", as_ada(What_replaces_it="1")),
    ("writing/archive-an-article.md", "Undo it"): about("Lose a parcel", as_ada()),
    ("writing/topics-and-sections.md", "Add a topic"): as_ada(
        Title_in_English="Letters", Description_in_English="Smaller than a parcel."
    ),
    ("writing/topics-and-sections.md", "Add a section"): as_ada(Title_in_English="Postcards"),
    ("writing/topics-and-sections.md", "Change the order"): as_ada(),
    ("writing/topics-and-sections.md", "Delete a topic"): about(
        "Telegrams", as_ada(Move_what_it_holds_to="Parcels"), "the title of the topic"
    ),
    ("writing/translate-an-article.md", "Add a language"): about(
        "Send a parcel", as_ada(Title="Enviar un paquete", Summary="Por correo.", Text="Llévelo al mostrador.")
    ),
    ("writing/translate-an-article.md", "Keep it up to date"): about(
        "Etiquetar un paquete", as_ada(Text="Péguela arriba."), "the title of the translation"
    ),
    ("writing/read-what-readers-wrote.md", "Work through the list"): about(
        "Return a parcel", as_ada(), "the title of the article"
    ),
    ("writing/read-what-readers-wrote.md", "Look at what is done"): as_ada(),
    ("writing/read-what-readers-wrote.md", "Everything about one article"): as_ada(page_of("Return a parcel")),
    ("writing/teach-search-new-words.md", "See why something is found"): as_ada(Try_a_search="parcel"),
    ("writing/teach-search-new-words.md", "Say which words mean the same"): as_ada(
        Words_readers_type="package", Also_find="parcel"
    ),
    ("writing/teach-search-new-words.md", "Pin a result"): as_ada(
        When_readers_search_for="my box", Title_of_the_article="Send a parcel"
    ),
    ("writing/teach-search-new-words.md", "Keep a test set"): as_ada(
        When_readers_search_for="post it", Title_of_the_article="Send a parcel"
    ),
    ("writing/teach-search-new-words.md", "Take something away"): as_ada(),
    ("operators/name-your-site.md", "Change it"): Walk(
        who="root",
        values={
            "Name of the site": "Harbor Help",
            "Logo": PICTURE,
            "Accent colour": "#7a1f4d",
            "Support address": "support@example.org",
            "Language of the site": "English",
            "Time zone": "Europe/Madrid",
        },
    ),
    ("operators/name-your-site.md", "Say how soon an answer is due"): Walk(
        who="root",
        values={"First answer within, in hours": "6", "When it stops someone’s work, in hours": "1"},
    ),
    ("operators/name-your-site.md", "Say whose videos are shown"): Walk(
        who="root", values={"Sites whose videos articles may show": "vimeo.com\nvideo.example"}
    ),
    ("operators/name-your-site.md", "Tell of a known problem"): Walk(
        who="root", values={"Known problem": "Parcels are slow today"}
    ),
    ("operators/people-and-roles.md", "Give a role"): Walk(
        who="root", values={"Name or address": "mia"}, names={"the name of the person": "Mia"}
    ),
    ("operators/read-waiting-mail.md", "Hand on a letter"): Walk(
        who="root", names={"the subject of the letter": "A new password for Harbor Help"}
    ),
}

# Numbered lists that tell nobody what to press.
NO_HOW_TOS = frozenset(
    {
        ("contributing/the-layout-of-the-code.md", "The life of a request"),
        ("operators/secure-your-site.md", "Left to you"),
        ("writing/markdown-that-works-here.md", "Steps"),
    }
)
