"""Rebuild the recognisers and the detector from config.json and safetensors alone; compare with the goldens.

    python models/training/check_export.py [FOLDER with bundled/ and golden/]

This is also the shortest description of how to read these two formats: it uses nothing of the training
code. The other parts follow the diffusers layout.
"""
import json
import sys
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file

ACTIVATIONS = {"silu": F.silu, "relu": F.relu, None: lambda x: x}


def run(layers, weights, x, taps=None):
    """Apply a list of operations."""
    for layer in layers:
        op, name = layer["op"], layer.get("name")
        if op == "conv":
            x = F.conv2d(x, weights[name + ".weight"], weights[name + ".bias"], layer["stride"],
                         layer["padding"], groups=layer["groups"])
            x = ACTIVATIONS[layer["activation"]](x)
        elif op == "residual":
            x = ACTIVATIONS[layer["activation"]](x + run(layer["layers"], weights, x))
        elif op == "tap":
            taps.append(x)
        elif op == "flatten":
            x = x.flatten(1)
        elif op == "linear":
            x = F.linear(x, weights[name + ".weight"], weights[name + ".bias"])
        elif op == "l2_normalise":
            x = F.normalize(x, dim=1, eps=layer["epsilon"])
        else:
            raise ValueError(op)
    return x


def detector_maps(layers, weights, x):
    """Output maps of the detector, finest first."""
    taps, result, top = [], [], None
    run(layers["backbone"], weights, x, taps)
    for lateral, head, tap in zip(*(reversed(v) for v in (layers["laterals"], layers["heads"], taps))):
        level = run([lateral], weights, tap)
        top = level if top is None else level + F.interpolate(top, scale_factor=2.0, mode="nearest")
        result.append(run([head, layers["output"]], weights, top))
    return result[::-1]


def main():
    models = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent
    for folder in ("recognisers/guide", "recognisers/verify", "detector", "detector/refiner"):
        part = models / "bundled" / folder
        if not part.exists():
            print(f"{folder}: not shipped")
            continue
        config = json.loads((part / "config.json").read_text())
        weights = {k: v.float() for k, v in load_file(part / "model.safetensors").items()}
        golden = load_file(models / "golden" / (folder.replace("recognisers/", "recogniser-").split("/")[-1] + ".safetensors"))
        x = golden["picture"].float() / 255
        mean, std = (torch.tensor(config["input"][k]).view(1, 3, 1, 1) for k in ("mean", "std"))
        x = (x - mean) / std
        if folder == "detector":
            found = detector_maps(config["layers"], weights, x)
            error = max((m - golden[f"level_{i}"]).abs().max().item() for i, m in enumerate(found))
        else:
            expected = golden["output" if folder.endswith("refiner") else "embedding"]
            error = (run(config["layers"], weights, x) - expected).abs().max().item()
        print(f"{folder}: largest difference to the golden vectors {error:.2e}")


if __name__ == "__main__":
    main()
