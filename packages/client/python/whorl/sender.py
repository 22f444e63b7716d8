import json

from .journal import line_of
from .server import Server

FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.25, 30.0


class Sender:
    """Tells the server what waits in a journal, one message after the other."""

    def __init__(self, address, journal, lock, hear):
        self._server = Server(address, journal.run_id)
        self._journal = journal
        self._lock = lock
        self._hear = hear
        self._refused = set()
        self.closed = False

    def send_waiting(self) -> bool:
        """Whether nothing waits any more; else the server is away, or this is closed."""
        while True:
            with self._lock:
                line = None if self.closed else self._journal.first()
                if line is None:
                    if not self.closed:
                        self._journal.to_memory()
                    return not self.closed
            outcome, why = self._tell(line)
            with self._lock:
                if self.closed:
                    return False
                if outcome == "away":
                    self._journal.to_file()
                else:
                    self._journal.drop()
            self._hear(outcome, why)
            if outcome == "away":
                return False

    def close(self):
        """Ends the connection: for the thread that sends, when it has nothing more to send."""
        self._server.close()

    def _tell(self, line):
        outcome, why = self._server.tell(line)
        message = json.loads(line) if outcome == "refused" else {}
        if message.get("kind") != "log":
            return outcome, why
        # All of a message or nothing is taken: each metric alone, so that one that is refused takes no other with it.
        for series in message["series"]:
            if series["key"] in self._refused:
                continue
            outcome, why = self._server.tell(line_of({"kind": "log", "series": [series]}))
            if outcome == "away":
                return outcome, why
            if outcome == "refused":
                self._refused.add(series["key"])
                self._hear(outcome, why)
        return "taken", ""
