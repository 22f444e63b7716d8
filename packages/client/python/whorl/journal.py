import json
import os
import re
from collections import deque

MOST_IN_MEMORY = 64  # messages; the server is slower than the training then

# As @whorl/client calls and writes them: each sends what the other left behind.
NAME = re.compile(r"[0-9a-z]+\.(\d+)\.jsonl")


def line_of(message):
    return json.dumps(message, separators=(",", ":")).encode("ascii") + b"\n"


class Journal:
    """Messages that wait, as lines of JSON: in memory and, once they are many or the server is away, in a file."""

    def __init__(self, folder, url, run_id):
        self.run_id = run_id
        self._path = os.path.join(folder, f"{run_id}.{os.getpid()}.jsonl")
        self._heading = line_of({"url": url, "runId": run_id})
        self._lines = deque()
        self._at = None  # where the first that waits lies in the file
        self._first = None

    @classmethod
    def left_behind(cls, folder, name, url):
        """That of a file for this server whose process is no more, and this process's from now on; else None."""
        pid = NAME.fullmatch(name)
        if pid is None or _is_alive(int(pid[1])):
            return None
        path = os.path.join(folder, name)
        with open(path, "rb") as file:
            heading = json.loads(file.readline())
            at = file.tell()
        if heading["url"] != url:
            return None
        journal = cls(folder, url, heading["runId"])
        os.rename(path, journal._path)
        journal._at = at
        return journal

    def add(self, line):
        if self._at is None and len(self._lines) < MOST_IN_MEMORY:
            self._lines.append(line)
            return
        self.to_file()
        with open(self._path, "ab") as file:
            file.write(line)

    def first(self):
        if self._at is None:
            return self._lines[0] if self._lines else None
        if self._first is None:
            with open(self._path, "rb") as file:
                file.seek(self._at)
                line = file.readline()
            self._first = line if line.endswith(b"\n") else None  # the last may have been cut off
        return self._first

    def drop(self):
        if self._at is None:
            self._lines.popleft()
        elif self.first() is not None:
            self._at += len(self._first)
            self._first = None

    def to_file(self):
        """What waits outlives the process from now on."""
        if self._at is not None or not self._lines:
            return
        os.makedirs(os.path.dirname(self._path), mode=0o700, exist_ok=True)
        with open(os.open(self._path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
            file.write(self._heading + b"".join(self._lines))
        self._at = len(self._heading)
        self._lines.clear()

    def to_memory(self):
        """Nothing waits any more: no file is left."""
        if self._at is not None and self.first() is None:
            self._at = None
            os.remove(self._path)

    def close(self):
        """Where what is left stays; None where nothing is left."""
        if self.first() is None:
            self.to_memory()
            return None
        self.to_file()
        return self._path


def _is_alive(pid):
    if os.name == "nt":  # where os.kill ends it, whatever the signal
        import ctypes

        handle = ctypes.windll.kernel32.OpenProcess(0x1000, False, pid)
        return bool(handle and ctypes.windll.kernel32.CloseHandle(handle))
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        pass  # it is another user's
    return True
