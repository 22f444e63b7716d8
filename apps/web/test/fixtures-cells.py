"""Writes what PyTorch prints for each cell of the tensors page and for the further lines below, to fixtures-cells.json.

Its argument is the file of the cells, apps/web/src/features/tensor-lab/model/cells.ts. The last one never ends and is left out.
Run with a Python that has PyTorch: python fixtures-cells.py ../src/features/tensor-lab/model/cells.ts > fixtures-cells.json
"""

import ast
import json
import re
import sys

import torch

MORE = {
    "small and large": "torch.tensor([1e-5, 1.0])\ntorch.tensor([1e9, 2.0])\ntorch.tensor([0.1, 1000.5, -3.0])\ntorch.tensor(0.03125)\ntorch.tensor([0.0, -0.0])",
    "wide": "torch.arange(40)\ntorch.arange(2000)\ntorch.ones(30, 40) * 0.5\ntorch.arange(24).view(2, 3, 4)",
    "dtypes shown": "torch.arange(3, dtype=torch.int32)\ntorch.tensor([1.0]).double()\ntorch.tensor([True, False])\ntorch.zeros(0)\ntorch.zeros(2, 0)\ntorch.arange(0)",
    "promotion": "torch.arange(3) + 0.5\ntorch.arange(3) / 2\ntorch.arange(3) // 2\n(torch.arange(3).int() + torch.arange(3)).dtype\n(torch.tensor([1.0]) + torch.tensor(1.0).double()).dtype\n(torch.tensor([1]) + torch.tensor(1.0).double()).dtype\n(torch.tensor([True]) + True).dtype\n-torch.arange(3) % 3\n2 ** torch.arange(4)\ntorch.arange(3) == torch.tensor([0, 5, 2])",
    "division": "torch.tensor([1, 0]) / torch.tensor([0, 0])\ntorch.tensor([-7, 7]) // 2\ntorch.tensor([-7.0, 7.0]) // 2\ntorch.tensor([1]) // torch.tensor([0])",
    "scalars": "x = torch.tensor(3)\nx\nx.item()\nx.item() / 2\ntorch.tensor([[1.5]]).item()\ntorch.arange(3).tolist()\n7 // 2, -7 % 3, 2 ** 10, 1e20, 0.1 + 0.2\ntorch.arange(3).item()",
    "slices": "x = torch.arange(12).view(3, 4)\nx[1]\nx[:, 1]\nx[1:, ::2]\nx[-1, -1]\nx[:, None].shape\nx[3]",
    "in place": "x = torch.zeros(2, 3)\nx[0] = torch.tensor([1.0, 2.0, 3.0])\nx += 1\nx\nx.t()[0].fill_(9)\nx\nn = torch.arange(2)\nn += 0.5",
    "axes": "x = torch.arange(6).view(1, 2, 3)\nx.permute(2, 0, 1).shape\nx.squeeze(0).stride()\nx.transpose(1, 2).stride()\nx.unsqueeze(-1).shape\ntorch.tensor([[1.0], [2.0]]).expand(2, 3)\nx.sum(dim=3)",
    "more reductions": "x = torch.tensor([[3.0, 1.0], [2.0, 8.0]])\nx.std()\nx.var(dim=0)\nx.argmax()\nx.argmax(dim=1)\nx.min()\nx.min(dim=0)\n(x > 2).any(), (x > 2).all(dim=1)\nx.prod()\ntorch.tensor([True, True]).sum()",
    "joins": "a = torch.ones(2, 2)\ntorch.cat([a, 2 * a])\ntorch.cat([a, 2 * a], dim=1)\ntorch.stack([a, a]).shape\ntorch.cat([a, torch.ones(2, 3)])",
    "products": "torch.tensor([1.0, 2.0]) @ torch.tensor([3.0, 4.0])\ntorch.ones(2, 3) @ torch.ones(3)\ntorch.tensor([[1, 2]]) @ torch.tensor([[3], [4]])\ntorch.ones(2, 3) @ torch.ones(2)",
    "product of doubles": "torch.ones(2, 2) @ torch.ones(2, 2).double()",
    "product of vectors": "torch.ones(2) @ torch.arange(2)",
    "product with a vector": "torch.ones(2, 3) @ torch.arange(3)",
    "product of a vector": "torch.arange(3) @ torch.ones(3, 2)",
    "product of a vector that does not fit": "torch.ones(2) @ torch.ones(3, 2)",
    "spread of whole numbers": "torch.arange(2).std()",
    "sizes of vectors": "torch.ones(2) @ torch.ones(3)",
    "reshape that fails": "torch.arange(6).view(4, -1)",
    "reshape that fails too": "torch.arange(6).reshape(4, 2)",
    "blocks": "total = torch.tensor(0)\nfor i in range(3):\n    total = total + i\ntotal\nk = 5\nwhile k > 2: k -= 1\nk\nif k == 2: print('two', k)\na, b = torch.arange(2)\nb",
    "no such name": "torch.ones(2)\ny",
    "no such attribute": "torch.ones(2).foo",
    "bools": "bool_ = torch.tensor([1.0, 2.0]) > 1\nbool_\nbool_.sum()\ntorch.tensor([1, 2]).bool()\nif torch.tensor([1, 2]) == 1: pass",
    "functions": "torch.exp(torch.tensor([0.0, 1.0]))\ntorch.tensor([-1.0, 2.0]).relu()\ntorch.sigmoid(torch.tensor(0.0))\ntorch.tensor([-2, 3]).abs()\ntorch.sqrt(torch.tensor([4, 9]))\ntorch.linspace(0, 1, 5)\ntorch.eye(2)",
    "uneven": "torch.tensor([[1, 2], [3]])",
    "views of strides": "x = torch.arange(24).view(2, 3, 4)\nx.transpose(0, 1).view(3, 2, 2, 2).shape\nx[:, 1].view(8).shape\nx.transpose(0, 1).view(6, 4)",
}


def run(source: str):
    names = {"torch": torch}
    printed = []
    names["print"] = lambda *values: printed.append(" ".join(str(value) for value in values))
    try:
        for statement in ast.parse(source).body:
            code = ast.Module([statement], [])
            if isinstance(statement, ast.Expr):
                value = eval(compile(ast.Expression(statement.value), "cell", "eval"), names)
                if value is not None:
                    printed.append(repr(value))
            else:
                exec(compile(code, "cell", "exec"), names)
    except Exception as error:  # noqa: BLE001
        return {"source": source, "printed": printed, "error": f"{type(error).__name__}: {error}"}
    return {"source": source, "printed": printed, "error": None}


text = open(sys.argv[1], encoding="utf8").read()
cells = dict(re.findall(r"^  (\w+): `([^`]*)`", text, re.M))
cells.pop("runaway")
print(json.dumps({"torch": torch.__version__.split("+")[0], "cells": {name: run(source) for name, source in {**cells, **MORE}.items()}}, indent=2))
