"""Train the face detector on composed scenes.

    python models/training/train_detector.py --minutes 60 [--workers 12]

Labels are the teacher's boxes and points of the photographs; scenes place them at all sizes, rotated,
mirrored, several at a time, on face-free backgrounds, and a fifth of the scenes has no face at all.
"""
import numpy as np
import torch

from facekit.augment import degrade_scene
from facekit.data import Faces, Photographs
from facekit.detector import Detector, detect, losses, overlap
from facekit.scenes import SceneBatches, Scenes
from facekit.session import Session, autocast, start, training_arguments


@torch.no_grad()
def validate(model, scenes, device, threshold=0.5):
    """Recall at IoU 0.5, false faces a scene, five-point error in eye distances on composed scenes."""
    found = total = false = 0
    errors = []
    for picture, boxes, points in scenes:
        x = torch.from_numpy(np.ascontiguousarray(picture)).to(device).permute(2, 0, 1)[None].float() / 127.5 - 1
        b, p, _ = detect(model, x, threshold)
        b, p = b.cpu(), p.cpu()
        total += len(boxes)
        if len(boxes) and len(b):
            match = overlap(torch.from_numpy(boxes), b)
            value, which = match.max(1)
            found += int((value > 0.5).sum())
            false += int((match.max(0).values < 0.3).sum())
            for i in range(len(boxes)):
                if value[i] > 0.5:
                    five = torch.from_numpy(points[i])
                    eyes = (five[0] - five[1]).norm().clamp_min(0.15 * (boxes[i][2] - boxes[i][0]))
                    errors.append(((p[which[i]] - five).norm(dim=1).mean() / eyes).item())
        else:
            false += len(b)
    return found / max(1, total), false / len(scenes), float(np.mean(errors)) if errors else float("nan")


def main():
    parser = training_arguments(__doc__, batch=28, rate=2e-3, samples=2_000_000)
    parser.add_argument("--sizes", default="192,320",
                        help="sides of the scenes; the batch is that of the first, the others have fewer")
    parser.add_argument("--point-weight", type=float, default=2.0, help="weight of the point loss")
    parser.add_argument("--workers", type=int, default=0, help="processes that compose scenes")
    args = parser.parse_args()
    device = start(args)
    model = Detector().to(device, memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(model.parameters(), args.rate, betas=(0.9, 0.99), weight_decay=0.01)
    session = Session("detector", args, model, optimizer, decay=0.998, clip=5.0)
    photographs, faces = Photographs(args.runs), Faces(args.runs)
    fixed = Scenes(photographs, faces, True, 1, textures=40)
    validation = [fixed.scene(256) for _ in range(150)]
    sides = [int(side) for side in args.sizes.split(",")]
    sizes = [(side, max(2, round(args.batch * (sides[0] / side) ** 2))) for side in sides]
    batches = SceneBatches(lambda seed: Scenes(photographs, faces, False, seed),
                           args.seed + 100 + session.step, sizes)
    loader = torch.utils.data.DataLoader(batches, batch_size=None, num_workers=args.workers,
                                         prefetch_factor=4 if args.workers else None)
    model.train()
    for pictures, boxes, points, valid in loader:
        x = degrade_scene(pictures.to(device).float() / 127.5 - 1)
        with autocast(args):
            maps = model(x.contiguous(memory_format=torch.channels_last))
        score, box, point = losses(maps, boxes.to(device), points.to(device), valid.to(device))
        session.optimise(score + box + args.point_weight * point, len(x), score=score, box=box, point=point)
        running = session.running()
        if session.due() or not running:
            session.save()
            averaged = Detector(model.specification).to(device)
            averaged.load_state_dict(session.average.state)
            recall, false, error = validate(averaged.eval(), validation, device)
            print(f"detector held-out scenes: recall {recall:.3f} false {false:.3f} points {error:.4f}",
                  flush=True)
        if not running:
            break


if __name__ == "__main__":
    main()
