"""Make face views of many identities and let the teachers embed them: the recognisers' training set.

    python models/training/distil_targets.py --shards 12 [--teachers mobileface,reid]

A view is a training face, or a blend or exaggeration of two, with changed proportions, a change like a
turn of the head, and other light, colours or edges. Teachers label whatever they see, so this gives far
more identities than there are pictures, and faces unlike them. Each shard holds 4,000 views (uint8,
144 px) and a file of embeddings a teacher; what exists is kept. The held-out faces are embedded as they
are, for validation.
"""
import os
import time

import numpy as np
import torch
import torch.nn.functional as F

from facekit.augment import blur, colour, cut, load, luminance, shade, some, uniform
from facekit.data import Faces
from facekit.session import arguments, seed, start
from facekit.teachers import FILES, Teacher

SHARD = 4000


def smooth_field(n, channels, size, cells, device):
    """Smooth random fields with values around -1 to 1."""
    coarse = torch.randn(n, channels, cells, cells, device=device)
    return F.interpolate(coarse, size=(size, size), mode="bicubic", align_corners=True)


def reshape_faces(x):
    """Other proportions (stretch, local shifts of a few pixels) and warps like a turned or tilted head."""
    n, _, size, _ = x.shape
    device = x.device
    theta = torch.zeros(n, 2, 3, device=device)
    theta[:, 0, 0] = uniform(0.9, 1.1, n, device=device)
    theta[:, 1, 1] = uniform(0.9, 1.1, n, device=device)
    grid = F.affine_grid(theta, tuple(x.shape), align_corners=False)
    amount = uniform(0, 0.06, n, 1, 1, 1, device=device)
    grid = grid + (smooth_field(n, 2, size, 5, device) * amount).permute(0, 2, 3, 1)
    across, down = grid[..., :1], grid[..., 1:]
    yaw, pitch, lean = (torch.randn(n, 1, 1, 1, device=device) * s for s in (0.07, 0.05, 0.06))
    grid = torch.cat([across + yaw * (1 - across ** 2), down * (1 + lean * across) + pitch * (1 - down ** 2)], -1)
    return F.grid_sample(x, grid, padding_mode="reflection", align_corners=False)


def match_colour(source, target):
    """`source` with the channel means and deviations of `target`."""
    ms, ss = source.mean((2, 3), keepdim=True), source.std((2, 3), keepdim=True) + 1e-3
    mt, st = target.mean((2, 3), keepdim=True), target.std((2, 3), keepdim=True)
    return ((source - ms) / ss * st + mt).clamp(-1, 1)


def views(x, partner):
    """Identities from faces `x` and blending partners, under other conditions."""
    n, device = len(x), x.device
    x = torch.where(some(0.5, n, device), x.flip(-1), x)
    partner = match_colour(torch.where(some(0.5, n, device), partner.flip(-1), partner), x)
    even = uniform(0.2, 1.45, n, 1, 1, 1, device=device)
    regional = torch.sigmoid(smooth_field(n, 1, x.shape[-1], 4, device) * 4)
    weight = torch.where(some(0.6, n, device), even, regional)
    x = torch.where(some(0.7, n, device), (x * weight + partner * (1 - weight)).clamp(-1, 1), x)
    x = torch.where(some(0.85, n, device), reshape_faces(x), x)
    x = torch.where(some(0.5, n, device), colour(x), x)
    x = torch.where(some(0.4, n, device), luminance(x).expand_as(x), x)
    x = torch.where(some(0.25, n, device), shade(x), x)
    x = torch.where(some(0.15, n, device), blur(x, 1.0), x)
    return torch.where(some(0.2, n, device), cut(x), x)


def save(path, array):
    """np.save under a temporary name first."""
    temporary = path.with_suffix(".partial")
    with open(temporary, "wb") as file:
        np.save(file, array)
    os.replace(temporary, path)


@torch.no_grad()
def embed(teacher, pictures, device):
    """float16 embeddings of uint8 pictures."""
    return np.concatenate([teacher(load(pictures, np.arange(i, min(i + 32, len(pictures))), device)).cpu().numpy()
                           for i in range(0, len(pictures), 32)]).astype(np.float16)


@torch.no_grad()
def make_views(faces, train, device):
    """uint8 pictures of one shard."""
    parts = []
    for _ in range(SHARD // 40):
        first, second = (load(faces.pictures, train[torch.randint(len(train), (40,)).numpy()], device)
                         for _ in range(2))
        x = ((views(first, second) + 1) * 127.5).round().clamp(0, 255).byte()
        parts.append(x.permute(0, 2, 3, 1).cpu().numpy())
    return np.concatenate(parts)


def main():
    parser = arguments(__doc__)
    parser.add_argument("--shards", type=int, default=12)
    parser.add_argument("--teachers", default=",".join(FILES))
    args = parser.parse_args()
    device = start(args)
    folder = args.runs / "distil"
    folder.mkdir(parents=True, exist_ok=True)
    faces = Faces(args.runs)
    train = faces.indices(False)
    names = args.teachers.split(",")
    teachers = {name: Teacher(args.shared, name, device) for name in names}
    for name, teacher in teachers.items():
        path = folder / f"held-out-{name}.npy"
        if not path.exists():
            save(path, embed(teacher, faces.pictures[faces.indices(True)], device))
    for shard in range(args.shards):
        began = time.time()
        path = folder / f"shard-{shard:02d}.npy"
        if not path.exists():
            seed(args.seed + 1000 * (shard + 1))
            save(path, make_views(faces, train, device))
        pictures = np.load(path, mmap_mode="r")
        for name, teacher in teachers.items():
            target = folder / f"shard-{shard:02d}-{name}.npy"
            if not target.exists():
                save(target, embed(teacher, pictures, device))
        print(f"shard {shard} of {args.shards}: {time.time() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
