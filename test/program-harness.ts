import type { ProgramId } from '../apps/web/src/features/programs/model/programs.ts';

// What is around the lines of "Log from your script" so that they are a program: what its author has already. Each trains
// for real, and prints last, as JSON, what it measured itself.

interface Harness {
  readonly before: string;
  readonly after: string;
}

const inPlainPython: Harness = {
  before: `\
import json

seed, lr, steps = 7, 0.25, 5
weight, losses = 0.0, []


def train(step):
    global weight
    error = weight - 3.0
    weight -= lr * 2 * error
    losses.append(error * error)
    return losses[-1]


`,
  after: '\n\nprint(json.dumps({"loss": losses}))\n',
};

const inScikit: Harness = {
  before: `\
import json

from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression

seed, c = 7, 0.5
x, y = load_iris(return_X_y=True)
`,
  after: `

logged = mlflow.last_logged_model()
kept = mlflow.sklearn.load_model(logged.model_uri)
data = mlflow.last_active_run().inputs.dataset_inputs[0]
print(
    json.dumps(
        {
            "score": model.score(x, y),
            "model": [logged.name, str(logged.status), logged.source_run_id, (kept.predict(x) == model.predict(x)).all().item()],
            "run": mlflow.last_active_run().info.run_id,
            "params": {key: str(value) for key, value in model.get_params().items()},
            "data": [tag.value for tag in data.tags],
        }
    )
)
`,
};

const inTransformers: Harness = {
  before: `\
import json

import torch
from transformers import Trainer, TrainingArguments as Arguments

seed = 7
torch.manual_seed(seed)
x = torch.rand(32, 3)
data = [{"x": row, "labels": row.sum()} for row in x]


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = torch.nn.Linear(3, 1)

    def forward(self, x, labels):
        out = self.layer(x)[:, 0]
        return {"loss": ((out - labels) ** 2).mean(), "logits": out}


def TrainingArguments(**given):
    return Arguments(**given, use_cpu=True, logging_steps=2, num_train_epochs=2, save_strategy="no")


log = []


class Trainer(Trainer):
    def log(self, logs, *args):
        log.append([self.state.global_step, dict(logs)])
        super().log(logs, *args)


model = Net()
`,
  after: '\n\nprint(json.dumps({"log": log}))\n',
};

const inLightning: Harness = {
  before: `\
import json

import torch
from lightning.pytorch import LightningModule
from lightning.pytorch import Trainer as PlainTrainer

seed, epochs = 7, 2
torch.manual_seed(seed)
losses = []


class Net(LightningModule):
    def __init__(self, lr=0.1):
        super().__init__()
        self.save_hyperparameters()
        self.layer = torch.nn.Linear(3, 1)

    def training_step(self, batch):
        x, y = batch
        loss = ((self.layer(x)[:, 0] - y) ** 2).mean()
        self.log("train/loss", loss)
        losses.append(loss.item())
        return loss

    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), lr=self.hparams.lr)


def Trainer(**given):
    return PlainTrainer(**given, log_every_n_steps=1, enable_checkpointing=False, accelerator="cpu")


x = torch.rand(32, 3)
model, data = Net(), torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, x.sum(1)), batch_size=8)
`,
  after: '\n\nprint(json.dumps({"loss": losses}))\n',
};

const inKeras: Harness = {
  before: `\
import json
import os

os.environ["KERAS_BACKEND"] = "torch"
import keras
import numpy

seed, epochs = 7, 3
keras.utils.set_random_seed(seed)
x = numpy.random.rand(32, 3)
y = x.sum(1)
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(4, "relu"), keras.layers.Dense(1)])
model.compile("adam", "mse", metrics=["mae"])
`,
  after: '\n\nprint(json.dumps({"history": model.history.history}))\n',
};

const inTensorFlowJs: Harness = {
  before: `\
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';

const [seed, lr, epochs] = [7, 0.01, 4];
const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [1], kernelInitializer: 'zeros' })] });
model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
const x = tf.tensor2d([[0], [1], [2], [3]]);
const y = tf.mul(x, 2);
const fit = model.fit.bind(model);
let loss;
model.fit = async (...given) => {
  loss = (await fit(...given)).history.loss;
};
`,
  after: '\nconsole.log(JSON.stringify({ loss }));\n',
};

const inNode: Harness = {
  before: `\
const [seed, lr, steps] = [7, 0.25, 5];
const losses = [];
let weight = 0;
function train() {
  const error = weight - 3;
  weight -= lr * 2 * error;
  losses.push(error * error);
  return losses.at(-1);
}
`,
  after: '\nconsole.log(JSON.stringify({ loss: losses }));\n',
};

/** The programs that are typed into a shell. */
export type TypedProgram = Exclude<ProgramId, 'browser' | 'files'>;

const HARNESSES: Readonly<Record<TypedProgram, Harness>> = {
  pytorch: inPlainPython,
  python: inPlainPython,
  transformers: inTransformers,
  lightning: inLightning,
  keras: inKeras,
  sklearn: inScikit,
  tfjs: inTensorFlowJs,
  node: inNode,
};

/** A whole program around the lines that a page shows. Imports of ES modules may stand anywhere in a file. */
export function wholeProgram(id: TypedProgram, code: string): string {
  const { before, after } = HARNESSES[id];
  return `${before}${code}${after}`;
}
