"""Print where the five points of faces lie in the training's aligned crops, as the second stage sees them.

    python models/training/measure_template.py

The crops were aligned by a detector's labels, which are off; `template` in the pack's index is what this prints,
the mean of generated portraits and photographs (`TRUE_POINTS` in `facekit/data.py`).
"""
import numpy as np
import torch

from facekit.align import crop, similarity
from facekit.data import Faces, points_array
from facekit.refiner import PASSES, SIZE, TEMPLATE, load_trained, refined
from facekit.scenes import MIRRORED
from facekit.session import arguments, start


@torch.no_grad()
def seen(model, x):
    """Points in input pixels, the mean of the input's and its mirror image's."""
    upright, flipped = refined(model(x)).numpy(), refined(model(x.flip(-1))).numpy()[:, MIRRORED]
    flipped[..., 0] = SIZE - 1 - flipped[..., 0]
    return (upright + flipped) / 2


def located(model, pictures):
    """Points in the pixels of canonical crops, found from the canonical template on."""
    points = np.repeat(points_array()[None], len(pictures), 0)
    for _ in range(PASSES):
        transforms = [similarity(five, TEMPLATE) for five in points]
        x = torch.cat([crop(pictures[i:i + 1], t, SIZE) for i, t in enumerate(transforms)])
        points = np.stack([(p - t[:, 2]) @ np.linalg.inv(t[:, :2]).T for p, t in zip(seen(model, x), transforms)])
    return points


def main():
    args = arguments(__doc__).parse_args()
    start(args)
    faces, model = Faces(args.runs), load_trained(args.runs)
    index, means = faces.indices(False), []
    for name, part in (("generated portraits", index[faces.synthetic[index]][::10]),
                       ("photographs", index[~faces.synthetic[index]][::6])):
        points = located(model, faces.crops(part).float() / 127.5 - 1)
        scale = np.mean([np.sqrt(np.linalg.det(similarity(five, points_array())[:, :2])) for five in points])
        means.append(points.mean(0))
        print(f"{name}, {len(part)}: {means[-1].round(2).tolist()}, {1 / scale:.3f} times the canonical size")
    print("template", np.mean(means, 0).round(1).tolist())


if __name__ == "__main__":
    main()
