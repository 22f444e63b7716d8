import base64
import math
import os
import secrets
import threading
import time

from .environment import environment_here
from .journal import Journal, line_of
from .media import MOST_BYTES, bytes_of, image_bytes_of, shown_image_type
from .params import pairs_of, params_of, texts_of
from .points import Points, number_of
from .program import FINISH_S, outcome_of
from .sender import FIRST_PAUSE_S, LONGEST_PAUSE_S, Sender

FLUSH_S = 1.0  # points wait for this long at most before they are on their way
FLUSH_POINTS = 4000  # and no longer where there are so many
MOST_WAITING = 20_000  # points that wait while a request is under way
ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
ID_LENGTH = 16


class Run:
    """A run that this program trains. As a context manager it ends with its block, as failed where that raises."""

    def __init__(self, experiment, config, tags, name, address, folder, warn, on_end):
        self.id = "r" + "".join(secrets.choice(ALPHABET) for _ in range(ID_LENGTH))
        self.name = str(name)
        self._url = address.url
        self._warn = warn
        self._on_end = on_end
        self._pid = os.getpid()
        self._lock = threading.RLock()
        self._wake = threading.Event()
        self._points = Points()
        self._journal = Journal(folder, address.url, self.id)
        self._sender = Sender(address, self._journal, self._lock, self._hear)
        self._next_step = 0
        self._ended = False
        run = {
            "id": self.id,
            "experiment": str(experiment),
            "name": self.name,
            "startedAt": _now(),
            "params": self._guarded(params_of, config) or {},
            "tags": self._guarded(texts_of, tags) or {},
            "environment": environment_here(),
        }
        self._tell({"kind": "start", "run": run})
        self._thread = threading.Thread(target=self._work, name="whorl", daemon=True)
        self._guarded(self._thread.start)

    @property
    def url(self) -> str:
        """The address of its page."""
        return f"{self._url.rstrip('/')}/runs/{self.id}"

    def log(self, metrics, step=None) -> None:
        """Logs one point of each of these metrics: numbers, NaN and infinities too, and what is one by its `.item()`.

        Without a step it is the one after the last, from 0 on. A step may be any finite number and may go back.
        """
        if self._is_open("log"):
            self._guarded(self._log, metrics, step)

    def tag(self, tags) -> None:
        """Sets tags; of a name that is there, the text is replaced."""
        if self._is_open("tag"):
            self._guarded(lambda: self._tell({"kind": "tags", "tags": texts_of(tags)}))

    def log_image(self, name, image, step=None) -> None:
        """Logs a PNG, JPEG or WebP image: its bytes, its path, an image of Pillow or a figure of Matplotlib."""
        if self._is_open("a file"):
            self._guarded(self._log_image, name, image, step)

    def log_text(self, name, text, step=None, markdown=False) -> None:
        """Logs a text, which a page shows as it is, or as Markdown."""
        if self._is_open("a file"):
            media_type = "text/markdown" if markdown else "text/plain"
            self._guarded(lambda: self._log_file(name, str(text).encode("utf-8", "replace"), step, media_type))

    def log_file(self, name, data, step=None, media_type="application/octet-stream") -> None:
        """Logs a file, 16 MiB at most, to be fetched from the run's page: its bytes or its path."""
        if self._is_open("a file"):
            self._guarded(lambda: self._log_file(name, bytes_of(data), step, media_type))

    def flush(self) -> None:
        """Has sent what was logged, without waiting for the next second."""
        self._wake.set()

    def finish(self, status="finished", wait=FINISH_S) -> None:
        """Ends the run as "finished", "failed" or "interrupted", and waits until the server has all of it.

        That is `wait` seconds at most; what is left then is in a file, which the next program that logs to this server sends.
        """
        if self._ended or os.getpid() != self._pid:
            return
        try:
            self._guarded(self._tell, {"kind": "end", "status": status, "endedAt": _now()})
            self._ended = True
            self._wake.set()
            if self._thread.is_alive():
                self._thread.join(wait)
        finally:
            self._put_away()

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        self.finish(outcome_of(error))

    def _log(self, metrics, step):
        pairs = pairs_of(metrics)
        with self._lock:
            at = self._next_step if step is None else number_of(step)
            if at is None or not math.isfinite(at):
                self._warn(f"log: expected a step that is a finite number, got {step!r}")
                return
            self._next_step = at + 1
            now = _now()
            for key, value in pairs:
                number = value if type(value) is float else number_of(value)
                if number is None:
                    what = type(value).__name__
                    self._warn(f'log: expected a number for "{key}", got {what}; the others are logged')
                else:
                    self._points.add(str(key), at, number, now)
            if self._points.size >= MOST_WAITING:
                self._gather()
        if self._points.size >= FLUSH_POINTS:
            self._wake.set()

    def _log_image(self, name, image, step):
        data = image_bytes_of(image)
        media_type = shown_image_type(data)
        if media_type is None:
            self._warn(f'log_image: expected "{name}" to be a PNG, JPEG or WebP image')
        else:
            self._log_file(name, data, step, media_type)

    def _log_file(self, name, data, step, media_type):
        if len(data) > MOST_BYTES:
            self._warn(f'file "{name}": expected at most {MOST_BYTES} bytes, got more; it is not logged')
            return
        at = None if step is None else number_of(step)
        text = base64.b64encode(data).decode("ascii")
        self._tell({"kind": "file", "file": {"name": str(name), "step": at, "mediaType": media_type, "data": text}})

    def _tell(self, message):
        """A message behind all that was logged before it."""
        with self._lock:
            self._gather()
            self._journal.add(line_of(message))
        self._wake.set()

    def _gather(self):
        for series in self._points.take():
            self._journal.add(line_of({"kind": "log", "series": series}))

    def _is_open(self, what):
        if os.getpid() != self._pid:
            return False  # a copy of the process, in which no thread sends and the lock may never be free
        if self._ended:
            self._warn(f"{what} after finish: run {self.id} is over, and takes no more")
        return not self._ended

    def _guarded(self, work, *given):
        try:
            return work(*given)
        except Exception as error:  # whatever it is, it must not end a training
            self._warn(f"run {self.id}: {error or type(error).__name__}; it is not logged")
            return None

    def _hear(self, outcome, why):
        if outcome == "away":
            self._warn(f"{self._url} does not answer ({why}): what is logged is kept, and sent when it does")
        elif outcome == "refused":
            self._warn(f"{self._url} refused something of run {self.id}: {why}")

    def _work(self):
        """What the thread does."""
        try:
            self._send_till_end()
        finally:
            self._sender.close()

    def _send_till_end(self):
        """Each second, and sooner where there is much, what was logged is sent."""
        pause, again_at, was_ended = FIRST_PAUSE_S, 0.0, False
        while not self._sender.closed:
            with self._lock:
                self._guarded(self._gather)
            ended = self._ended
            if ended and not was_ended:
                pause, again_at, was_ended = FIRST_PAUSE_S, 0.0, True  # somebody waits
            if time.monotonic() >= again_at:
                if self._guarded(self._sender.send_waiting):
                    pause, again_at = FIRST_PAUSE_S, 0.0
                    if ended:
                        return
                else:
                    again_at = time.monotonic() + pause
                    pause = min(2 * pause, LONGEST_PAUSE_S)
            left = again_at - time.monotonic()
            self._wake.wait(min(FLUSH_S, left) if left > 0 else FLUSH_S)
            self._wake.clear()

    def _put_away(self):
        with self._lock:
            self._sender.closed = True
            waits = self._guarded(self._journal.first) is not None
            place = self._guarded(self._journal.close)
        self._on_end(self)
        if waits:
            rest = f"in {place}, and is sent by the next program that logs there" if place else "lost"
            self._warn(f"run {self.id} ended before {self._url} had all of it; the rest is {rest}")


def _now():
    return int(time.time() * 1000)
