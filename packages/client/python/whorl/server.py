import http.client
import json
from collections import namedtuple
from urllib.parse import urlsplit

TIMEOUT_S = 30.0
LATER = {408, 425, 429, 500, 502, 503, 504}  # statuses that say "not now"

Address = namedtuple("Address", "url token")


class Server:
    """Whorl, as one run tells it what happens, on a connection that stays open."""

    def __init__(self, address, run_id):
        place = urlsplit(address.url)
        is_https = place.scheme == "https"
        self._connect = http.client.HTTPSConnection if is_https else http.client.HTTPConnection
        self._host = place.hostname, place.port
        self._path = f"{place.path.rstrip('/')}/api/log/1/runs/{run_id}"
        self._headers = {"Content-Type": "application/json"}
        if address.token:
            self._headers["Authorization"] = f"Bearer {address.token}"
        self._connection = None

    def tell(self, line):
        """What came of a message, and why: "taken"; "away", to be sent again; or "refused", which sending again does not mend."""
        is_new = self._connection is None
        try:
            if is_new:
                self._connection = self._connect(*self._host, timeout=TIMEOUT_S)
            self._connection.request("POST", self._path, line, self._headers)
            response = self._connection.getresponse()
            text = response.read().decode("utf-8", "replace")
        except Exception as error:
            self.close()
            # A server closes a connection on which nothing is said for a while: that alone does not mean that it is away.
            return ("away", f"{type(error).__name__}: {error}") if is_new else self.tell(line)
        if 200 <= response.status < 300:
            return "taken", ""
        return "away" if response.status in LATER else "refused", f"{response.status} {_said(text)}"

    def close(self):
        if self._connection is not None:
            self._connection.close()
        self._connection = None


def _said(text):
    try:
        return str(json.loads(text)["message"])
    except (ValueError, KeyError, TypeError):
        return text[:200]
