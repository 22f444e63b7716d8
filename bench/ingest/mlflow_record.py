"""MLflow's record for the reading rows of `bench -- ingest`, written through its own table classes in bulk.

argv: folder, number of runs with a metric, number of points of one long series.
"""

import logging
import os
import sys
import uuid

logging.disable(logging.WARNING)
os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")

from mlflow.store.tracking.dbmodels import models  # noqa: E402
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore  # noqa: E402

folder, count, points = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
os.makedirs(folder, exist_ok=True)
store = SqlAlchemyStore(f"sqlite:///{folder}/mlflow.db", f"{folder}/artifacts")
experiment = int(store.create_experiment("many"))


def run(i, name):
    return dict(run_uuid=uuid.UUID(int=i + 1).hex, name=name, experiment_id=experiment, user_id="bench",
                status="FINISHED", start_time=i, end_time=i + 1, lifecycle_stage="active", source_type="LOCAL",
                source_name="", entry_point_name="", source_version="", artifact_uri=f"{folder}/artifacts/{i}")


def point(run, key, value, step):
    return dict(run_uuid=run["run_uuid"], key=key, value=value, timestamp=step, step=step, is_nan=False)


runs = [run(i, f"run {i}") for i in range(count)]
long = run(count, "long")
last = [point(one, "accuracy", (i * 7919 % count) / count, 0) for i, one in enumerate(runs)]
series = [point(long, "loss", 1 / (step + 1), step) for step in range(points)]
with store.ManagedSessionMaker() as session:
    session.bulk_insert_mappings(models.SqlRun, [*runs, long])
    session.bulk_insert_mappings(models.SqlMetric, [*last, *series])
    session.bulk_insert_mappings(models.SqlLatestMetric, [*last, series[-1]])
