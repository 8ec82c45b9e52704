"""Asks the doctor about a site, and does what it says."""

from __future__ import annotations

import json
import shlex
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from click.testing import CliRunner
from flask import Flask

from config import Settings
from config import examine as examined
from helpcenter.cli import commands
from helpcenter.doctor.examination import examine
from helpcenter.doctor.finding import Finding
from helpcenter.doctor.ground import Ground


@dataclass
class Patient:
    """A site by its app; what it finds is asked as an operator asks."""

    app: Flask

    def findings(self) -> dict[str, dict[str, str]]:
        """What is found, by name."""
        told = CliRunner().invoke(commands, ["doctor", "--json"], obj=self.app)
        assert told.exception is None or isinstance(told.exception, SystemExit), told.exception
        found = {one["name"]: one for one in json.loads(told.stdout)["findings"]}
        wrong = any(one["level"] == "wrong" for one in found.values())
        assert told.exit_code == int(wrong), told.output
        return found

    def obey(self, finding: Mapping[str, str]) -> None:
        """Run the command of a finding."""
        words = shlex.split(finding["command"])
        if words[0] == "helpcenter":
            result = CliRunner().invoke(commands, words[1:], obj=self.app)
            assert result.exit_code == 0, result.output
        else:
            subprocess.run(words, check=True, capture_output=True)


def found_on(settings: Settings) -> dict[str, Finding]:
    """What is found on settings, by name, as the command finds it where no app was made yet."""
    return {one.name: one for one in examine(Ground(settings)).findings}


def found_in(environ: Mapping[str, str], **more: Any) -> dict[str, Finding]:
    """The same for an environment, whose settings may make no sense."""
    settings, problems = examined(environ, **more)
    return {one.name: one for one in examine(Ground(settings, environ, tuple(problems))).findings}
