"""How fast a Python script logs points, from its first line to the end of the run.

argv: what (whorl, mlflow, mlflow-async, trackio, aim, wandb), where (a server's address, or a folder), how many points.
Prints one JSON document: {"seconds": s}. A step has ten metrics, as a training loop logs them. Of Whorl's own client the end of
a run is the server's word that it has every point.
"""

import json
import logging
import os
import sys
import time

logging.disable(logging.WARNING)
what, where, points = sys.argv[1], sys.argv[2], int(sys.argv[3])
os.environ.update(MLFLOW_DISABLE_TELEMETRY="true", WANDB_MODE="offline", WANDB_SILENT="true", WANDB_DIR=where,
                  TRACKIO_DIR=where, GIT_PYTHON_REFRESH="quiet")
steps = points // 10


def metrics(step):
    return {f"metric{i}": 1 / (step + 1) + i for i in range(10)}


out, sys.stdout = sys.stdout, sys.stderr
if what.startswith("mlflow"):
    import mlflow
    if what == "mlflow-async":
        mlflow.config.enable_async_logging()
    mlflow.set_tracking_uri(where)
    mlflow.set_experiment("from Python")
    start = time.perf_counter()
    with mlflow.start_run():
        for step in range(steps):
            mlflow.log_metrics(metrics(step), step=step)
        mlflow.flush_async_logging()
elif what == "whorl":
    sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "packages", "client", "python"))
    import whorl
    start = time.perf_counter()
    run = whorl.init(experiment="from Python", url=where)
    for step in range(steps):
        run.log(metrics(step), step=step)
    run.finish(wait=600)
elif what == "trackio":
    import trackio
    start = time.perf_counter()
    trackio.init(project="bench", embed=False)
    for step in range(steps):
        trackio.log(metrics(step), step=step)
    trackio.finish()
elif what == "aim":
    import aim
    start = time.perf_counter()
    run = aim.Run(repo=where, system_tracking_interval=None, capture_terminal_logs=False)
    for step in range(steps):
        run.track(metrics(step), step=step)
    run.close()
else:
    import wandb
    start = time.perf_counter()
    run = wandb.init(project="bench", settings=wandb.Settings(x_disable_stats=True, console="off"))
    for step in range(steps):
        run.log(metrics(step), step=step)
    run.finish()
print(json.dumps({"seconds": time.perf_counter() - start}), file=out)
