"""Trains a share of the sweep with PyTorch, one run after another, and writes what each epoch measured.

argv: a folder with configs.json and the data of each seed as sweep/bench.mjs writes them, the number of threads, which
share this process has, of how many.
"""

import json
import pathlib
import sys

import torch
from torch import nn

ACTIVATIONS = {
    "sigmoid": nn.Sigmoid,
    "tanh": nn.Tanh,
    "relu": nn.ReLU,
    "leaky-relu": nn.LeakyReLU,
    "elu": nn.ELU,
    "gelu": nn.GELU,
    "swish": nn.SiLU,
    "softplus": nn.Softplus,
}

OPTIMIZERS = {
    "sgd": lambda p, o: torch.optim.SGD(p, lr=o["lr"], weight_decay=o["weightDecay"]),
    "momentum": lambda p, o: torch.optim.SGD(p, lr=o["lr"], weight_decay=o["weightDecay"], momentum=o["momentum"]),
    "rmsprop": lambda p, o: torch.optim.RMSprop(p, lr=o["lr"], weight_decay=o["weightDecay"]),
    "adam": lambda p, o: torch.optim.Adam(p, lr=o["lr"], weight_decay=o["weightDecay"]),
}


def train(config, folder):
    torch.manual_seed(config["seed"])
    read = lambda name: bytearray((folder / f"{config['seed']}.{name}").read_bytes())
    x = torch.frombuffer(read("x"), dtype=torch.float32).reshape(-1, 2)
    y = torch.frombuffer(read("labels"), dtype=torch.int32).to(torch.int64)
    model = nn.Sequential(nn.Linear(2, 100), ACTIVATIONS[config["model"]["activation"]](), nn.Linear(100, 3))
    optimizer = OPTIMIZERS[config["optimizer"]["name"]](model.parameters(), config["optimizer"])
    criterion = nn.CrossEntropyLoss()
    losses, accuracies = [], []
    for _ in range(config["epochs"]):
        logits = model(x)
        loss = criterion(logits, y)
        losses.append(loss.item())
        accuracies.append((logits.argmax(1) == y).float().mean().item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return {"config": config, "loss": losses, "accuracy": accuracies}


folder = pathlib.Path(sys.argv[1])
threads, share, shares = map(int, sys.argv[2:5])
torch.set_num_threads(threads)
configs = json.loads((folder / "configs.json").read_text())
for i, config in enumerate(configs):
    if i % shares == share:
        (folder / f"run-{i}.json").write_text(json.dumps(train(config, folder)))
