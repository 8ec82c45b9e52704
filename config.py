"""Settings of the product: each with its unit, its default and the reason for it.

This is the only file that reads the environment. A setting NAME is read from HELPCENTER_NAME; PORT and DATABASE_URL
are also read bare, because hosts set them so.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
BARE_NAMES = ("PORT", "DATABASE_URL")
SQLITE_FILE = "helpcenter.sqlite3"
SHORTEST_SECRET = 32
PORTS = (1, 65535)
MAILBOX_SECURITY = ("tls", "starttls", "none")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
KNOWN_SECRETS = frozenset(
    {"secret", "changeme", "change-me", "dev", "development", "please-change-this-secret-key-now"}
)


class SettingsRefused(ValueError):
    """A setting makes no sense or is missing where it must be given; the message is one clear line."""


def setting(default: Any, unit: str, reason: str, secret: bool = False) -> Any:
    """A field of Settings with its unit and the reason for its default. A secret stays out of tracebacks and logs."""
    return field(default=default, repr=not secret, metadata={"unit": unit, "reason": reason})


@dataclass(frozen=True)
class Settings:
    """Everything that can be set from outside. Values are checked by `load`, which raises SettingsRefused."""

    data_dir: Path = setting(ROOT / "data", "folder", "one place to back up: database, index, files, secrets")
    database_url: str = setting(
        "", "URL", "empty means SQLite in data_dir; postgresql://… when a site outgrows it", secret=True
    )
    secret_key: str = setting(
        "", "text of 32 characters or more", "signs page tokens and mail links; made once in development", secret=True
    )
    product_secret: str = setting(
        "", "text of 32 characters or more", "empty: nobody comes in from the product without a password", secret=True
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
        500, "pages a process", "a kept page is about 30 kB: 15 MB as a rule, at most 40 MB"
    )
    check_outside_links: bool = setting(
        True, "yes or no", "a page of another site is asked once a week; no for a machine that may not go out"
    )
    limits_enabled: bool = setting(True, "yes or no", "tests of other things switch them off")
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


def load(environ: Mapping[str, str] | None = None, **overrides: Any) -> Settings:
    """Settings from the environment, then from overrides. Raises SettingsRefused for a value that can not be used."""
    environ = os.environ if environ is None else environ
    given: dict[str, Any] = {}
    for one in fields(Settings):
        name = one.name.upper()
        text = environ.get(f"HELPCENTER_{name}", environ.get(name) if name in BARE_NAMES else None)
        if text is not None:
            given[one.name] = _parsed(one.name, text, type(one.default))
    settings = Settings(**{**given, **overrides})
    _check(settings)
    if settings.production:
        _check_production(settings)
        return settings
    return settings if settings.secret_key else replace(settings, secret_key=_kept_secret(settings.data_dir))


def environment_for(settings: Settings) -> dict[str, str]:
    """The environment of a process that shall run on exactly these settings."""
    spoken = {True: "yes", False: "no"}
    given = {one.name: getattr(settings, one.name) for one in fields(Settings)}
    own = {
        f"HELPCENTER_{name.upper()}": spoken[value] if isinstance(value, bool) else str(value)
        for name, value in given.items()
    }
    return {**os.environ, **own}


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


def _check(settings: Settings) -> None:
    if settings.base_url and not settings.base_url.startswith(("http://", "https://")):
        raise SettingsRefused(f"HELPCENTER_BASE_URL is {settings.base_url!r}; it begins with https:// or http://")
    if settings.log_level.upper() not in LOG_LEVELS:
        raise SettingsRefused(f"HELPCENTER_LOG_LEVEL is {settings.log_level!r}; say one of {', '.join(LOG_LEVELS)}")
    _check_mailbox(settings)
    if settings.product_secret and len(settings.product_secret) < SHORTEST_SECRET:
        raise SettingsRefused(f"HELPCENTER_PRODUCT_SECRET is shorter than {SHORTEST_SECRET} characters")
    ranges = {"workers": (1, 256), "threads": (1, 1024), **dict.fromkeys(("port", "mail_port", "mailbox_port"), PORTS)}
    for name, (least, most) in ranges.items():
        if not least <= getattr(settings, name) <= most:
            raise SettingsRefused(
                f"HELPCENTER_{name.upper()} is {getattr(settings, name)}; {least} to {most} is possible"
            )


def _check_mailbox(settings: Settings) -> None:
    if settings.mailbox_security not in MAILBOX_SECURITY:
        raise SettingsRefused(
            f"HELPCENTER_MAILBOX_SECURITY is {settings.mailbox_security!r}; say one of {', '.join(MAILBOX_SECURITY)}"
        )
    name, at, host = settings.mailbox_address.rpartition("@")
    if settings.mailbox_server and not (name and at and host):
        raise SettingsRefused(
            f"HELPCENTER_MAILBOX_ADDRESS is {settings.mailbox_address!r}; say to which address people write"
        )


def _check_production(settings: Settings) -> None:
    if len(settings.secret_key) < SHORTEST_SECRET or settings.secret_key.lower() in KNOWN_SECRETS:
        raise SettingsRefused(
            f"HELPCENTER_SECRET_KEY is missing, shorter than {SHORTEST_SECRET} characters or a known default; "
            "make one with: python -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    if settings.demo or (settings.data_dir / "DEMO").exists():
        raise SettingsRefused(f"{settings.data_dir} is a demo; production starts with a folder of its own")
    if not settings.base_url:
        raise SettingsRefused("HELPCENTER_BASE_URL is missing; links in mail need the address of the site")


def make_folder(data_dir: Path) -> None:
    """Make the data folder when it is missing, for the user of this process alone: it holds what people wrote.

    A folder that is there keeps the rights its owner gave it. Raises OSError.
    """
    data_dir.mkdir(0o700, parents=True, exist_ok=True)


def _kept_secret(data_dir: Path) -> str:
    """The secret of a development folder: made once, readable by its owner only."""
    path = data_dir / "secret_key"
    try:
        make_folder(data_dir)
    except OSError as error:
        raise SettingsRefused(
            f"HELPCENTER_DATA_DIR is {data_dir}; no folder can be made there: {error.strerror}"
        ) from error
    if not path.exists():
        # Written whole and then linked: of two processes that start at once, neither reads an empty secret.
        scratch = path.with_name(f".secret_key.{secrets.token_hex(8)}")
        with os.fdopen(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            os.link(scratch, path)
        scratch.unlink()
    return path.read_text().strip()
