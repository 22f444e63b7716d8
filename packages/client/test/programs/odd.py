"""A program that logs whatever a client may be given, and prints what it raised: nothing."""

import json
import math
import sys
import time

import numpy
import whorl

said = []
run = whorl.init("各种值", config={"lr": numpy.float32(0.25), "on": numpy.bool_(True), "none": None, "sizes": [numpy.int64(3)]}, warn=said.append)
for value in [math.nan, math.inf, -math.inf, -0.0, 5e-324, sys.float_info.max, 2**53, True]:
    run.log({"奇数": value})
run.log({"numpy": numpy.float32(0.1), "whole": numpy.int64(7), "array": numpy.array([[0.5]])}, step=numpy.int64(3))
run.log({"numpy": numpy.float64("nan"), "two": numpy.array([1, 2]), "none": None, "vast": 10**400, "loss": 1})
run.log({"loss": 2, "__proto__": 1})
run.flush()
time.sleep(0.5)
run.log({"loss": 3, "__proto__": 2}, step=-(2**53))
run.log({"loss": 4}, step=math.nan)
run.log({"loss": 4}, step="one")
run.log(None)
run.log_image("none", b"no image")
run.log_file("missing", "/nothing/here")
run.log_file("itself.py", __file__, media_type="text/x-python")
run.log_text("大", "x" * (16 * 2**20 + 1))
run.tag(7)
run.finish()
run.log({"loss": 5})
run.finish("failed")
print(json.dumps({"id": run.id, "said": said}))
