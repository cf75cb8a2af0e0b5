"""Print the figures of the parts of the model pack.

    python models/training/evaluate.py recognisers
    python models/training/evaluate.py detector
    python models/training/evaluate.py autoencoder [--sheet FILE.png]

Everything is measured on pictures that no training saw: identity-pairs, portraits-cc0, and the held-out
part of the faces and photographs.
"""
import time

import cv2
import numpy as np
import torch

from facekit.backgrounds import photo_background, texture
from facekit.data import Faces, Photographs
from facekit.metrics import psnr, ssim, verification
from facekit.recogniser import SPECIFICATIONS, load_trained
from facekit.session import arguments, start
from facekit.teachers import FILES
from facekit.testing import (TeacherDetector, embed_aligned, identity_pairs, largest, read,
                             teacher_embeddings, tensor)


def rates(name, first, second):
    """One line of verification figures."""
    text = ", ".join(f"TAR {tar:.3f} at FAR {rate:g} (cosine {threshold:.3f})"
                     for rate, (tar, threshold) in verification(first, second).items())
    print(f"{name}: {text}", flush=True)


def recognisers(args):
    """Verification on identity-pairs; the teachers beside the students."""
    sets, points = identity_pairs(args.shared, args.runs / "data" / "identity-pairs.npz")
    if not args.students_only:
        for name in FILES:
            rates("teacher " + name, *(teacher_embeddings(args.shared, name, s, p)
                                       for s, p in zip(sets, points)))
    for name, specification in SPECIFICATIONS.items():
        if (args.runs / name / "checkpoint.pt").exists():
            model = load_trained(args.runs, name)
            rates(name, *(embed_aligned(model, specification["template"], s, p)
                          for s, p in zip(sets, points)))


PARTS = {"recognisers": recognisers}


def main():
    parser = arguments(__doc__)
    parser.add_argument("part", choices=sorted(PARTS))
    parser.add_argument("--students-only", action="store_true", help="skip the teachers' figures")
    parser.add_argument("--sheet", default=None, help="write a picture of examples here")
    args = parser.parse_args()
    start(args)
    PARTS[args.part](args)


if __name__ == "__main__":
    main()
