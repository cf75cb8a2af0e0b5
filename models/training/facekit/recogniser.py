"""Two small face recognisers of different make, built from plain operations.

`residual`: pairs of full 3x3 convolutions with residual connections and SiLU (smooth, made to be
differentiated through). `bottleneck`: 1x1, 3x3, 1x1 convolutions with residual connections and ReLU.
Both end in a 1x1 convolution, a full-size depthwise convolution, which weights the positions of the
aligned face, and a linear layer.
"""
import torch
import torch.nn.functional as F
from torch import nn

from .align import MOBILEFACE_TEMPLATE, REID_TEMPLATE, scaled
from .layers import Residual, Unit

SPECIFICATIONS = {
    "guide": dict(
        architecture="residual", mirrored=True, teacher="mobileface", template=MOBILEFACE_TEMPLATE, activation="silu",
        stem=32, stages=[[64, 1], [128, 2], [192, 1]], head=512, embedding=256),
    "verify": dict(
        architecture="bottleneck", mirrored=True, teacher="reid", template=scaled(REID_TEMPLATE, 96), activation="relu",
        stem=32, stages=[[128, 3], [256, 5], [512, 3]], head=512, embedding=256),
}


class Recogniser(nn.Module):
    """L2-normalised embedding of an aligned face in [-1, 1]."""

    def __init__(self, specification):
        super().__init__()
        s = self.specification = specification
        size, activation = s["template"][0], s["activation"]
        self.stem = Unit(3, s["stem"], 3, 2, activation=activation)
        stages, width = [], s["stem"]
        for outer, blocks in s["stages"]:
            stage = [Unit(width, outer, 3, 2, activation=activation)]
            stage += [Residual(outer, s["architecture"], activation) for _ in range(blocks)]
            stages.append(nn.Sequential(*stage))
            width = outer
        self.stages = nn.ModuleList(stages)
        self.head = Unit(width, s["head"], 1, activation=activation)
        width = s["head"]
        self.pool = Unit(width, width, size // 2 ** (1 + len(stages)), groups=width, padding=0)
        self.embed = nn.Linear(width, s["embedding"])

    def judged(self, x):
        """The embedding that faces are compared by: that of the face and its mirror image if the specification says."""
        if not self.specification.get("mirrored"):
            return self(x)
        return F.normalize(self(x) + self(x.flip(-1)), dim=1)

    def features(self, x):
        """Feature maps of the stem and the first two stages, and the embedding, for perceptual losses."""
        maps = [self.stem(x)]
        for stage in self.stages:
            maps.append(stage(maps[-1]))
        x = self.embed(self.pool(self.head(maps[-1])).flatten(1))
        return maps[:3], F.normalize(x.float(), dim=1)

    def head_map(self, x):
        """The map that the embedding is read from, and the embedding."""
        x = self.stem(x)
        for stage in self.stages:
            x = stage(x)
        x = self.head(x)
        return x, F.normalize(self.embed(self.pool(x).flatten(1)).float(), dim=1)

    def forward(self, x):
        return self.head_map(x)[1]


def load_trained(runs, name):
    """Averaged weights of a training run."""
    model = Recogniser(SPECIFICATIONS[name])
    state = torch.load(runs / name / "checkpoint.pt", map_location="cpu", weights_only=False)
    model.load_state_dict(state["average"])
    return model.eval()
