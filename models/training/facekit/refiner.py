"""Point refiner: looks again at a face that the detector found, and says where its five points are.

The input is a 64-px crop that the detector's coarse points align to the canonical template; the output
are ten offsets from the template's points and one logit: is there a face at all.
"""
import torch
import torch.nn.functional as F
from torch import nn

from .data import CANONICAL_SIZE, points_array
from .layers import Residual, Unit

SIZE = 64
# canonical template in the pixels of the input, pixel centres at whole numbers
TEMPLATE = points_array() * (SIZE / CANONICAL_SIZE)
EYES = float(abs(TEMPLATE[1, 0] - TEMPLATE[0, 0]))
# an output of 1 moves a point by the distance of the eyes
POINT_UNIT = EYES
PASSES = 2
SPECIFICATION = dict(stem=32, stages=[[64, ["bottleneck"]], [128, ["residual", "residual"]], [192, ["residual"]]],
                     head=64, activation="relu")


class Refiner(nn.Module):
    """(n, 3, 64, 64) in [-1, 1] -> (n, 11): ten offsets in eye distances and the face's logit."""

    def __init__(self, specification=None):
        super().__init__()
        s = self.specification = specification or SPECIFICATION
        act = s["activation"]
        self.stem = Unit(3, s["stem"], 3, 2, activation=act)
        stages, width = [], s["stem"]
        for outer, blocks in s["stages"]:
            stages.append(nn.Sequential(Unit(width, outer, 3, 2, activation=act),
                                        *[Residual(outer, kind, act) for kind in blocks]))
            width = outer
        self.stages = nn.Sequential(*stages)
        self.head = Unit(width, s["head"], 1, activation=act)
        side = SIZE // 2 ** (1 + len(stages))
        self.output = nn.Linear(s["head"] * side * side, 11)
        nn.init.normal_(self.output.weight, std=0.01)
        nn.init.zeros_(self.output.bias)

    def forward(self, x):
        return self.output(self.head(self.stages(self.stem(x))).flatten(1))


def losses(raw, points, face, known):
    """Point loss over faces with known points, score loss over all; `points` are in input pixels."""
    raw = raw.float()
    template = torch.from_numpy(TEMPLATE).to(raw)
    target = (points - template) / POINT_UNIT
    error = F.smooth_l1_loss(raw[:, :10].unflatten(1, (5, 2)), target, beta=0.02, reduction="none")
    point = (error.sum((1, 2)) * known).sum() / known.sum().clamp_min(1)
    score = F.binary_cross_entropy_with_logits(raw[:, 10], face)
    return point, score


def refined(raw):
    """Points in input pixels."""
    template = torch.from_numpy(TEMPLATE).to(raw)
    return template + POINT_UNIT * raw[:, :10].float().unflatten(1, (5, 2))


def load_trained(runs, name="refiner"):
    """Averaged weights of a training run."""
    state = torch.load(runs / name / "checkpoint.pt", map_location="cpu", weights_only=False)
    model = Refiner()
    model.load_state_dict(state["average"])
    return model.eval()
