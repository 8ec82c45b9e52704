"""The examples for whoever runs a site name what there is: files of the checkout, settings, a command."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest

from config import BARE_NAMES, ROOT, SETTINGS_FILE, Settings, load
from helpcenter.cli import commands

DEPLOY = ROOT / "deploy"
EXAMPLES = (*sorted(DEPLOY.iterdir()), ROOT / "Containerfile")
NAMES = {f"HELPCENTER_{one.name.upper()}" for one in fields(Settings)} | {*BARE_NAMES, SETTINGS_FILE}


def instructions(name: str) -> Iterator[tuple[str, str]]:
    """Each instruction of the container file with what follows it, the continued lines joined."""
    lines = [line for line in (ROOT / name).read_text().split("\n") if not line.startswith("#")]
    for line in "\n".join(lines).replace("\\\n", " ").split("\n"):
        if line.strip():
            word, _, rest = line.partition(" ")
            yield word, " ".join(rest.split())


def unit() -> dict[str, list[str]]:
    """The settings of the unit, each with its values in order."""
    found: dict[str, list[str]] = {}
    for line in (DEPLOY / "helpcenter.service").read_text().split("\n"):
        if line and line[0] not in "#[":
            name, _, value = line.partition("=")
            found.setdefault(name, []).append(value)
    return found


def is_a_command(words: list[str]) -> bool:
    """Whether `helpcenter WORDS` is one, without running it."""
    found: click.Command | None = commands
    for word in words:
        assert isinstance(found, click.Group)
        found = found.get_command(click.Context(found), word)
    return found is not None


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_an_example_names_settings_that_there_are(example: Path) -> None:
    assert not set(re.findall(r"HELPCENTER_[A-Z_]+", example.read_text())) - NAMES


def test_the_settings_of_the_example_start_a_site_once_its_secret_is_filled_in(tmp_path: Path) -> None:
    lines = [line for line in (DEPLOY / "helpcenter.env").read_text().split("\n") if line and line[0] != "#"]
    given = dict(line.split("=", 1) for line in lines)
    assert given["HELPCENTER_SECRET_KEY"] == "", "an example with a secret would be run with it"
    given |= {"HELPCENTER_SECRET_KEY": "k" * 48, "HELPCENTER_DATA_DIR": str(tmp_path)}
    assert load(given).production and load(given).proxy_count == 1


def test_a_container_is_made_of_what_the_checkout_holds_and_ends_in_the_command_that_serves() -> None:
    steps = list(instructions("Containerfile"))
    sources = [
        source
        for word, rest in steps
        if word == "COPY" and not rest.startswith("--from")
        for source in rest.split()[:-1]
    ]
    assert sources and all((ROOT / source).exists() for source in sources)
    sent = {line[1:] for line in (ROOT / ".containerignore").read_text().split("\n") if line.startswith("!")}
    assert set(sources) == sent, "what is copied is what is sent to whatever builds it"
    assert {"config.py", "setup.py", "pyproject.toml", "helpcenter", "templates", "static", "articles"} <= set(sources)
    assert steps[-1][0] == "CMD"
    program, *words = json.loads(steps[-1][1])
    assert program == "helpcenter" and words == ["serve"] and is_a_command(words)
    last = [word for word, _ in steps][max(at for at, (word, _) in enumerate(steps) if word == "FROM") :]
    assert {"USER", "VOLUME", "HEALTHCHECK"} <= set(last)
    assert not any(word == "USER" and rest in ("root", "0") for word, rest in steps)


def test_the_check_of_a_container_asks_the_port_of_the_settings() -> None:
    ((rest,),) = [[rest] for word, rest in instructions("Containerfile") if word == "HEALTHCHECK"]
    *_, code = json.loads(rest.partition("CMD ")[2])
    compile(code, "healthcheck", "exec")
    assert "load().port" in code and "/healthz" in code


def test_the_unit_starts_a_command_that_there_is_and_leaves_ending_to_it() -> None:
    found = unit()
    program, *words = found["ExecStart"][0].split()
    assert program.endswith("/helpcenter") and is_a_command(words)
    assert found["KillMode"] == ["mixed"] and int(found["TimeoutStopSec"][0]) > 15
    assert found["NoNewPrivileges"] == ["yes"] and found["ProtectSystem"] == ["strict"]
    assert found["StateDirectory"] == ["helpcenter"] and found["UMask"] == ["0077"]


def test_nginx_passes_on_the_one_address_it_saw_and_takes_no_less_than_the_site() -> None:
    from helpcenter.app import LARGEST_BODY_BYTES

    text = (DEPLOY / "nginx.conf").read_text()
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in text
    assert "$proxy_add_x_forwarded_for" not in text, "a visitor would write the first address themself"
    found = re.search(r"client_max_body_size (\d+)m;", text)
    assert found and int(found[1]) * 1024 * 1024 > LARGEST_BODY_BYTES


def test_nginx_speaks_no_old_tls_and_answers_nothing_but_the_way_to_it_without_any() -> None:
    text = (DEPLOY / "nginx.conf").read_text()
    assert re.findall(r"^\s*ssl_protocols (.+);", text, re.MULTILINE) == ["TLSv1.2 TLSv1.3"]
    (plain,) = [one for one in re.split(r"^server \{", text, flags=re.MULTILINE) if "listen 80;" in one]
    assert "return 301 https://" in plain and "proxy_pass" not in plain


@pytest.mark.skipif(not (shutil.which("nginx") and shutil.which("openssl")), reason="nginx is not installed")
def test_nginx_takes_its_example(tmp_path: Path) -> None:
    words = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=help.example.com"]
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run([*words, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    text = (DEPLOY / "nginx.conf").read_text()
    for name, path in (("fullchain", certificate), ("privkey", key)):
        text = re.sub(rf"/etc/letsencrypt/\S+/{name}\.pem", str(path), text)
    (tmp_path / "site.conf").write_text(text)
    # Ports and folders of its own: this is a check of words, on a machine that may serve something else.
    text = re.sub(r"listen (\[::\]:)?(80|443)", r"listen \g<1>1\g<2>8", text)
    (tmp_path / "site.conf").write_text(text)
    folders = "".join(
        f"{kind}_temp_path {tmp_path}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = f"pid {tmp_path}/pid; events {{}} http {{ access_log off; {folders} include {tmp_path}/site.conf; }}"
    (tmp_path / "nginx.conf").write_text(whole)
    command = ["nginx", "-t", "-c", str(tmp_path / "nginx.conf"), "-g", f"error_log {tmp_path}/error.log;"]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
