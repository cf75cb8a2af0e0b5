"""Similarity alignment by five points."""
import numpy as np
import torch
import torch.nn.functional as F

# Templates of the two teachers, in pixels of their input, in the order of the five points.
MOBILEFACE_TEMPLATE = (112, ((38.29, 51.70), (73.53, 51.50), (56.03, 71.74), (41.55, 92.37), (70.73, 92.20)))
REID_TEMPLATE = (128, tuple((128 * x, 128 * y) for x, y in
                            ((.3156, .4616), (.6826, .4616), (.5003, .6405), (.3495, .8247), (.6534, .8233))))


def scaled(template, size):
    """The same template for another input size."""
    old, points = template
    return size, tuple((x * size / old, y * size / old) for x, y in points)


def similarity(source, target):
    """Least-squares similarity transform (2, 3) that maps `source` points to `target` points."""
    source, target = np.asarray(source, np.float64), np.asarray(target, np.float64)
    ms, mt = source.mean(0), target.mean(0)
    s, t = source - ms, target - mt
    norm = (s ** 2).sum()
    a = (s * t).sum() / norm
    b = (s[:, 0] * t[:, 1] - s[:, 1] * t[:, 0]).sum() / norm
    linear = np.array([[a, -b], [b, a]])
    return np.concatenate([linear, (mt - linear @ ms)[:, None]], 1)


def compose(outer, inner):
    """Affine transform `outer` after `inner`; each (2, 3) or (n, 2, 3)."""
    linear = outer[..., :, :2] @ inner[..., :, :2]
    shift = outer[..., :, :2] @ inner[..., :, 2:] + outer[..., :, 2:]
    return np.concatenate([linear, shift], -1)


def invert(transform):
    """Inverse of an affine transform."""
    linear = np.linalg.inv(transform[..., :, :2])
    return np.concatenate([linear, -linear @ transform[..., :, 2:]], -1)


def crop(x, transforms, size, border="border"):
    """Warp pictures (n, c, h, w) by pixel transforms (n, 2, 3) or one (2, 3) to `size` px squares.

    Outside the picture lies its repeated edge, or black with border="black". Pixel coordinates are
    those of pixel centres at whole numbers, as detectors report them.
    """
    n, _, h, w = x.shape
    inverse = invert(np.asarray(transforms, np.float64))
    if inverse.ndim == 2:
        inverse = np.broadcast_to(inverse, (n, 2, 3))
    # normalised output (-1..1, edges) -> output pixel -> input pixel -> normalised input
    out = np.array([[size / 2, 0, size / 2 - 0.5], [0, size / 2, size / 2 - 0.5]])
    inp = np.array([[2 / w, 0, 1 / w - 1], [0, 2 / h, 1 / h - 1]])
    theta = torch.from_numpy(compose(inp, compose(inverse, out))).float().to(x.device)
    grid = F.affine_grid(theta, (n, x.shape[1], size, size), align_corners=False)
    if border == "black":
        return F.grid_sample(x + 1, grid, mode="bilinear", padding_mode="zeros", align_corners=False) - 1
    return F.grid_sample(x, grid, mode="bilinear", padding_mode=border, align_corners=False)
