"""A program that leaves it to the client to end its run, and ends itself as it is told."""

import os
import sys
import time

import whorl

experiment, how = sys.argv[1:]
run = whorl.init(experiment=experiment)
print(run.id, flush=True)
run.log({"loss": 0.5})
if how == "raises":
    raise ValueError("no gradient")
elif how == "raises in its block":
    try:
        with run:
            raise ValueError("no gradient")
    except ValueError:
        pass
elif how == "is interrupted":
    raise KeyboardInterrupt
elif how == "exits with 3":
    sys.exit(3)
elif how == "exits with 0":
    sys.exit(0)
elif how == "forks":
    if os.fork() == 0:
        run.log({"loss": 7})
        run.finish("failed")
        sys.exit(1)
    os.wait()
    run.log({"loss": 0.25})
elif how == "stays":
    for i in range(1, 10_000):
        run.log({"loss": 0.5 / (i + 1)})
        time.sleep(0.01)
