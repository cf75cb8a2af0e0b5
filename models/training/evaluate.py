"""Print the figures of the parts of the model pack.

    python models/training/evaluate.py recognisers
    python models/training/evaluate.py detector
    python models/training/evaluate.py autoencoder [--sheet FILE.png]

Everything is measured on pictures that no training saw: identity-pairs, portraits-cc0, and the held-out
part of the faces and photographs.
"""
import json
import time

import cv2
import numpy as np
import torch

from facekit.autoencoder import load_trained as load_autoencoder
from facekit.backgrounds import photo_background, texture
from facekit.data import Faces, Photographs
from facekit.detector import Detector, detect, detect_any_size, overlap
from facekit.metrics import psnr, ssim, verification
from facekit.recogniser import SPECIFICATIONS, load_trained
from facekit.session import arguments, start
from facekit.teachers import FILES, Teacher
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
            rates(name, *(embed_aligned(model.judged, specification["template"], s, p)
                          for s, p in zip(sets, points)))


def load_detector(runs):
    """Averaged detector with its calibration and threshold."""
    state = torch.load(runs / "detector" / "checkpoint.pt", map_location="cpu", weights_only=False)
    model = Detector()
    model.load_state_dict(state["average"])
    return model.eval(), calibration(runs)


def calibration(runs):
    """Slope and offset of the score's logit, as `calibrate.py` found them."""
    path = runs / "detector" / "calibration.json"
    if not path.exists():
        return 1.0, 0.0
    values = json.loads(path.read_text())
    return values["slope"], values["offset"]


def recall(find, pictures, boxes, points=None):
    """Share of boxes found at IoU 0.5, and the mean five-point error in eye distances."""
    found, errors = 0, []
    for i, picture in enumerate(pictures):
        b, p, _ = find(picture)
        if len(b) == 0:
            continue
        value, best = overlap(torch.as_tensor(boxes[i], dtype=torch.float32)[None], b).max(1)
        if value > 0.5:
            found += 1
            if points is not None:
                five = torch.as_tensor(points[i], dtype=torch.float32)
                eyes = (five[0] - five[1]).norm()
                if eyes > 0.2 * (boxes[i][2] - boxes[i][0]):
                    errors.append(((p[best[0]] - five).norm(dim=1).mean() / eyes).item())
    return found / len(pictures), float(np.mean(errors)) if errors else float("nan")


def turned(picture, box, points, degrees, factor=1.0, grey=False):
    """Picture rotated about its centre and scaled, with its face."""
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, factor)
    matrix[:, 2] += (np.array([width, height]) * (factor - 1)) / 2
    size = (max(32, round(width * factor)), max(32, round(height * factor)))
    small = cv2.warpAffine(cv2.GaussianBlur(picture, (0, 0), 0.4 / factor) if factor < 0.8 else picture,
                           matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    if grey:
        small = np.repeat(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)[..., None], 3, 2)
    middle = matrix[:, :2] @ ((box[:2] + box[2:]) / 2) + matrix[:, 2]
    half = np.sqrt((matrix[:, :2] ** 2) @ ((box[2:] - box[:2]) / 2) ** 2)
    return small, np.concatenate([middle - half, middle + half]), points @ matrix[:, :2].T + matrix[:, 2]


def detector(args):
    """Recall, points, false faces, score and speed of the detector."""
    model, line = load_detector(args.runs)

    def find(picture):
        return detect_any_size(model, tensor(picture), threshold=args.threshold, calibration=line)

    teacher = TeacherDetector(args.shared)
    portraits = [read(p) for p in sorted((args.shared / "data" / "portraits-cc0").glob("*_*.*g"))]
    boxes = []
    for picture in portraits:
        b, _, _ = teacher(cv2.resize(picture, (320, 320), interpolation=cv2.INTER_AREA))
        boxes.append(b[largest(b)] * picture.shape[0] / 320)
    print(f"portraits-cc0: recall {recall(find, portraits, boxes)[0]:.3f} of {len(portraits)}", flush=True)

    photographs = Photographs(args.runs)
    held = [i for i in np.flatnonzero(photographs.held_out) if len(photographs.faces(i))]
    pictures = [photographs.picture(i) for i in held]
    rows = [photographs.faces(i)[0] for i in held]
    boxes = [np.concatenate([r[:2], r[:2] + r[2:4]]) for r in rows]
    points = [r[4:14].reshape(5, 2) for r in rows]
    share, error = recall(find, pictures, boxes, points)
    print(f"held-out photographs: recall {share:.3f} of {len(held)}, points {100 * error:.2f} % of the eye "
          "distance", flush=True)
    for label, degrees, grey in (("grey", 0, True), ("rotated -30", -30, False), ("rotated 30", 30, False)):
        views = [turned(*v, degrees, grey=grey) for v in zip(pictures, boxes, points)]
        share, error = recall(find, *zip(*views))
        print(f"held-out photographs, {label}: recall {share:.3f}, points {100 * error:.2f} %", flush=True)
    for side in (24, 32, 48, 96, 192):
        views = [turned(*v, 0, side / (v[1][2:] - v[1][:2]).max()) for v in zip(pictures, boxes, points)]
        share, error = recall(find, *zip(*views))
        print(f"held-out photographs, faces of {side} px: recall {share:.3f}, points {100 * error:.2f} %",
              flush=True)

    rng = np.random.default_rng(99991)
    empty = [texture(rng, 512) for _ in range(200)]
    while len(empty) < 400:
        i = int(rng.choice(held))
        part = photo_background(rng, photographs.picture(i), photographs.faces(i), 320)
        if part is not None:
            empty.append(part)
    counts = [len(find(picture)[0]) for picture in empty]
    print(f"false faces: {np.mean(counts[:200]):.3f} a texture (200), {np.mean(counts[200:]):.3f} a background "
          "of a photograph (200)", flush=True)
    for name in ("astronaut.png", "street-crowd.jpg"):
        scores = find(read(args.shared / "data" / "scenes" / name))[2]
        print(f"{name}: {len(scores)} faces, best {scores.max().item() if len(scores) else 0:.3f}", flush=True)
    x = torch.zeros(1, 3, 1024, 1024)
    detect(model, x)
    began = time.time()
    detect(model, x)
    middle = time.time()
    detect_any_size(model, x)
    print(f"1024 x 1024: {middle - began:.3f} s at full size, {time.time() - middle:.3f} s at the default "
          f"sizes, {args.threads} thread(s)", flush=True)


def autoencoder(args):
    """PSNR and SSIM of held-out crops, and how much identity the reconstruction keeps."""
    faces = Faces(args.runs)
    model = load_autoencoder(args.runs, faces).to(args.device)
    index = faces.indices(True)[:300]
    crops = faces.crops(index)
    done = []
    with torch.no_grad():
        for part in crops.split(16):
            x = part.to(args.device).float() / 127.5 - 1
            done.append(model.decode(model.encode(x)[0]).clamp(-1, 1).cpu())
    done, crops = torch.cat(done), crops.float() / 127.5 - 1
    values = torch.stack([psnr(done, crops), ssim(done, crops)], 1)
    print(f"autoencoder, {len(crops)} held-out crops: PSNR {values[:, 0].mean():.2f} dB, "
          f"SSIM {values[:, 1].mean():.4f}")
    synthetic = torch.from_numpy(faces.synthetic[index])
    for label, mask in (("generated", synthetic), ("photographs", ~synthetic)):
        print(f"  {label}: PSNR {values[mask, 0].mean():.2f} dB, SSIM {values[mask, 1].mean():.4f}")
    for name in FILES:
        teacher = Teacher(args.shared, name, "cpu")
        cosine = (teacher(crops[:64]) * teacher(done[:64])).sum(1)
        print(f"  cosine to the original by {name}: {cosine.mean():.3f}", flush=True)
    if args.sheet:
        pick = torch.cat([synthetic.nonzero()[:4, 0], (~synthetic).nonzero()[:4, 0]])
        sheet(args.sheet, [crops[pick], done[pick]])


def sheet(path, rows):
    """Write rows of pictures in [-1, 1] as one PNG."""
    lines = [np.concatenate(list(((r.clamp(-1, 1) + 1) * 127.5).round().byte().permute(0, 2, 3, 1).numpy()), 1)
             for r in rows]
    cv2.imwrite(str(path), np.concatenate(lines)[..., ::-1])


PARTS = {"recognisers": recognisers, "detector": detector, "autoencoder": autoencoder}


def main():
    parser = arguments(__doc__)
    parser.add_argument("part", choices=sorted(PARTS))
    parser.add_argument("--students-only", action="store_true", help="skip the teachers' figures")
    parser.add_argument("--threshold", type=float, default=0.5, help="score of a found face")
    parser.add_argument("--sheet", default=None, help="write a picture of examples here")
    args = parser.parse_args()
    start(args)
    PARTS[args.part](args)


if __name__ == "__main__":
    main()
