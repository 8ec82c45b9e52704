"""A module that takes longer to import than its job may run."""

import time

time.sleep(1.0)


def ready() -> str:
    return "ready"
