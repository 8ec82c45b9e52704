"""Settings of the product: each with its unit, its default and the reason for it.

This is the only file that reads the environment. A setting NAME is read from HELPCENTER_NAME; PORT and DATABASE_URL
are also read bare, because hosts set them so. HELPCENTER_SETTINGS_FILE names a file with more of them, which the site
and every command read; what the environment says goes before it. One with nothing in it has its default.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from helpcenter import setting_rules

ROOT = Path(__file__).resolve().parent
SHIPPED = ROOT / "helpcenter" / "_shipped"
"""Where setup.py puts what lies at the root of the checkout besides the code; a checkout has no such folder."""
HOME = Path.cwd() if SHIPPED.is_dir() else ROOT
"""Below which data is kept unless a setting says where: an installed product writes nothing beside its own code."""
BARE_NAMES = ("PORT", "DATABASE_URL")
SETTINGS_FILE = "HELPCENTER_SETTINGS_FILE"
SQLITE_FILE = "helpcenter.sqlite3"


class SettingsRefused(ValueError):
    """A setting makes no sense or is missing where it must be given; the message is one clear line."""


def setting(default: Any, unit: str, reason: str, secret: bool = False) -> Any:
    """A field of Settings with its unit and the reason for its default. A secret stays out of tracebacks and logs."""
    return field(default=default, repr=not secret, metadata={"unit": unit, "reason": reason})


@dataclass(frozen=True)
class Settings:
    """Everything that can be set from outside. Values are checked by `load`, which raises SettingsRefused."""

    data_dir: Path = setting(HOME / "data", "folder", "one place to back up: database, index, files, secrets")
    database_url: str = setting(
        "", "URL", "empty means SQLite in data_dir; postgresql://… when a site outgrows it", secret=True
    )
    secret_key: str = setting(
        "", "text of 32 characters or more", "signs page tokens and mail links; made once in development", secret=True
    )
    product_secret: str = setting(
        "", "text of 32 characters or more", "empty: nobody comes in from the product without a password", secret=True
    )
    openid_issuer: str = setting("", "URL", "empty: nobody logs in by way of a provider of OpenID Connect")
    openid_client_id: str = setting("", "text", "what the provider calls this site; must be set with OPENID_ISSUER")
    openid_client_secret: str = setting(
        "", "text", "what the provider gave this site; empty where it gives none, and PKCE alone protects", secret=True
    )
    leaked_passwords: str = setting(
        "", "file", "empty: a new password is compared with the usual ones alone, which need no download"
    )
    production: bool = setting(False, "yes or no", "production refuses a missing secret and a demo folder")
    base_url: str = setting("", "URL", "links in mail come from here, never from the Host header")
    host: str = setting("127.0.0.1", "address", "nothing listens to the network until somebody says so")
    port: int = setting(8000, "port", "the usual one of a development server")
    workers: int = setting(2, "processes", "one for each core of a small machine")
    threads: int = setting(64, "threads a worker", "100 slow bodies go unnoticed with 64; with 4, twenty stop the site")
    proxy_count: int = setting(0, "proxies in front", "a forwarded address counts only when somebody vouches for it")
    mail_server: str = setting("", "host", "empty keeps mail in the outbox, where admins read it")
    mail_port: int = setting(587, "port", "submission with STARTTLS")
    mail_username: str = setting("", "text", "empty sends without signing in")
    mail_password: str = setting("", "text", "empty sends without signing in", secret=True)
    mail_use_tls: bool = setting(True, "yes or no", "passwords do not cross the network in the clear")
    mail_from: str = setting("", "address", "empty uses the support address of the site")
    mailbox_server: str = setting("", "host", "empty: people answer by the link in each mail, not by mail")
    mailbox_port: int = setting(993, "port", "IMAP inside TLS")
    mailbox_username: str = setting("", "text", "empty signs in with the address of the mailbox")
    mailbox_password: str = setting("", "text", "no mailbox opens without one", secret=True)
    mailbox_security: str = setting("tls", "tls, starttls or none", "passwords do not cross the network in the clear")
    mailbox_folder: str = setting("INBOX", "name of a folder", "where mail arrives unless a filter moves it")
    mailbox_address: str = setting("", "address", "whom people write to; must be set with MAILBOX_SERVER")
    mailbox_plus: bool = setting(
        True, "yes or no", "help+word@example.org reaches help@example.org almost everywhere; the word finds its place"
    )
    page_store_pages: int = setting(
        500, "pages a process", "a kept page is about 20 kB: 10 MB, and of longer ones fewer are kept"
    )
    check_outside_links: bool = setting(
        True, "yes or no", "a page of another site is asked once a week; no for a machine that may not go out"
    )
    limits_enabled: bool = setting(True, "yes or no", "tests of other things switch them off")
    metrics_token: str = setting(
        "",
        "text of 32 characters or more",
        "empty: nobody reads /metrics, not even that there is such a page",
        secret=True,
    )
    log_level: str = setting("INFO", "level", "one line a request")
    demo: bool = setting(False, "yes or no", "a demo site says so on every page")

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is the SQLite file of the data folder."""
        return self.database_uri.startswith("sqlite")

    @property
    def database_uri(self) -> str:
        """The URL for SQLAlchemy; hosts hand out PostgreSQL's own spelling, which names no driver."""
        if not self.database_url:
            return f"sqlite:///{self.data_dir / SQLITE_FILE}"
        kind, separator, rest = self.database_url.partition("://")
        return f"postgresql+psycopg{separator}{rest}" if kind in ("postgres", "postgresql") else self.database_url

    @property
    def site_url(self) -> str:
        """Where the site stands, without a slash at the end; the local address when BASE_URL is not set."""
        return (self.base_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def is_https(self) -> bool:
        """Whether cookies may be marked Secure."""
        return self.base_url.startswith("https://")


def load(environ: Mapping[str, str] | None = None, *, makes_secret: bool = True, **overrides: Any) -> Settings:
    """Settings from the environment, then from overrides. Raises SettingsRefused for a value that can not be used.

    With `makes_secret` False a missing secret key stays empty and no folder is made: what is brought back has its own.
    """
    settings, problems = examine(environ, **overrides)
    if problems:
        raise SettingsRefused(problems[0])
    if settings.production or settings.secret_key or not makes_secret:
        return settings
    return replace(settings, secret_key=_kept_secret(settings.data_dir))


def examine(environ: Mapping[str, str] | None = None, **overrides: Any) -> tuple[Settings, list[str]]:
    """The same, with every reason to refuse them; what can not be read has its default. Nothing is made on the disk."""
    problems: list[str] = []
    given: dict[str, Any] = {}
    try:
        environ = _with_file(os.environ if environ is None else environ)
    except SettingsRefused as refused:
        return Settings(), [str(refused)]
    for one in fields(Settings):
        name = one.name.upper()
        text = environ.get(f"HELPCENTER_{name}", environ.get(name) if name in BARE_NAMES else None)
        # One with nothing after the = has its default, whatever else gives it: so a line empties what a file says.
        if text and text.strip():
            try:
                given[one.name] = _parsed(one.name, text, type(one.default))
            except SettingsRefused as refused:
                problems.append(str(refused))
    settings = Settings(**{**given, **overrides})
    problems += setting_rules.problems(settings)
    return settings, problems


def unknown_names(environ: Mapping[str, str] | None = None) -> list[tuple[str, str]]:
    """Names that look like settings and are none, each with the setting nearest to it; '' where none is near."""
    known = [*(f"HELPCENTER_{one.name.upper()}" for one in fields(Settings)), SETTINGS_FILE]
    given = [name for name in (os.environ if environ is None else environ) if name.startswith("HELPCENTER_")]
    strange = sorted(name for name in given if name not in known and not name.startswith("HELPCENTER_TESTS_"))
    return [(name, next(iter(get_close_matches(name, known, 1)), "")) for name in strange]


def surroundings() -> Mapping[str, str]:
    """The environment as it is, for whoever looks for what was meant to be a setting."""
    return os.environ


def _with_file(environ: Mapping[str, str]) -> Mapping[str, str]:
    """The environment, and below it what the settings file says."""
    if not environ.get(SETTINGS_FILE, "").strip():
        return environ
    path = Path(environ[SETTINGS_FILE])
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else "it is no UTF-8"
        raise SettingsRefused(f"{SETTINGS_FILE} is {path}, which can not be read: {reason}") from problem
    found: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        text = line.strip().removeprefix("export ")
        if text and not text.startswith("#"):
            name, equals, value = (part.strip() for part in text.partition("="))
            if not equals:
                raise SettingsRefused(f"line {number} of {path} is no NAME=value")
            found[name] = value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"" else value
    for name, near in unknown_names(dict.fromkeys(found, "")):
        raise SettingsRefused(f"{path} says {name}, which is no setting" + (f"; is it {near}?" if near else ""))
    return {**found, **environ}


def environment_for(settings: Settings) -> dict[str, str]:
    """The environment of a process that shall run on exactly these settings."""
    spoken = {True: "yes", False: "no"}
    given = {one.name: getattr(settings, one.name) for one in fields(Settings)}
    own = {
        f"HELPCENTER_{name.upper()}": spoken[value] if isinstance(value, bool) else str(value)
        for name, value in given.items()
    }
    # What is empty here must not be filled in from elsewhere.
    others = {name: value for name, value in os.environ.items() if name not in (SETTINGS_FILE, *BARE_NAMES)}
    return {**others, **own}


def _parsed(name: str, text: str, kind: type) -> Any:
    if kind is bool:
        if text.lower() not in ("1", "0", "yes", "no", "true", "false"):
            raise SettingsRefused(f"HELPCENTER_{name.upper()} is {text!r}; say yes or no")
        return text.lower() in ("1", "yes", "true")
    if kind is int:
        if not (text.isascii() and text.isdigit()):
            raise SettingsRefused(f"HELPCENTER_{name.upper()} is {text!r}; a whole number is needed")
        return int(text)
    return Path(text).resolve() if issubclass(kind, Path) else text


def make_folder(data_dir: Path) -> None:
    """Make the data folder when it is missing, for the user of this process alone: it holds what people wrote.

    A folder that is there keeps the rights its owner gave it. Raises SettingsRefused.
    """
    try:
        data_dir.mkdir(0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsRefused(
            f"HELPCENTER_DATA_DIR is {data_dir}; no folder can be made there: {error.strerror}"
        ) from error


def _kept_secret(data_dir: Path) -> str:
    """The secret of a development folder: made once, readable by its owner only."""
    path = data_dir / "secret_key"
    make_folder(data_dir)
    if not path.exists():
        # Written whole and then linked: of two processes that start at once, neither reads an empty secret.
        scratch = path.with_name(f".secret_key.{secrets.token_hex(8)}")
        with os.fdopen(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            os.link(scratch, path)
        scratch.unlink()
    return path.read_text().strip()
