"""Makes the reference tensors of detector and recognisers: what export.py writes, of small random networks.

    python models/training/make_face_golden.py src/test/resources/golden

Writes `recogniser-residual`, `recogniser-bottleneck` and `detector-tiny`: configuration and F16 weights as
export.py lays them out, and the outputs and gradients of the training networks. `recogniser-torchscript` is a
module that takes BGR from 0 to 255, saved in training mode. Runs in seconds on a CPU.
"""
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import torch
from safetensors.torch import save_file
from torch import nn

import export
from facekit import detector, recogniser

SIZE = 48
TEMPLATE = (SIZE, ((16.4, 22.1), (31.5, 22.0), (24.0, 30.7), (17.8, 39.6), (30.3, 39.5)))
SMALL = {
    "residual": dict(recogniser.SPECIFICATIONS["guide"], template=TEMPLATE, stem=8, stages=[[16, 1], [24, 1]],
                     head=32, embedding=20),
    "bottleneck": dict(recogniser.SPECIFICATIONS["verify"], template=TEMPLATE, stem=8,
                       stages=[[12, 1], [16, 1], [16, 1]], head=24, embedding=16),
    "tiny": dict(detector.SPECIFICATION, stem=8, stages=[[12, ["bottleneck"]], [16, ["residual"]], [16, ["residual"]],
                                                       [16, ["residual"]]], neck=12)}


def randomise(model):
    """Norms as training leaves them, and an output layer that is not zero."""
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.weight, 0.6, 1.6)
            nn.init.normal_(module.bias, 0, 0.3)
            nn.init.normal_(module.running_mean, 0, 0.1)
            nn.init.uniform_(module.running_var, 0.3, 1.2)
    if hasattr(model, "output"):
        nn.init.normal_(model.output.weight, 0, 0.1)
    return model.eval()


class Folder:
    """Stands in for export.Writer: one folder for each network."""

    def __init__(self, folder, part):
        self.folder, self.part_folder = folder, part

    def part(self, name, config, state, weights="model.safetensors"):
        place = self.folder / self.part_folder
        place.mkdir(parents=True, exist_ok=True)
        (place / "config.json").write_text(json.dumps(config, indent=1) + "\n")
        save_file(export.halves(state), place / weights, metadata={"format": "pt"})

    def vectors(self, name, tensors):
        self.tensors = {k: v.detach().float() for k, v in tensors.items()}


def finish(writer, model, outputs):
    """Adds the gradient of sum(w out) for growing w, and writes the reference tensors."""
    picture = export.unit_range(writer.tensors["picture"]).requires_grad_()
    loss = sum((out * torch.linspace(0, 1, out.numel()).view(out.shape)).sum() for out in outputs(model(picture)))
    grad, = torch.autograd.grad(loss, picture)
    tensors = {**writer.tensors, "picture": picture, "grad_picture": grad}
    save_file({k: v.detach().contiguous() for k, v in tensors.items()}, writer.folder / "expected.safetensors")


def torchscript(folder):
    """A module as users have them, which only inference mode makes reproducible."""
    torch.manual_seed(30)
    net = nn.Sequential(nn.Conv2d(3, 6, 5, 4), nn.BatchNorm2d(6), nn.ReLU(), nn.Dropout(0.5),
                        nn.AdaptiveAvgPool2d(3), nn.Flatten(), nn.Linear(54, 12))
    randomise(net)
    picture = (torch.rand(2, 3, 24, 24) * 2 - 1).requires_grad_()
    embedding = nn.functional.normalize(net((picture.flip(1) + 1) * 127.5), dim=1)
    grad, = torch.autograd.grad((embedding * torch.linspace(0, 1, 24).view(2, 12)).sum(), picture)
    part = folder / "recogniser"
    part.mkdir(parents=True, exist_ok=True)
    torch.jit.script(net.train()).save(str(part / "model.pt"))
    template = [[round(x / 2, 2), round(y / 2, 2)] for x, y in TEMPLATE[1]]
    (part / "config.json").write_text(json.dumps(
        {"_class_name": "TorchScriptRecogniser", "name": "own",
         "input": {"channels": "bgr", "range": [0, 255], "size": 24, "border": "black", "template": template},
         "thresholds": {"far_1e-2": 0.26, "far_1e-3": 0.36}}, indent=1) + "\n")
    save_file({"picture": picture.detach(), "embedding": embedding.detach(), "grad_picture": grad},
              folder / "expected.safetensors")


def main(out):
    torch.set_num_threads(1)
    args = SimpleNamespace(runs=Path(), shared=Path(), threshold=0.5)
    export.identity_pairs = lambda *_: (((), ()), ((), ()))
    export.embed_aligned = lambda *_: None
    export.verification = lambda *_: {1e-2: (0.0, 0.314), 1e-3: (0.0, 0.428)}
    export.calibration = lambda *_: (1.25, -0.5)
    for seed, name in enumerate(("residual", "bottleneck", "tiny")):
        torch.manual_seed(20 + seed)
        face = name != "tiny"
        model = randomise(recogniser.Recogniser(SMALL[name]) if face else detector.Detector(SMALL[name]))
        writer = Folder(out / (f"recogniser-{name}" if face else f"detector-{name}"),
                        "recogniser" if face else "detector")
        if face:
            export.load_recogniser = lambda *_: model
            export.recogniser(name, args, writer)
            finish(writer, model, lambda embedding: [embedding])
        else:
            export.load_detector = lambda *_: (model, None)
            export.detector(args, writer)
            finish(writer, model, lambda maps: maps)
    torchscript(out / "recogniser-torchscript")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
