"""Prepared arrays: where they lie, how they are split, how they are read."""
import hashlib

import numpy as np
import torch

# Five points of the canonical 128-px crop: right eye (viewer's left), left eye, nose tip,
# right and left mouth corner.
CANONICAL_SIZE = 128
CANONICAL_POINTS = ((47.71, 51.78), (80.13, 51.60), (64.02, 70.22), (50.71, 89.20), (77.55, 89.05))
# Where these points really lie in the training's crops, which were aligned by labels that are off: `measure_template.py`
TRUE_POINTS = ((44.5, 50.6), (83.0, 50.2), (63.0, 73.4), (47.7, 90.3), (80.8, 89.9))
HELD_OUT_PERCENT = 5


def held_out(name):
    """True for the 5 % of the pictures that no training sees: chosen by a hash of the file's name."""
    stem = name.rsplit(".", 1)[0]
    return int(hashlib.sha256(stem.encode()).hexdigest(), 16) % 100 < HELD_OUT_PERCENT


def apparent_sex(name):
    """0 for pictures of women, 1 of men: both kinds of training pictures come in that order, by eye and by recognisers
    (97 % of held-out photographs and 96 % of generated portraits agree with a line through `verify`'s, `sexes.py`)."""
    kind, number = name.rsplit(".", 1)[0].split("_")
    return int(int(number) >= (2698 if kind == "synthetic" else 1232))


def points_array():
    """Canonical points as a float array (5, 2)."""
    return np.array(CANONICAL_POINTS, np.float32)


def true_points(frame=CANONICAL_SIZE):
    """Where the five points lie in aligned crops with an edge of `frame` px, as a float array (5, 2)."""
    return np.array(TRUE_POINTS, np.float32) + (frame - CANONICAL_SIZE) / 2


class Faces:
    """The aligned crops: uint8 pictures (n, 144, 144, 3), points in the 144-px frame, split."""

    def __init__(self, runs):
        with np.load(runs / "data" / "faces.npz") as file:
            self.names = file["names"]
            self.points = file["points"]
            self.held_out = file["held_out"]
        self.pictures = np.load(runs / "data" / "faces.npy", mmap_mode="r")
        self.synthetic = np.array([name.startswith("synthetic") for name in self.names])

    def indices(self, held_out):
        """Indices of one side of the split."""
        return np.flatnonzero(self.held_out == held_out)

    def crops(self, indices):
        """Central canonical crops as uint8 tensor (n, 3, 128, 128)."""
        margin = (self.pictures.shape[1] - CANONICAL_SIZE) // 2
        window = slice(margin, margin + CANONICAL_SIZE)
        picked = self.pictures[np.asarray(indices)][:, window, window]
        return torch.from_numpy(np.ascontiguousarray(picked)).permute(0, 3, 1, 2).contiguous()


class Photographs:
    """Whole photographs with teacher boxes and points; one entry per picture."""

    def __init__(self, runs):
        with np.load(runs / "data" / "photos.npz") as file:
            self.names = file["names"]
            self.sizes = file["sizes"]
            self.offsets = file["offsets"]
            self.labels = file["labels"]
            self.held_out = file["held_out"]
        self.pixels = np.load(runs / "data" / "photos.npy", mmap_mode="r")

    def picture(self, index):
        """Picture as uint8 (h, w, 3)."""
        height, width = self.sizes[index]
        begin = self.offsets[index]
        return self.pixels[begin:begin + height * width * 3].reshape(height, width, 3)

    def faces(self, index):
        """Labels of one picture: rows of x, y, width, height, ten point coordinates, score."""
        return self.labels[self.labels[:, 0] == index, 1:]
