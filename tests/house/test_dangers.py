"""What is dangerous in one place and fine in another: each has the places where it may stand, and stands nowhere else.

ruff and bandit look for calls that are bad anywhere; these are calls that are bad where nobody thought about them.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from config import ROOT
from tests.house.source import Module, modules

READ: dict[str, tuple[str, ...]] = {
    # A visitor writes these: what is made of them for others is somebody else's word.
    "request.host": ("core/origin.py", "community/given_article.py"),
    "request.host_url": (),
    "request.url": (),
    "request.url_root": (),
    "request.base_url": (),
    "request.root_url": (),
    "request.referrer": (),
    # Without core.limits an IPv6 address counts as one of billions, and a proxy as everybody.
    "request.remote_addr": ("core/limits.py",),
    "request.access_route": (),
    # Whoever reads a body by hand reads it past its limits.
    "request.stream": (),
    "request.get_data": (),
    "request.get_json": (),
    "request.json": (),
    # The form is what is sent to be kept; a link that somebody else made fills the rest.
    "request.values": (
        "accounts/views/product_sessions.py",
        "articles/studio/views/help_keys.py",
        "search/views/blueprint.py",
        "search/views/choice.py",
        "support/form.py",
        "support/views/conversation_page.py",
    ),
}
CALLED: dict[str, tuple[str, ...]] = {
    "render_template_string": (),
    "send_file": ("files/sending.py",),
    "send_from_directory": ("core/assets.py",),
    "populate_obj": ("accounts/views/preferences.py",),
    "eval": (),
    "exec": (),
    # There it has SHA-256, and a purpose that the next test looks at.
    "URLSafeSerializer": ("core/signing.py",),
    "URLSafeTimedSerializer": ("core/signing.py",),
}
"""By the last part of the name that is called."""
LETTERS = re.compile(r"(^|/|_)letter\.py$")


@cache
def reads(module: Module) -> set[str]:
    return {name for _line, name in module.reads()}


@cache
def calls(module: Module) -> list[ast.Call]:
    return [node for node in ast.walk(module.tree) if isinstance(node, ast.Call)]


@cache
def called(call: ast.Call) -> str:
    return ast.unparse(call.func).rsplit(".", 1)[-1]


@pytest.mark.parametrize("name", READ)
def test_what_a_visitor_chooses_is_read_where_somebody_thought_about_it(name: str) -> None:
    assert sorted(module.where for module in modules() if name in reads(module)) == sorted(READ[name])


@pytest.mark.parametrize("name", CALLED)
def test_what_can_be_turned_against_us_is_called_where_somebody_thought_about_it(name: str) -> None:
    assert sorted({one.where for one in modules() for call in calls(one) if called(call) == name}) == sorted(
        CALLED[name]
    )


def test_an_address_with_a_host_is_made_outside_of_requests_alone() -> None:
    """There it stands on BASE_URL; in a request the visitor would name the host of a link in a mail."""
    found = [
        module.where
        for module in modules()
        for call in calls(module)
        if called(call) == "url_for" and any(word.arg == "_external" for word in call.keywords)
    ]
    assert found and [where for where in found if not LETTERS.search(where)] == []


def test_each_kind_of_token_has_a_purpose_of_its_own() -> None:
    """With one purpose for two kinds, a token of one would open the other."""
    purposes: dict[str, set[str]] = {}
    for module in modules():
        said = {
            ast.unparse(call.args[0])
            for call in calls(module)
            if called(call) in ("signer", "timed_signer") and call.args
        }
        values = {
            ast.unparse(node.targets[0]): ast.unparse(node.value)
            for node in module.tree.body
            if isinstance(node, ast.Assign)
        }
        for name in said:
            purposes.setdefault(values.get(name, name), set()).add(module.where)
    assert len(purposes) >= 10
    assert {purpose: where for purpose, where in purposes.items() if len(where) > 1} == {}


STATEMENTS = {
    "backup/counters.py": "names of our tables and of their counters, quoted by the database's own rules",
    "backup/loading.py": "the same",
    "backup/rules.py": "the same, and constraints as the database itself told them",
    "backup/snapshot.py": "the same",
    "core/db.py": "one of two words of ours",
    "core/pause.py": "names of our tables, quoted, and words of ours",
    "doctor/database.py": "a number of ours",
    "search/postgres_engine/building.py": "names of our tables and words of ours",
}
"""Where a statement holds a name or an option, which no database takes as a parameter; none of it from a request."""


def test_no_statement_is_put_together_from_text_unless_it_is_said_why() -> None:
    found = {
        module.where
        for module in modules()
        for call in calls(module)
        if called(call) in ("text", "exec_driver_sql", "literal_column")
        and any(isinstance(one, ast.JoinedStr | ast.BinOp) for one in call.args)
    }
    assert found == STATEMENTS.keys()


IMPORTED = {
    "pickle": {
        "core/worker.py": "between this program and its own child; no visitor sends one",
        "search/whoosh_engine/segment.py": "a file that we wrote, compared with its checksum before",
        "search/whoosh_engine/storage.py": "the same",
    },
    "random": {
        "core/request_id.py": "a number that has to differ, not to be secret",
        "demo/conversations.py": "a demo is the same each time",
        "demo/forms.py": "the same",
        "demo/plan.py": "the same",
    },
    "hashlib.md5": {"demo/readers.py": "a number for a reader of the demo"},
    "hashlib.sha1": {
        "accounts/leaked_passwords.py": "the hash under which leaked passwords are published",
        "search/postgres_engine/state.py": "tells whether a text is another one than before",
    },
    "marshal": {"search/whoosh_engine/run.py": "a file that this process wrote while it builds an index"},
    "shelve": {},
    "xml": {"core/markdown/dialect.py": "a type for what the library hands out; no XML is read"},
}
"""What can be guessed, undone or made to run by whoever chooses its input, and why it may be where it is."""


@pytest.mark.parametrize("name", IMPORTED)
def test_what_must_not_meet_a_strangers_data_or_a_secret_is_where_somebody_thought_about_it(name: str) -> None:
    found = {
        module.where
        for module in modules()
        for one in [*(one for _line, one in module.imports()), *reads(module)]
        if f"{one}.".startswith(f"{name}.")
    }
    assert found == IMPORTED[name].keys()


def test_no_program_is_started_by_way_of_a_shell() -> None:
    found = [
        module.where
        for module in modules()
        for call in calls(module)
        if called(call) in ("system", "popen", "getoutput", "create_subprocess_shell")
        or any(word.arg == "shell" for word in call.keywords)
    ]
    assert found == []


SCRIPTS = sorted((ROOT / "static" / "js").rglob("*.js"))
DANGEROUS = re.compile(
    r"\.(?:inner|outer)HTML\s*\+?=(?!=)|insertAdjacentHTML|document\.write|\beval\(|new Function|createContextualFragment"
    r"|setHTMLUnsafe|srcdoc|location(?:\.href)?\s*=(?!=)|javascript:|postMessage\((?![^)]*,\s*location\.origin)"
)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_turns_text_into_a_page(path: Path) -> None:
    assert DANGEROUS.findall(path.read_text(encoding="utf-8")) == []


# A value put under a name that a variable holds, and the names under which every object is reached.
CHANGES_EVERY_OBJECT = re.compile(
    r"""[\w\])]\[[^\]"'0-9][^\]]*\]\s*[-+*/|&?]*=(?![=>])|__proto__|\.prototype\b|\bconstructor\["""
)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_keeps_something_under_a_name_that_somebody_typed(path: Path) -> None:
    assert CHANGES_EVERY_OBJECT.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("line", ["kept[name] = 1", "kept[of.name] ??= 1", "one().two[a]=b", "a.__proto__ = b"])
def test_a_name_in_a_variable_is_seen(line: str) -> None:
    assert CHANGES_EVERY_OBJECT.search(line)


TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
SAFE = {
    "accounts/email.html": "a frame around what is escaped when it is put in",
    "accounts/new_email.html": "the same",
    "accounts/notifications.html": "made of escaped parts in accounts/notifications/line.py",
    "macros/icons.html": "drawings of ours",
}


def test_a_template_escapes_what_it_shows_unless_it_is_said_why() -> None:
    unescaped = re.compile(r"\|\s*safe\b|autoescape\s+false")
    found = {
        path.relative_to(ROOT / "templates").as_posix() for path in TEMPLATES if unescaped.search(path.read_text())
    }
    assert found == SAFE.keys()
