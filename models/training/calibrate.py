"""Calibrate the detector's score: fit slope and offset of its logit on held-out scenes.

    python models/training/calibrate.py

Every detection above a low score, after suppression, counts as right when it overlaps a face with an
IoU of at least 0.5; logistic regression then makes the score the probability of being right. Scenes
hold faces and face-free backgrounds about as often as the training ones.
"""
import json

import numpy as np
import torch

from evaluate import load_detector
from facekit.augment import degrade_scene
from facekit.data import Faces, Photographs
from facekit.detector import detect, overlap
from facekit.scenes import Scenes
from facekit.session import arguments, start


def logistic(x, y, rounds=60):
    """Slope and offset of a logistic regression with a small pull towards slope 1, offset 0."""
    parameters = np.array([1.0, 0.0])
    features = np.stack([x, np.ones_like(x)], 1)
    pull, centre = np.array([1.0, 1.0]), np.array([1.0, 0.0])
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-features @ parameters))
        gradient = features.T @ (p - y) + pull * (parameters - centre)
        curve = (features * (p * (1 - p))[:, None]).T @ features + np.diag(pull)
        parameters = parameters - np.linalg.solve(curve, gradient)
    return parameters


def main():
    parser = arguments(__doc__)
    parser.add_argument("--scenes", type=int, default=600)
    args = parser.parse_args()
    start(args)
    model, _ = load_detector(args.runs)
    scenes = Scenes(Photographs(args.runs), Faces(args.runs), True, 77, textures=80)
    logits, right = [], []
    with torch.no_grad():
        for _ in range(args.scenes):
            picture, boxes, _ = scenes.scene(320)
            x = degrade_scene(torch.from_numpy(picture).permute(2, 0, 1)[None].float() / 127.5 - 1)
            found, _, scores = detect(model, x, 0.02)
            if len(found):
                best = overlap(found, torch.from_numpy(boxes)).amax(1) if len(boxes) else torch.zeros(len(found))
                logits.append(torch.logit(scores.double(), 1e-6).numpy())
                right.append((best >= 0.5).numpy())
    x, y = np.concatenate(logits), np.concatenate(right).astype(float)
    slope, offset = logistic(x, y)
    p = 1 / (1 + np.exp(-(x * slope + offset)))
    print(f"{len(x)} detections, {y.mean():.3f} right; slope {slope:.3f}, offset {offset:.3f}")
    for low in (0.0, 0.2, 0.4, 0.6, 0.8, 0.9):
        high = 1.01 if low == 0.9 else low + (0.1 if low == 0.8 else 0.2)
        inside = (p >= low) & (p < high)
        if inside.any():
            print(f"  score {low:.1f}-{min(high, 1):.1f}: {inside.sum()} detections, {y[inside].mean():.3f} right")
    (args.runs / "detector" / "calibration.json").write_text(
        json.dumps({"slope": round(float(slope), 3), "offset": round(float(offset), 3)}))


if __name__ == "__main__":
    main()
