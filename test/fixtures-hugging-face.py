"""Hugging Face's own MLflowCallback, told what the Trainer tells it, logs to the server at argv[1]; prints as JSON what MLflow's
client reads back. The Trainer alone needs PyTorch, which takes gigabytes; its callbacks, their handler and its state do not.
"""

import json
import os
import sys
from types import SimpleNamespace

os.environ["MLFLOW_TRACKING_URI"] = sys.argv[1]
os.environ["MLFLOW_EXPERIMENT_NAME"] = "拥抱"
os.environ["MLFLOW_TAGS"] = '{"release": "RC1"}'
os.environ["GIT_PYTHON_REFRESH"] = "quiet"
os.environ["TRANSFORMERS_VERBOSITY"] = "error"

import mlflow  # noqa: E402
import transformers  # noqa: E402
from transformers import PretrainedConfig, TrainerControl, TrainerState  # noqa: E402
from transformers.integrations import MLflowCallback  # noqa: E402
from transformers.trainer_callback import CallbackHandler  # noqa: E402

values = {"output_dir": "out", "seed": 7, "learning_rate": 5e-5, "num_train_epochs": 2, "report_to": ["mlflow"], "空": ""}
args = SimpleNamespace(run_name="微调", output_dir="out", to_dict=lambda: values)
model = SimpleNamespace(config=PretrainedConfig(id2label={0: "no", 1: "是"}, architectures=["x" * 7000]))
state, control = TrainerState(), TrainerControl()
# The callback sends from several threads: points come in any order.
handler = CallbackHandler([MLflowCallback()], model, None, None, None)
handler.on_train_begin(args, state, control)
for step in range(1, 41):
    state.global_step = step
    handler.on_log(args, state, control, {"loss": 1 / step, "grad_norm": step, "epoch": step / 20, "rate (x)": 5e-5})
    if step % 20 == 0:
        handler.on_log(args, state, control, {"eval_loss": 2 / step})
run_id = mlflow.active_run().info.run_id
handler.on_log(args, state, control, {"train_runtime": 1.5, "train_loss": 0.25})
handler.on_train_end(args, state, control)

client = mlflow.MlflowClient()
run = client.get_run(run_id)
print(
    json.dumps(
        {
            "version": transformers.__version__,
            "name": run.info.run_name,
            "status": run.info.status,
            "experiment": client.get_experiment(run.info.experiment_id).name,
            "release": run.data.tags["release"],
            "params": run.data.params,
            "metrics": run.data.metrics,
            "history": {
                key: sorted([point.step, point.value] for point in client.get_metric_history(run_id, key))
                for key in ("loss", "eval_loss", "rate _x_")
            },
        }
    )
)
