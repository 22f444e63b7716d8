"""Trains with PyTorch when asked, and says how long a step took: {"case", "steps"} -> {"ms"}.

argv: a folder with each case's config and data as training/bench.mjs writes them, and "eager" or "compiled".
"""

import json
import pathlib
import sys
import time

import torch
from torch import nn

ACTIVATIONS = {"linear": nn.Identity, "relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "gelu": nn.GELU}


def convnet(config):
    activation = ACTIVATIONS[config["activation"]]
    filters = config["filters"]
    layers, channels, side = [], 1, 28
    for i, count in enumerate(filters):
        valid = i == 1 and len(filters) == 2
        kernel = 5 if len(filters) == 2 else 3
        layers += [nn.Conv2d(channels, count, kernel, padding=0 if valid else kernel // 2), activation()]
        side -= kernel - 1 if valid else 0
        channels = count
        if i < 2 or i == len(filters) - 1:
            average = config["pooling"] == "average"
            layers.append(nn.AvgPool2d(2) if average else nn.MaxPool2d(3, 2))
            side = side // 2 if average else (side - 3) // 2 + 1
    layers.append(nn.Flatten())
    width = channels * side * side
    for units in config["dense"]:
        layers += [nn.Linear(width, units), activation()]
        if config["dropout"] > 0:
            layers.append(nn.Dropout(config["dropout"]))
        width = units
    return nn.Sequential(*layers, nn.Linear(width, 10))


def mlp(config, inputs, classes):
    layers = []
    for units in config["hidden"]:
        layers.append(nn.Linear(inputs, units))
        if config["activation"] != "linear":
            layers.append(ACTIVATIONS[config["activation"]]())
        inputs = units
    return nn.Sequential(*layers, nn.Linear(inputs, classes))


class Training:
    def __init__(self, folder, name, compiled):
        config = json.loads((folder / f"{name}.json").read_text())
        shape = config["shape"]
        x = torch.frombuffer(bytearray((folder / f"{name}.x").read_bytes()), dtype=torch.float32).reshape(-1, *shape)
        # One channel: the same bytes in either layout; this names it PyTorch's default, as torchvision loads it.
        convolves = config["model"]["name"] != "mlp"
        self.x = x.reshape(-1, shape[2], shape[0], shape[1]) if convolves else x.reshape(len(x), -1)
        labels = torch.frombuffer(bytearray((folder / f"{name}.labels").read_bytes()), dtype=torch.int32)
        self.y = labels.to(torch.int64)
        model = config["model"]
        inputs, classes = self.x[0].numel(), int(self.y.max()) + 1
        self.model = convnet(model) if convolves else mlp(model, inputs, classes)
        given = config["optimizer"]
        kind = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[given["name"]]
        self.optimizer = kind(self.model.parameters(), lr=given["lr"], weight_decay=given["weightDecay"])
        self.criterion = nn.CrossEntropyLoss()
        self.batch = None if config["batchSize"] == "full" else config["batchSize"]
        self.forward = torch.compile(self.model) if compiled else self.model
        self.order = None
        self.step(0)

    def step(self, i):
        x, y = self.x, self.y
        if self.batch:
            per_epoch = len(y) // self.batch
            if i % per_epoch == 0 or self.order is None:
                self.order = torch.randperm(len(y))
            at = i % per_epoch * self.batch
            rows = self.order[at : at + self.batch]
            x, y = x[rows], y[rows]
        logits = self.forward(x)
        loss = self.criterion(logits, y)
        measured = loss.item(), (logits.argmax(1) == y).float().mean().item()
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return measured


torch.set_num_threads(1)
folder, compiled = pathlib.Path(sys.argv[1]), sys.argv[2] == "compiled"
trainings = {}
for line in sys.stdin:
    question = json.loads(line)
    name = question["case"]
    if name not in trainings:
        torch.manual_seed(1)
        trainings[name] = Training(folder, name, compiled)
    training, steps = trainings[name], question["steps"]
    started = time.perf_counter()
    for i in range(steps):
        training.step(i)
    print(json.dumps({"ms": (time.perf_counter() - started) / steps * 1000}), flush=True)
