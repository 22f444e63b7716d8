"""A program that trains for a while, and says when it is in the middle and where its run is."""

import math
import sys
import time

import whorl

experiment, points = sys.argv[1], int(sys.argv[2])
run = whorl.init(
    experiment=experiment,
    config={"seed": 7, "optimizer": {"name": "adam", "lr": 0.001}, "hidden": (64, 32), "augment": True, "note": "学习率"},
    tags={"stage": "first"},
    name="a run of mine",
)
print(run.id, flush=True)
for i in range(points):
    loss = math.nan if i % 10 == 0 else 1 / (i + 1)
    run.log({"loss": loss, "val/accuracy": math.inf if i == 1 else i / points}, step=i / 2)
    if i == 100:
        run.tag({"stage": "second"})
    if i % 50 == 0:
        time.sleep(0.005)
    if i == points // 2:
        print("middle", flush=True)
run.log({"loss": "three"}, step=1)
run.log_text("notes", "# Notes", markdown=True)
run.log_image("samples/first", b"\x89PNG\r\n\x1a\n\1\2\3", step=3)
run.log_file("weights.bin", bytes([5] * 100_000))
run.finish(wait=float(sys.argv[3]) if len(sys.argv) > 3 else 60)
print("ended")
