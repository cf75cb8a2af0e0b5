"""The two teacher recognisers as functions of canonical crops; they give targets and figures only."""
import numpy as np
import torch
import torch.nn.functional as F

from .align import MOBILEFACE_TEMPLATE, REID_TEMPLATE, crop, similarity
from .data import points_array

FILES = {"mobileface": "recogniser-mobileface-v2.pt", "reid": "recogniser-face-reid-0095.pt"}
TEMPLATES = {"mobileface": MOBILEFACE_TEMPLATE, "reid": REID_TEMPLATE}


class Teacher:
    """Embeds pictures in [-1, 1]; the five points of `frame` say where the face is."""

    def __init__(self, shared, name, device):
        self.name = name
        self.size, self.points = TEMPLATES[name]
        self.model = torch.jit.load(str(shared / "weights" / FILES[name]), map_location=device).eval()

    def aligned(self, x):
        """Embedding of crops that already follow the teacher's template."""
        x = (x.clamp(-1, 1) + 1) * 127.5
        if self.name == "reid":
            x = x.flip(1)
        return F.normalize(self.model(x).float(), dim=1)

    def __call__(self, x, points=None, batch=32):
        """Embedding of pictures whose five points lie at `points` (default: centred canonical)."""
        if points is None:
            points = points_array() + (x.shape[-1] - 128) / 2
        points = np.asarray(points)
        target = np.asarray(self.points)
        if points.ndim == 2:
            transform = similarity(points, target)
            parts = [self.aligned(crop(p, transform, self.size)) for p in x.split(batch)]
        else:
            parts = [self.aligned(crop(x[i:i + 1], similarity(p, target), self.size))
                     for i, p in enumerate(points)]
        return torch.cat(parts)
