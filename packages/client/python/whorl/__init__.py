"""Logs the runs of any Python program to Whorl. It needs nothing beside Python.

    import whorl

    with whorl.init(experiment="my experiment", config={"seed": 1, "lr": 0.1}) as run:
        for step in range(100):
            run.log({"loss": 1 / (step + 1)}, step=step)

Nothing here waits for the server or raises into a training: what goes wrong is a line on stderr, each once. What could not
be sent goes to a file, and the next program that logs to that server sends it.
"""

import os
import sys

from .program import PROGRAM
from .run import Run
from .server import Address

__all__ = ["Run", "init"]

DEFAULT_URL = "http://127.0.0.1:4000"


def init(experiment, config=None, tags=None, name="", url=None, token=None, warn=None) -> Run:
    """Begins a run of an experiment, which is made where there is none of the name.

    config: hyperparameters, and the seed as "seed": a dict, or what argparse gives. Its leaves become params, called by their
    path with dots. url, token: where Whorl is, and the value of its WHORL_TOKEN; else what the environment variables WHORL_URL
    and WHORL_TOKEN say; else http://127.0.0.1:4000. warn: hears what went wrong, each text once; stderr where it is left out.
    """
    address = Address(
        url or os.environ.get("WHORL_URL") or DEFAULT_URL,
        token or os.environ.get("WHORL_TOKEN"),
    )
    folder = os.environ.get("WHORL_UNSENT") or os.path.join(os.path.expanduser("~"), ".whorl", "unsent")
    run = Run(experiment, config or {}, tags or {}, name, address, folder, _once(warn or _say), PROGRAM.forget)
    PROGRAM.begin(run, folder, address)
    return run


def _once(say):
    """Says each text the first time only."""
    said = set()

    def warn(text):
        if text in said:
            return
        said.add(text)
        try:
            say(text)
        except Exception:
            pass  # who listens must not end a training

    return warn


def _say(text):
    print(f"whorl: {text}", file=sys.stderr)
