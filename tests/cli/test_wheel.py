"""The product as a wheel: installed away from its checkout, started in an empty folder."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from urllib.request import urlopen
from zipfile import ZipFile

import pytest

from config import ROOT
from drills.running_site import PATIENCE_SECONDS, free_port, until
from helpcenter.core.shipped import FOLDERS

pytestmark = [
    pytest.mark.alike,
    pytest.mark.skipif(sys.platform != "linux", reason="reads the tree of processes from /proc"),
]
BUILDING_SECONDS = 300
SOURCES = ("config.py", "setup.py", "pyproject.toml", "README.md", "LICENSE", "helpcenter", *FOLDERS)
LEFT_OUT = (".po", ".cfg", ".mako")
"""Of the package: what translators and whoever drafts a migration need, and nobody who runs a site."""


def wheel_of_a_copy(folder: Path) -> Path:
    """The wheel of a copy of the checkout, which a build would otherwise litter."""
    unwanted = shutil.ignore_patterns("__pycache__", "*.mo")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=unwanted)
        else:
            shutil.copy(ROOT / name, folder / name)
    # What an earlier build left behind, and what an editor did.
    for stray in ("build/lib/helpcenter/renamed_since.py", "templates/.base.html.swp", "articles/en/notes.md~"):
        (folder / stray).parent.mkdir(parents=True, exist_ok=True)
        (folder / stray).write_text("stray")
    # What `pip wheel . --no-deps --no-build-isolation` comes to.
    build = "from setuptools.build_meta import build_wheel; build_wheel('wheels')"
    subprocess.run([sys.executable, "-c", build], cwd=folder, env=environment(), check=True, capture_output=True)
    (wheel,) = (folder / "wheels").iterdir()
    return wheel


def environment() -> dict[str, str]:
    """That of somebody who has never heard of this checkout."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("HELPCENTER_", "PYTHON"))}


def installed(wheel: Path, folder: Path) -> Path:
    """The Python of an environment with the wheel, and beside it the libraries that these tests run on."""
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    words = ("install", "--quiet", "--no-deps", "--no-index", "--no-compile", str(wheel))
    subprocess.run([sys.executable, "-m", "pip", "--python", str(python), *words], env=environment(), check=True)
    (own,) = folder.glob("lib/python*/site-packages")
    # Only the folder: what its .pth files add, such as this checkout, is not read from there.
    (own / "libraries.pth").write_text(f"{sysconfig.get_path('purelib')}\n{sysconfig.get_path('platlib')}\n")
    return python


def expected_names() -> set[str]:
    """What a checkout holds that somebody needs who runs a site."""
    words = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    kept = [name for name in listed if (ROOT / name).is_file()]
    package = {name for name in kept if name.startswith("helpcenter/") and not name.endswith(LEFT_OUT)}
    shipped = {f"helpcenter/_shipped/{name}" for name in kept if name.split("/")[0] in FOLDERS}
    spoken = {name.replace(".po", ".mo") for name in kept if name.endswith(".po")}
    return {"config.py"} | package | shipped | spoken


def get(address: str) -> str:
    with urlopen(address, timeout=PATIENCE_SECONDS) as answer:
        assert answer.status == 200
        return str(answer.read().decode())


def test_a_wheel_holds_what_a_site_needs_and_serves_a_demo_in_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    wheel = wheel_of_a_copy(tmp_path / "copy")
    with ZipFile(wheel) as file:
        names = {name for name in file.namelist() if ".dist-info/" not in name}
    assert names == expected_names()

    python = installed(wheel, tmp_path / "environment")
    shutil.rmtree(tmp_path / "copy")
    (own,) = (tmp_path / "environment").glob("lib/python*/site-packages")
    for topic in (own / "helpcenter" / "_shipped" / "articles").glob("*/*"):
        # A part of the manual shows as much, and is written in a moment.
        if topic.parent.name != "en" or topic.name != "using":
            shutil.rmtree(topic)
    folder = tmp_path / "empty"
    folder.mkdir()
    (folder / "config.py").write_text("raise SystemExit('code was taken from the folder')")
    port = free_port()
    demo = subprocess.Popen(
        [python.with_name("helpcenter"), "demo", "--days", "1", "--port", str(port)],
        cwd=folder,
        env={**environment(), "HELPCENTER_WORKERS": "1", "HELPCENTER_CHECK_OUTSIDE_LINKS": "no"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        process_group=0,
    )
    try:
        site = f"http://127.0.0.1:{port}"
        assert until(lambda: demo.poll() is not None or answers(site), BUILDING_SECONDS)
        assert demo.poll() is None, demo.communicate()[0]
        page = get(f"{site}/en/")
        assets = set(re.findall(r'"(/(?:assets|static)/[^"]+)"', page))
        assert {Path(name).suffix for name in assets} >= {".css", ".js", ".svg"}
        assert all(get(f"{site}{name}") for name in assets if not name.endswith(".png"))
        assert 'dir="rtl"' in get(f"{site}/ar/") and "بحث" in get(f"{site}/ar/search")
        assert "/articles/" in get(f"{site}/en/search?q=passwrd")
        assert sorted(path.name for path in folder.iterdir()) == ["config.py", "demo"]
    finally:
        demo.send_signal(signal.SIGTERM)
        out, _ = demo.communicate(timeout=PATIENCE_SECONDS)
    assert demo.returncode == 0, out
    assert "ada@demo.example" in out


def answers(site: str) -> bool:
    try:
        return bool(get(f"{site}/healthz"))
    except OSError:
        return False
