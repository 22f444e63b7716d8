import atexit
import os
import sys
import threading
import time

from .journal import NAME, Journal
from .sender import FIRST_PAUSE_S, LONGEST_PAUSE_S, Sender

FINISH_S = 10.0
UNSENT_S = 60.0


def outcome_of(error):
    """How a run ends whose program, or block, ends with an error, or with None."""
    if error is None or (isinstance(error, SystemExit) and error.code in (None, 0)):
        return "finished"
    return "interrupted" if isinstance(error, KeyboardInterrupt) else "failed"


class Program:
    """The program whose runs these are: they end with it, however it ends."""

    def __init__(self):
        self._running = set()
        self._outcome = "finished"
        self._ending = threading.Event()
        self._senders = []
        self._hooks = None

    def begin(self, run, folder, address):
        self._running.add(run)
        if self._hooks is None:
            self._hooks = sys.excepthook, sys.exit
            sys.excepthook, sys.exit = self._raised, self._exits
            atexit.register(self._end)
        try:
            if any(map(NAME.fullmatch, os.listdir(folder))):
                sender = threading.Thread(target=self._send_left, args=(folder, address), name="whorl unsent", daemon=True)
                sender.start()
                self._senders.append(sender)
        except (OSError, RuntimeError):
            pass  # nothing was ever left, or it is too late to send it

    def forget(self, run):
        self._running.discard(run)

    def _raised(self, kind, error, trace):
        self._outcome = outcome_of(error)
        self._hooks[0](kind, error, trace)

    def _exits(self, code=None):
        if threading.current_thread() is threading.main_thread():
            self._outcome = outcome_of(SystemExit(code))
        self._hooks[1](code)

    def _end(self):
        until = time.monotonic() + FINISH_S
        for run in list(self._running):
            run.finish(self._outcome, max(0.0, until - time.monotonic()))
        self._ending.set()
        for sender in self._senders:
            sender.join(UNSENT_S)

    def _send_left(self, folder, address):
        """Sends what programs before this one could not."""
        for name in sorted(os.listdir(folder)):
            try:
                journal = Journal.left_behind(folder, name, address.url)
                if journal is None or self._is_sent(Sender(address, journal, threading.Lock(), lambda *_: None)):
                    continue
                return
            except (OSError, ValueError, KeyError, TypeError):
                continue  # another process was first, or it is no journal

    def _is_sent(self, sender):
        """Whether all of it is; False where the program ends while the server is away."""
        pause = FIRST_PAUSE_S
        try:
            while not sender.send_waiting():
                if self._ending.wait(pause):
                    return False
                pause = min(2 * pause, LONGEST_PAUSE_S)
            return True
        finally:
            sender.close()


PROGRAM = Program()
