"""MLflow on the same machine: 10,000 runs in SQLite, a page of 100 sorted by a metric or filtered by three terms.

argv: folder, number of runs. Prints one JSON document: {"sorted": [ms, ...], "filtered": [ms, ...]}.
The rows are written through MLflow's own table classes, in bulk: 10,000 calls of log_batch take a quarter of an hour.
"""

import json
import logging
import os
import random
import sys
import time
import uuid

logging.disable(logging.WARNING)
os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")

from mlflow import MlflowClient  # noqa: E402
from mlflow.store.tracking.dbmodels import models  # noqa: E402
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore  # noqa: E402

folder, count = sys.argv[1], int(sys.argv[2])
uri = f"sqlite:///{folder}/mlflow.db"
store = SqlAlchemyStore(uri, f"{folder}/artifacts")
experiment = store.create_experiment("bench")
draw = random.Random(1)

runs, params, latest, metrics = [], [], [], []
for i in range(count):
    run = uuid.UUID(int=draw.getrandbits(128)).hex
    runs.append(dict(run_uuid=run, name=f"run {i}", experiment_id=int(experiment), user_id="bench", status="FINISHED",
                     start_time=i, end_time=i + 1, lifecycle_stage="active", source_type="LOCAL", source_name="",
                     entry_point_name="", source_version="", artifact_uri=f"{folder}/artifacts/{run}"))
    for p in range(20):
        value = draw.choice(["relu", "gelu", "tanh"]) if p == 0 else str(draw.random())
        params.append(dict(run_uuid=run, key=f"param{p}", value=value))
    for m in range(10):
        row = dict(run_uuid=run, key=f"metric{m}", value=draw.random(), timestamp=i, step=100, is_nan=False)
        latest.append(row)
        metrics.append(row)
with store.ManagedSessionMaker() as session:
    for table, rows in ((models.SqlRun, runs), (models.SqlParam, params), (models.SqlLatestMetric, latest),
                        (models.SqlMetric, metrics)):
        session.bulk_insert_mappings(table, rows)

client = MlflowClient(uri)
THREE_TERMS = "metrics.metric1 > 0.5 and params.param0 = 'relu' and metrics.metric2 < 0.5"


def measure(**query):
    times = []
    for _ in range(7):
        start = time.perf_counter()
        page = client.search_runs([experiment], max_results=100, **query)
        times.append(1000 * (time.perf_counter() - start))
        assert len(page) == 100, len(page)
    return times


print(json.dumps({"sorted": measure(order_by=["metrics.metric3 DESC"]), "filtered": measure(filter_string=THREE_TERMS)}))
