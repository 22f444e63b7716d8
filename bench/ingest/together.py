"""One of several scripts that log at once: ten metrics a step, a hundred steps a second.

argv: a server's address, for how many seconds, which of them it is. Prints its run at the start, and at the end how many steps it
logged and what its client said.
"""

import json
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "packages", "client", "python"))
import whorl  # noqa: E402

where, seconds, which = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
said = []
run = whorl.init(experiment="together", config={"script": which}, url=where, warn=said.append)
print(json.dumps({"run": run.id}), flush=True)
steps, start = 0, time.monotonic()
while time.monotonic() - start < seconds:
    run.log({f"metric{i}": steps * 7919 % 10_007 + i + which / 8 for i in range(10)}, step=steps)
    steps += 1
    time.sleep(max(0.0, start + steps / 100 - time.monotonic()))
run.finish(wait=60)
print(json.dumps({"steps": steps, "said": said}))
