"""The course's comparison, trained by PyTorch and logged through MLflow's client.

Two networks on the spiral, five seeds each: a linear one trained by SGD, and one with ReLU trained by Adam. Start Whorl with
`npx whorl serve`, then, with a Python that has torch and mlflow-skinny:

    MLFLOW_TRACKING_URI=http://127.0.0.1:4000 python examples/pytorch/spiral.py
    npx whorl compare "spiral in PyTorch" --by activation,optimizer

The second command finds which of the two is better; with `--by activation` it warns that the optimizer differs as well.
"""

import argparse
import math

import mlflow
import torch
from torch import nn

ACTIVATIONS = {"linear": nn.Identity, "relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid}
OPTIMIZERS = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}
CLASSES = 3
DECAY = 1e-5


def spiral(generator, n, noise=0.2):
    """n points of each class: x of shape [n * CLASSES, 2], and their classes."""
    xs, labels = [], []
    for c in range(CLASSES):
        t = torch.linspace(0, 1, n)
        start, end = 2 * math.pi * c / CLASSES, 2 * math.pi * (2 + c) / CLASSES
        angle = start + (end - start) * t + noise * torch.randn(n, generator=generator)
        xs.append(torch.stack([t * torch.sin(angle), t * torch.cos(angle)], 1))
        labels.append(torch.full((n,), c))
    return torch.cat(xs), torch.cat(labels)


@torch.no_grad()
def accuracy(model, x, labels):
    return (model(x).argmax(1) == labels).float().mean().item()


def train(activation, optimizer, seed, lr, epochs, n):
    # The same seed gives both networks the same points and the same initial weights: seeds are pairs.
    generator = torch.Generator().manual_seed(seed)
    x, labels = spiral(generator, n)
    test_x, test_labels = spiral(generator, n)
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(2, 100), ACTIVATIONS[activation](), nn.Linear(100, CLASSES))
    steps = OPTIMIZERS[optimizer](model.parameters(), lr=lr, weight_decay=DECAY)

    mlflow.log_params(
        {"activation": activation, "optimizer": optimizer, "seed": seed, "lr": lr, "epochs": epochs, "n": n, "hidden": 100}
    )
    for epoch in range(1, epochs + 1):
        steps.zero_grad()
        loss = nn.functional.cross_entropy(model(x), labels)
        loss.backward()
        steps.step()
        if epoch % 20 == 0:
            measured = {"loss": loss.item(), "accuracy": accuracy(model, x, labels)}
            mlflow.log_metrics({**measured, "testAccuracy": accuracy(model, test_x, test_labels)}, step=epoch)


def main():
    parser = argparse.ArgumentParser(description="The course's comparison on the spiral, logged by MLflow.")
    parser.add_argument("--configurations", default="linear+sgd,relu+adam", help="activation+optimizer, with commas between")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--epochs", type=int, default=1000)
    parser.add_argument("--lr", type=float, default=1e-3)
    parser.add_argument("-n", type=int, default=1000, help="points of each class")
    parser.add_argument("--experiment", default="spiral in PyTorch")
    given = parser.parse_args()

    mlflow.set_experiment(given.experiment)
    for configuration in given.configurations.split(","):
        activation, optimizer = configuration.split("+")
        for seed in range(1, given.seeds + 1):
            with mlflow.start_run(run_name=f"{activation} {optimizer} seed {seed}"):
                train(activation, optimizer, seed, given.lr, given.epochs, given.n)


if __name__ == "__main__":
    main()
