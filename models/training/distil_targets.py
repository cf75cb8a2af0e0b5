"""Make face views of many identities and let both teachers embed them: the recognisers' training set.

    python models/training/distil_targets.py --shards 12

A view is a training face, or a blend of two, with a smooth random change of its proportions: teachers
label whatever they see, so blends give far more identities than there are pictures. Each shard holds
4,000 views (uint8, 144 px) and both embeddings; a shard that exists is kept. The held-out faces are
embedded as they are, for validation.
"""
import os
import time

import numpy as np
import torch
import torch.nn.functional as F

from facekit.augment import load, some, uniform
from facekit.data import Faces
from facekit.session import arguments, seed, start
from facekit.teachers import FILES, Teacher

SHARD = 4000


def smooth_field(n, channels, size, cells, device):
    """Smooth random fields with values around -1 to 1."""
    coarse = torch.randn(n, channels, cells, cells, device=device)
    return F.interpolate(coarse, size=(size, size), mode="bicubic", align_corners=True)


def reshape_faces(x):
    """Smooth change of proportions: stretch by up to 7 %, local shifts of a few pixels."""
    n, _, size, _ = x.shape
    theta = torch.zeros(n, 2, 3, device=x.device)
    theta[:, 0, 0] = uniform(0.93, 1.07, n, device=x.device)
    theta[:, 1, 1] = uniform(0.93, 1.07, n, device=x.device)
    grid = F.affine_grid(theta, tuple(x.shape), align_corners=False)
    amount = uniform(0, 0.03, n, 1, 1, 1, device=x.device)
    shift = (smooth_field(n, 2, size, 5, x.device) * amount).permute(0, 2, 3, 1)
    return F.grid_sample(x, grid + shift, padding_mode="reflection", align_corners=False)


def match_colour(source, target):
    """`source` with the channel means and deviations of `target`."""
    ms, ss = source.mean((2, 3), keepdim=True), source.std((2, 3), keepdim=True) + 1e-3
    mt, st = target.mean((2, 3), keepdim=True), target.std((2, 3), keepdim=True)
    return ((source - ms) / ss * st + mt).clamp(-1, 1)


def views(x, partner):
    """Identities from faces `x` and blending partners."""
    n, device = len(x), x.device
    x = torch.where(some(0.5, n, device), x.flip(-1), x)
    partner = match_colour(torch.where(some(0.5, n, device), partner.flip(-1), partner), x)
    even = uniform(0.2, 0.8, n, 1, 1, 1, device=device)
    regional = torch.sigmoid(smooth_field(n, 1, x.shape[-1], 4, device) * 4)
    weight = torch.where(some(0.5, n, device), even, regional)
    blended = x * weight + partner * (1 - weight)
    x = torch.where(some(0.7, n, device), blended, x)
    return torch.where(some(0.8, n, device), reshape_faces(x), x)


def save(path, **arrays):
    """np.savez under a temporary name first."""
    np.savez(str(path) + ".partial.npz", **arrays)
    os.replace(str(path) + ".partial.npz", path)


@torch.no_grad()
def embed(teachers, x):
    """Embeddings of all teachers by name."""
    return {name: teacher(x).cpu().numpy().astype(np.float16) for name, teacher in teachers.items()}


def main():
    parser = arguments(__doc__)
    parser.add_argument("--shards", type=int, default=12)
    args = parser.parse_args()
    device = start(args)
    folder = args.runs / "distil"
    folder.mkdir(parents=True, exist_ok=True)
    faces = Faces(args.runs)
    teachers = {name: Teacher(args.shared, name, device) for name in FILES}
    if not (folder / "held-out.npz").exists():
        index = faces.indices(True)
        save(folder / "held-out.npz", index=index, **embed(teachers, load(faces.pictures, index, device)))
    train = faces.indices(False)
    for shard in range(args.shards):
        path = folder / f"shard-{shard:02d}.npz"
        if path.exists():
            continue
        began = time.time()
        seed(args.seed + 1000 * (shard + 1))
        pictures, targets = [], []
        for _ in range(SHARD // 40):
            first = load(faces.pictures, train[torch.randint(len(train), (40,)).numpy()], device)
            second = load(faces.pictures, train[torch.randint(len(train), (40,)).numpy()], device)
            x = ((views(first, second) + 1) * 127.5).round().clamp(0, 255).byte()
            pictures.append(x.permute(0, 2, 3, 1).cpu().numpy())
            targets.append(embed(teachers, x.float() / 127.5 - 1))
        save(path, pictures=np.concatenate(pictures),
             **{name: np.concatenate([t[name] for t in targets]) for name in teachers})
        print(f"shard {shard} of {args.shards}: {time.time() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
