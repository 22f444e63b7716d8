"""Logs with MLflow's own client to the server at argv[1], reads back, and prints as JSON what came of each check."""

import json
import math
import os
import sys
import tempfile
import time

os.environ["MLFLOW_TRACKING_URI"] = sys.argv[1]
os.environ["GIT_PYTHON_REFRESH"] = "quiet"
os.environ["MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE"] = "3000000"
os.environ["MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE"] = "1000000"
os.environ["MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD"] = "true"

import mlflow  # noqa: E402
from mlflow import MlflowClient  # noqa: E402
from mlflow.entities import Metric, Param, RunTag, ViewType  # noqa: E402
from mlflow.exceptions import MlflowException  # noqa: E402

client = MlflowClient()
said = {"version": mlflow.__version__}


def text(value):
    """A number as JSON has none: NaN, infinities and -0 are texts."""
    if isinstance(value, float) and (math.isnan(value) or math.isinf(value) or value == 0):
        return repr(value)
    return value


def refused(call, *args, **kwargs):
    """The code of the error that a call ends with, and whether that came at once."""
    begun = time.monotonic()
    try:
        call(*args, **kwargs)
    except MlflowException as error:
        return [error.error_code, time.monotonic() - begun < 5]
    return ["none", True]


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
    for i, step in enumerate([0, 2**53, -(2**53), 5, 5]):
        mlflow.log_metric("steps", float(i), step=step)
    mlflow.set_tag("队", "红")
    for i in range(50):
        mlflow.log_metric("later", i, step=i, synchronous=False)
    mlflow.flush_async_logging()
run_id = run.info.run_id
said["experiment"] = experiment.experiment_id
said["run"] = run_id
read = client.get_run(run_id)
said["params"] = read.data.params
said["tags"] = {key: value for key, value in read.data.tags.items() if not key.startswith("mlflow.")}
said["metrics"] = {key: text(value) for key, value in read.data.metrics.items()}
said["status"] = [
    read.info.status,
    read.info.run_name,
    read.info.lifecycle_stage,
    read.info.end_time >= read.info.start_time,
]


def history(run_id, key):
    return [[point.step, text(point.value)] for point in client.get_metric_history(run_id, key)]


said["history"] = {key: history(run_id, key) for key in ["odd", "steps", "val/acc", "nothing"]}
said["later"] = history(run_id, "later")

# The client: batches, their limits, and what is refused.
made = client.create_run(experiment.experiment_id, start_time=1_700_000_000_123, tags={"mlflow.note.content": "# 笔记"}, run_name="batch")
batch_id = made.info.run_id
points = [Metric("many", i / 7, 1_700_000_000_000 + i, i) for i in range(2_500)]
client.log_batch(batch_id, metrics=points, params=[Param(f"p{i}", str(i)) for i in range(250)], tags=[RunTag(f"t{i}", str(i)) for i in range(150)])
back = client.get_metric_history(batch_id, "many")
said["batch"] = [[(m.step, m.timestamp, m.value) for m in back] == [(m.step, m.timestamp, m.value) for m in points]]
read = client.get_run(batch_id)
said["batch"] += [len(read.data.params), len([key for key in read.data.tags if key.startswith("t")]), read.info.start_time]
said["notes"] = read.data.tags["mlflow.note.content"]
client.set_tag(batch_id, "a b", "x")
client.delete_tag(batch_id, "a b")
client.update_run(batch_id, status="KILLED", name="renamed")
read = client.get_run(batch_id)
client.update_run(batch_id, status="SCHEDULED")
said["scheduled"] = [client.get_run(batch_id).info.status] + [
    len(client.search_runs([experiment.experiment_id], f"attributes.status {asked}"))
    for asked in ["= 'SCHEDULED'", "= 'RUNNING'", "!= 'SCHEDULED'"]
]
client.update_run(batch_id, status="KILLED")
said["updated"] = [read.info.status, read.info.run_name, read.data.tags["mlflow.runName"], "a b" in read.data.tags]
said["refused"] = {
    "param changed": refused(client.log_param, run_id, "lr", 0.02),
    "no run": refused(client.get_run, "0" * 32),
    "no experiment": refused(client.get_experiment, "nothing"),
    "experiment twice": refused(client.create_experiment, "从脚本记录"),
    "bad key": refused(client.set_tag, run_id, "a\"b", "1"),
    "filter": refused(client.search_runs, [experiment.experiment_id], "metrics.loss >"),
    "registry": refused(client.create_registered_model, "model"),
}
again = client.log_param(run_id, "lr", 0.01)

# Search, with its paging and its orders.
search = client.create_experiment("search", tags={"team": "blue"})
for i in range(25):
    with mlflow.start_run(experiment_id=search, run_name=f"r{i:02}"):
        mlflow.log_params({"i": i, "parity": ["even", "odd"][i % 2]})
        mlflow.log_metric("score", math.nan if i == 3 else i % 10)
        if i % 5 == 0:
            mlflow.set_tag("five", "Yes")


def names(filter_string="", order_by=None, **more):
    found = client.search_runs([search], filter_string, order_by=order_by or ["attributes.run_name ASC"], **more)
    return [run.info.run_name for run in found]


said["search"] = {
    "all": names() == [f"r{i:02}" for i in range(25)],
    "metric": names("metrics.score > 8"),
    "param": names("params.parity = 'odd' and metrics.score <= 1"),
    "tag": names("tags.five ILIKE 'y%' AND params.parity != 'odd'"),
    "null": names("tags.five IS NULL AND attributes.run_name LIKE 'r0_'"),
    "or": names("metrics.score = 9 OR (params.i = '3' AND NOT tags.five = 'Yes')"),
    "in": names("attributes.run_id IN ('x', '" + client.search_runs([search], max_results=1)[0].info.run_id + "')"),
    "status": [len(names("attributes.status = 'FINISHED'")), len(names("status = 'RUNNING'"))],
    "order": names(order_by=["metrics.score DESC", "attribute.run_name DESC"])[:4],
    "nan last": names(order_by=["metrics.score"])[-1],
}
pages, token = [], None
while True:
    page = client.search_runs([search], order_by=["metrics.score DESC"], max_results=7, page_token=token)
    pages.append([run.info.run_name for run in page])
    token = page.token
    if not token:
        break
    with mlflow.start_run(experiment_id=search, run_name="new"):
        mlflow.log_metric("score", 100)
said["pages"] = [[len(page) for page in pages], len({name for page in pages for name in page if name != "new"}), "new" in sum(pages, [])]
said["experiments"] = [e.name for e in client.search_experiments(filter_string="tags.team = 'blue'")]
client.delete_experiment(search)
said["deleted"] = [
    [e.name for e in client.search_experiments(view_type=ViewType.DELETED_ONLY)],
    client.get_experiment_by_name("search").lifecycle_stage,
]
client.restore_experiment(search)

# Artifacts, up and down.
with mlflow.start_run(experiment_id=experiment.experiment_id) as run:
    mlflow.log_text("深度\n", "d/文 件.txt")
    mlflow.log_dict({"a": [1, 2]}, "d/e/a.json")
    with tempfile.TemporaryDirectory() as folder:
        big = os.urandom(3_500_001)
        with open(os.path.join(folder, "big.bin"), "wb") as file:
            file.write(big)
        open(os.path.join(folder, "empty"), "w").close()
        mlflow.log_artifacts(folder, "files")
files_id = run.info.run_id
said["files_run"] = files_id


def tree(path=None):
    found = []
    for entry in client.list_artifacts(files_id, path):
        found.append([entry.path, entry.is_dir, entry.file_size])
        if entry.is_dir:
            found += tree(entry.path)
    return found


said["tree"] = tree()
with tempfile.TemporaryDirectory() as folder:
    down = client.download_artifacts(files_id, "", folder)
    with open(os.path.join(down, "files", "big.bin"), "rb") as file:
        same = file.read() == big
    with open(os.path.join(down, "d", "文 件.txt"), encoding="utf-8") as file:
        said["files"] = [same, file.read(), os.path.getsize(os.path.join(down, "files", "empty"))]
from mlflow.store.artifact.artifact_repository_registry import get_artifact_repository  # noqa: E402

repository = get_artifact_repository(client.get_run(files_id).info.artifact_uri)
repository.delete_artifacts("d/e")
said["after delete"] = [entry.path for entry in client.list_artifacts(files_id, "d")]

# Data sets and logged models.
from mlflow.entities import Dataset, DatasetInput, InputTag, LoggedModelOutput  # noqa: E402

with mlflow.start_run(experiment_id=experiment.experiment_id) as run:
    data = Dataset(name="螺旋", digest="abc123", source_type="http", source="https://example.com", schema="{}", profile="{}")
    client.log_inputs(run.info.run_id, [DatasetInput(data, [InputTag("mlflow.data.context", "training")])])
    model = mlflow.initialize_logged_model(name="net", tags={"a": "1"}, params={"depth": "3"})
    on_data = {"model_id": model.model_id, "dataset_name": "螺旋", "dataset_digest": "abc123"}
    client.log_metric(run.info.run_id, "loss", 0.25, step=3, **on_data)
    client.log_metric(run.info.run_id, "loss", 0.5, step=2, **on_data)
    mlflow.finalize_logged_model(model.model_id, "READY")
    client.log_outputs(run.info.run_id, [LoggedModelOutput(model.model_id, 3)])
read = client.get_run(run.info.run_id)
given = read.inputs.dataset_inputs[0]
said["dataset"] = [given.dataset.name, {tag.key: tag.value for tag in given.tags}, len(client.search_runs([experiment.experiment_id], "dataset.name = '螺旋' AND dataset.context = 'training'"))]
said["outputs"] = [output.model_id == model.model_id for output in read.outputs.model_outputs]
client.set_logged_model_tags(model.model_id, {"b": "2"})
client.delete_logged_model_tag(model.model_id, "a")
kept = client.get_logged_model(model.model_id)
said["model"] = [kept.name, str(kept.status), kept.tags, kept.params, [[m.key, m.value, m.step, m.dataset_name] for m in kept.metrics]]
with tempfile.TemporaryDirectory() as folder:
    with open(os.path.join(folder, "MLmodel"), "w") as file:
        file.write("flavors: {}\n")
    get_artifact_repository(kept.artifact_location).log_artifacts(folder)
said["model files"] = [entry.path for entry in get_artifact_repository(kept.artifact_location).list_artifacts()]
found = client.search_logged_models([experiment.experiment_id], "metrics.loss < 1 AND params.depth = '3'")
said["models"] = [model.name for model in found]

# What a PyTorch script logged (examples/pytorch/spiral.py), as it logged it.
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "fixtures", "pytorch-comparison.json"), encoding="utf-8") as file:
    recorded = json.load(file)["runs"]
spiral = mlflow.set_experiment("spiral in PyTorch")
for of in recorded:
    with mlflow.start_run(run_name=of["name"]) as run:
        mlflow.log_params(of["params"])
        points = [Metric(key, value, 1_700_000_000_000 + step, step) for key, series in of["metrics"].items() for step, value in series]
        client.log_batch(run.info.run_id, metrics=points)
said["pytorch"] = [
    spiral.experiment_id,
    all(
        [run.data.params, run.data.metrics] == [of["params"], {key: series[-1][1] for key, series in of["metrics"].items()}]
        for run, of in zip(client.search_runs([spiral.experiment_id], order_by=["run_name ASC"]), sorted(recorded, key=lambda of: of["name"]))
    ),
]

print(json.dumps(said))
