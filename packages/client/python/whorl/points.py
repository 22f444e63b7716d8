MOST_SERIES = 5000  # of one message


class Points:
    """Points that were logged and not yet taken. Each metric counts its own, which makes sending twice harmless."""

    def __init__(self):
        self._buffers = {}
        self.size = 0

    def add(self, key, step, value, now):
        buffer = self._buffers.get(key)
        if buffer is None:
            self._buffers[key] = buffer = [0, [], [], []]
        buffer[1].append(step)
        buffer[2].append(value)
        buffer[3].append(now)
        self.size += 1

    def take(self):
        """All that waits, in lists of series that each fit into a message."""
        taken = []
        for key, buffer in self._buffers.items() if self.size > 0 else ():
            offset, steps, values, times = buffer
            if not steps:
                continue
            wire = [value if value - value == 0 else _odd(value) for value in values]
            taken.append({"key": key, "offset": offset, "steps": steps, "values": wire, "times": times})
            buffer[:] = [offset + len(steps), [], [], []]
        self.size = 0
        return [taken[at : at + MOST_SERIES] for at in range(0, len(taken), MOST_SERIES)]


def number_of(value):
    """A number that a double holds: of any type that is one or has one as its `.item()`; None for what is none."""
    try:
        value = value.item() if hasattr(value, "item") else value
        if isinstance(value, (str, bytes)):
            return None
        return value if type(value) is int and abs(value) <= 2**53 else float(value)
    except Exception:
        return None


def _odd(value):
    """A number that JSON lacks, as a text."""
    return "NaN" if value != value else "Infinity" if value > 0 else "-Infinity"
