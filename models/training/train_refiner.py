"""Train the detector's second stage, which corrects the five points of each face that was found.

    python models/training/train_refiner.py --schedule-minutes 25

Faces are the labelled photographs and the generated portraits, seen through alignments that are off as
the detector's are, or worse. Points come from the photographs alone, whose labels `prepare.py steady` has made
steady: the portraits' are single views of the teacher, and cannot be made again. What is no face:
backgrounds, the places of the training photographs where the exported detector wrongly sees one, in any direction,
and faces whose eyes are where a mouth would be, or the other way round.
"""
import numpy as np
import torch
import torch.nn.functional as F

from facekit.align import compose, crop, similarity
from facekit.augment import degrade, posterise, some
from facekit.data import Faces, Photographs, points_array
from facekit.detector import Detector, detect, overlap
from facekit.layers import load_folded
from facekit.refiner import EYES, SIZE, TEMPLATE, Refiner, losses, refined
from facekit.scenes import MIRRORED, Scenes
from facekit.session import HERE, Session, autocast, save_atomically, start, training_arguments
from safetensors.torch import load_file

# frames hold twice the width of the canonical crop, at 0.75 of its scale
FRAME, FRAME_SCALE = 192, 0.75
TO_FRAME = (points_array() - 63.5) * FRAME_SCALE + (FRAME - 1) / 2
TURNS = (0, 1, 2, 3)


def exported_detector():
    """The detector that ships."""
    folder = HERE.parent / "bundled" / "detector"
    state = {k: v.float() for k, v in load_file(folder / "model.safetensors").items()}
    return load_folded(Detector(), state).eval()


def frame_of(picture, points):
    """uint8 frame of a picture around five points, and the transform that made it."""
    to_frame = similarity(points, TO_FRAME)
    x = torch.from_numpy(np.array(picture)).permute(2, 0, 1)[None].float()
    return crop(x, to_frame, FRAME).round().byte()[0], to_frame


@torch.no_grad()
def mined(photographs, held_out, threshold=0.2, pictures=1200, quota=12000):
    """What the exported detector finds in photographs: frames, true points there (NaN: none), face or not."""
    model = exported_detector()
    frames, points, faces = [], [], []
    order = np.random.default_rng(3).permutation(np.flatnonzero(photographs.held_out == held_out))
    for index in order[:pictures]:
        labels = photographs.faces(index)
        boxes = torch.from_numpy(np.concatenate([labels[:, :2], labels[:, :2] + labels[:, 2:4]], 1))
        for turn in TURNS:
            picture = np.rot90(photographs.picture(index), turn)
            height, width = photographs.picture(index).shape[:2]
            x = torch.from_numpy(picture.copy()).permute(2, 0, 1)[None].float() / 127.5 - 1
            found, coarse, _ = detect(model, x, threshold)
            if turn == 0:
                share = overlap(found, boxes) if len(boxes) else torch.zeros(len(found), 1)
                for i in range(len(found)):
                    best, which = share[i].max(0)
                    if 0.25 < best <= 0.5:
                        continue
                    frame, to_frame = frame_of(picture, coarse[i].numpy())
                    true = np.full((5, 2), np.nan)
                    if best > 0.5:
                        true = labels[which, 4:14].reshape(5, 2) @ to_frame[:, :2].T + to_frame[:, 2]
                    frames.append(frame), points.append(true), faces.append(best > 0.5)
                continue
            # a turned photograph's face may be found, in the wrong direction: neither face nor none
            corners = boxes.reshape(-1, 2, 2).numpy()
            for _ in range(turn):
                corners = np.stack([corners[..., 1], width - 1 - corners[..., 0]], -1)
                height, width = width, height
            there = torch.from_numpy(np.concatenate([corners.min(1), corners.max(1)], 1)).float()
            share = overlap(found, there).amax(1) if len(there) else torch.zeros(len(found))
            for i in (share < 0.05).nonzero()[:, 0].tolist():
                frames.append(frame_of(picture, coarse[i].numpy())[0])
                points.append(np.full((5, 2), np.nan))
                faces.append(False)
        if len(frames) >= quota:
            break
    return torch.stack(frames), np.array(points, np.float32), np.array(faces, bool)


def labelled(photographs, faces, held_out):
    """Frames and points of all labelled faces, and whether the points are to be learned."""
    frames, points = [], []
    for index in np.flatnonzero(photographs.held_out == held_out):
        for row in photographs.faces(index):
            five = row[4:14].reshape(5, 2)
            frame, to_frame = frame_of(photographs.picture(index), five)
            frames.append(frame), points.append(five @ to_frame[:, :2].T + to_frame[:, 2])
    photographed = len(frames)
    for index in faces.indices(held_out):
        if faces.synthetic[index]:
            five = faces.points[index]
            frame, to_frame = frame_of(faces.pictures[index], five)
            frames.append(frame), points.append(five @ to_frame[:, :2].T + to_frame[:, 2])
    return torch.stack(frames), np.array(points, np.float32), np.arange(len(frames)) < photographed


def backgrounds(photographs, faces, held_out, count):
    """Face-free frames."""
    scenes = Scenes(photographs, faces, held_out, 31, textures=120)
    return torch.stack([torch.from_numpy(scenes.background(FRAME)).permute(2, 0, 1) for _ in range(count)])


def prepared(args, held_out):
    """Everything above, kept in a file."""
    path = args.runs / "refiner" / f"frames-{int(held_out)}.pt"
    if not path.exists():
        photographs, faces = Photographs(args.runs), Faces(args.runs)
        save_atomically(dict(labelled=labelled(photographs, faces, held_out), mined=mined(photographs, held_out),
                             none=backgrounds(photographs, faces, held_out, 300 if held_out else 5000)), path)
    data = torch.load(path, map_location="cpu", weights_only=False)
    print({k: len(v[0]) if isinstance(v, tuple) else len(v) for k, v in data.items()},
          "mined faces", int(data["mined"][2].sum()), flush=True)
    return data


def alignments(count, rng, strength):
    """Random errors of an alignment, as similarity transforms of the input around its centre."""
    wild = np.where(rng.random(count) < 0.15, 2.0, 1.0) * strength
    angle = rng.normal(0, 0.13, count) * wild
    scale = np.exp(rng.normal(0, 0.10, count) * wild)
    cosine, sine = np.cos(angle) * scale, np.sin(angle) * scale
    linear = np.stack([np.stack([cosine, -sine], -1), np.stack([sine, cosine], -1)], 1)
    centre = np.full((2, 1), (SIZE - 1) / 2)
    shift = rng.normal(0, 0.11 * EYES, (count, 2, 1)) * wild[:, None, None]
    return np.concatenate([linear, centre + shift - linear @ centre], -1)


def displaced(count, rng):
    """Alignments that take a face's eyes for a mouth, or its mouth for eyes, of about the same size."""
    scale = np.exp(rng.normal(0, 0.12, count))
    linear = scale[:, None, None] * np.eye(2)
    centre = np.full((2, 1), (SIZE - 1) / 2)
    shift = np.stack([rng.normal(0, 0.15, count), rng.uniform(0.85, 1.35, count) * rng.choice([-1, 1], count)], -1)
    return np.concatenate([linear, centre + EYES * shift[:, :, None] - linear @ centre], -1)


def views(frames, points, rng, strength, wrong=0):
    """Input crops of frames and where their points lie there; points may be NaN. The first `wrong` show no face."""
    flip = rng.random(len(frames)) < 0.5
    x = frames.float() / 127.5 - 1
    flipped = torch.from_numpy(flip)
    x[flipped] = x[flipped].flip(-1)
    points = points.copy()
    points[flip] = points[flip][:, MIRRORED]
    points[flip, :, 0] = FRAME - 1 - points[flip, :, 0]
    errors = alignments(len(x), rng, strength)
    errors[:wrong] = displaced(wrong, rng)
    transforms = compose(errors, similarity(TO_FRAME, TEMPLATE))
    where = np.einsum("nij,nkj->nki", transforms[:, :, :2], points) + transforms[:, None, :, 2]
    return crop(x, transforms, SIZE), where


class Batches:
    """Batches of faces and what is none."""

    def __init__(self, data, seed):
        self.frames, self.points, self.known = data["labelled"]
        frames, points, faces = data["mined"]
        faces = torch.from_numpy(faces)
        self.frames = torch.cat([self.frames, frames[faces]])
        self.points = np.concatenate([self.points, points[faces.numpy()]])
        self.known = np.concatenate([self.known, np.ones(int(faces.sum()), bool)])
        self.wrong, self.none = frames[~faces], data["none"]
        self.rng = np.random.default_rng(seed)

    def batch(self, count):
        """Pictures, points, face or none, whether the points are known."""
        few, shifted = count // 6, count // 12
        parts = [(self.frames, count - 2 * few), (self.wrong, few), (self.none, few)]
        frames, points, known = [], [], torch.zeros(count)
        for pool, n in parts:
            index = self.rng.integers(len(pool), size=n)
            frames.append(pool[torch.from_numpy(index)])
            points.append(self.points[index] if pool is self.frames else np.full((n, 5, 2), np.nan))
            if pool is self.frames:
                known[:n] = torch.from_numpy(self.known[index])
        x, where = views(torch.cat(frames), np.concatenate(points), self.rng, 1.0, shifted)
        face = torch.zeros(count)
        face[shifted:count - 2 * few] = 1
        known[:shifted] = 0
        x = degrade(x)
        x = torch.where(some(0.15, count, x.device), posterise(x), x)
        return x, torch.from_numpy(np.nan_to_num(where)).float(), face, known


@torch.no_grad()
def validate(model, data, rng):
    """Error in eye distances before, after one pass and after two; scores of faces and of what is none."""
    frames, points, known = data["labelled"]
    frames, points = frames[torch.from_numpy(known)], points[known]
    mined_frames, mined_points, mined_faces = data["mined"]
    transforms = compose(alignments(len(frames), rng, 0.8), similarity(TO_FRAME, TEMPLATE))
    errors = []
    for _ in range(3):
        where = np.einsum("nij,nkj->nki", transforms[:, :, :2], points) + transforms[:, None, :, 2]
        raw = torch.cat([model(crop(frames[i:i + 64].float() / 127.5 - 1, transforms[i:i + 64], SIZE))
                         for i in range(0, len(frames), 64)])
        eyes = np.linalg.norm(where[:, 0] - where[:, 1], axis=1).clip(0.4 * EYES)
        before = np.linalg.norm(where - TEMPLATE, axis=2).mean(1) / eyes if not errors else None
        found = refined(raw).numpy()
        errors.append(np.linalg.norm(where - found, axis=2).mean(1) / eyes)
        if before is not None:
            first, scores = before, raw[:, 10]
        better = np.stack([similarity(f, TEMPLATE) for f in found])
        transforms = compose(better, transforms)
    to_input = similarity(TO_FRAME, TEMPLATE)
    false = torch.cat([model(crop(part.float() / 127.5 - 1, to_input, SIZE))[:, 10]
                       for pool in (mined_frames[torch.from_numpy(~mined_faces)], data["none"])
                       for part in pool.split(64)])
    few = torch.cat([model(posterise(crop(part.float() / 127.5 - 1, to_input, SIZE)))[:, 10] for part in frames.split(64)])
    moved = torch.cat([model(views(part, np.full((len(part), 5, 2), np.nan), rng, 1.0, len(part))[0])[:, 10]
                       for part in frames.split(64)])
    print(f"held-out points: {first.mean():.4f} -> " + " ".join(f"{e.mean():.4f}" for e in errors)
          + f"; faces below 0 {(scores < 0).float().mean():.4f}, below -3 {(scores < -3).float().mean():.4f}; "
          f"in few colours {(few < 0).float().mean():.4f}, {(few < -3).float().mean():.4f}; none above 0 "
          f"{(false > 0).float().mean():.4f}, above -3 {(false > -3).float().mean():.4f}; displaced "
          f"{(moved > 0).float().mean():.4f}, {(moved > -3).float().mean():.4f}", flush=True)


def main():
    parser = training_arguments(__doc__, batch=64, rate=1.5e-3, samples=2_000_000)
    args = parser.parse_args()
    device = start(args)
    assert device.type == "cpu", "small enough for a CPU"
    model = Refiner().to(memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(model.parameters(), args.rate, betas=(0.9, 0.99), weight_decay=0.02)
    session = Session("refiner", args, model, optimizer, decay=0.998, clip=5.0)
    batches, held_out = Batches(prepared(args, False), args.seed + session.step), prepared(args, True)
    model.train()
    while True:
        x, points, face, known = batches.batch(args.batch)
        with autocast(args):
            raw = model(x.contiguous(memory_format=torch.channels_last))
        point, score = losses(raw, points, face, known)
        session.optimise(point + 0.5 * score, len(x), point=point, score=score)
        running = session.running()
        if session.due() or not running:
            session.save()
            averaged = Refiner()
            averaged.load_state_dict(session.average.state)
            validate(averaged.eval(), held_out, np.random.default_rng(5))
        if not running:
            break


if __name__ == "__main__":
    main()
