"""Logs with MLflow's own client to the server at argv[1], reads back, and prints as JSON what came of each check."""

import json
import math
import os
import sys
import time

os.environ["MLFLOW_TRACKING_URI"] = sys.argv[1]
os.environ["MLFLOW_HTTP_REQUEST_MAX_RETRIES"] = "0"
os.environ["GIT_PYTHON_REFRESH"] = "quiet"

import mlflow  # noqa: E402
from mlflow import MlflowClient  # noqa: E402
from mlflow.exceptions import MlflowException  # noqa: E402

client = MlflowClient()
said = {}


def text(value):
    """A number as JSON has none: NaN, infinities and -0 are texts."""
    if isinstance(value, float) and (math.isnan(value) or math.isinf(value) or value == 0):
        return repr(value)
    return value


def refused(call, *args, **kwargs):
    """The code of the error that a call ends with, and how long that took."""
    begun = time.monotonic()
    try:
        call(*args, **kwargs)
    except MlflowException as error:
        return [error.error_code, str(error), time.monotonic() - begun < 5]
    return ["none", "", True]


# The fluent interface, as a script has it.
experiment = mlflow.set_experiment("从脚本记录")
with mlflow.start_run(run_name="第一次") as run:
    mlflow.log_param("lr", 0.01)
    mlflow.log_params({"seed": 1, "优化器": "adam", "empty": ""})
    for step in range(20):
        mlflow.log_metric("loss", 1 / (step + 1), step=step)
    mlflow.log_metrics({"acc": 0.5, "val/acc": 0.25}, step=7)
    for step, value in enumerate([math.nan, math.inf, -math.inf, -0.0, 5e-324, 1.7976931348623157e308, 0.1]):
        mlflow.log_metric("odd", value, step=step)
    for step in [0, 2**53, -(2**53), 5, 5]:
        mlflow.log_metric("steps", float(step), step=step)
    mlflow.set_tag("队", "红")
said["experiment"] = experiment.experiment_id
said["run"] = run.info.run_id
read = client.get_run(run.info.run_id)
said["params"] = read.data.params
said["tags"] = {key: value for key, value in read.data.tags.items() if not key.startswith("mlflow.")}
said["metrics"] = {key: text(value) for key, value in read.data.metrics.items()}
said["status"] = [read.info.status, read.info.run_name, read.info.lifecycle_stage, read.info.end_time >= read.info.start_time]

print(json.dumps(said))
