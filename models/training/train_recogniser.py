"""Distil one of the two recognisers from its teacher.

    python models/training/train_recogniser.py guide --minutes 60
    python models/training/train_recogniser.py verify --minutes 60

The student sees a view of `distil_targets.py` jittered and damaged (scale, shift, rotation, colour,
grey, low resolution, blur, compression, noise, light); its target is the teacher's embedding of the
clean view. Loss: cosine distance, the batch's matrix of mutual cosines, and telling the batch's targets
apart.
"""

import numpy as np
import torch
import torch.nn.functional as F

from facekit.align import compose, crop, similarity
from facekit.augment import degrade, load
from facekit.data import Faces, points_array
from facekit.recogniser import SPECIFICATIONS, Recogniser
from facekit.session import Session, autocast, start, training_arguments


class Views:
    """The shards that the teacher has embedded; `refresh` picks up new ones.

    Pictures stay in files on a CPU and go to the memory of a GPU.
    """

    def __init__(self, folder, teacher, device):
        self.folder, self.teacher, self.device = folder, teacher, device
        self.known, self.pictures, self.targets = set(), [], []
        self.refresh()
        if not self.known:
            raise SystemExit(f"no shards in {folder}: run distil_targets.py first")

    def refresh(self):
        for path in sorted(self.folder.glob(f"shard-??-{self.teacher}.npy")):
            if path.name not in self.known:
                self.known.add(path.name)
                pictures = np.load(path.with_name(path.name[:8] + ".npy"), mmap_mode="r")
                if self.device.type == "cuda":
                    pictures = torch.from_numpy(np.array(pictures)).to(self.device)
                self.pictures.append(pictures)
                self.targets.append(torch.from_numpy(np.load(path).astype(np.float32)).to(self.device))

    def batch(self, count):
        """Random pictures of one shard as floats, and their targets."""
        shard = int(torch.randint(len(self.pictures), ()))
        index = torch.randint(len(self.targets[shard]), (count,))
        if self.device.type == "cuda":
            x = self.pictures[shard][index.to(self.device)].permute(0, 3, 1, 2).float() / 127.5 - 1
        else:
            x = load(self.pictures[shard], index.numpy(), self.device)
        return x, self.targets[shard][index.to(self.device)]


def to_template(size, template, frame):
    """Transform from a `frame` px crop to the recogniser's input."""
    return similarity(points_array() + (frame - 128) / 2, template)


def jitter(count, size):
    """Random similarity transforms around the centre of the input."""
    angle = np.random.uniform(-0.16, 0.16, count) * (np.random.rand(count) < 0.8)
    scale = np.exp(np.random.uniform(-0.13, 0.11, count))
    cosine, sine = np.cos(angle) * scale, np.sin(angle) * scale
    linear = np.stack([np.stack([cosine, -sine], -1), np.stack([sine, cosine], -1)], 1)
    centre = np.full((2, 1), (size - 1) / 2)
    shift = np.random.normal(0, 0.02 * size, (count, 2, 1))
    return np.concatenate([linear, centre + shift - linear @ centre], -1)


def distance(student, teacher):
    """The three parts of the distillation loss."""
    cosine = (1 - (student * teacher).sum(1)).mean()
    off = 1 - torch.eye(len(student), device=student.device)
    relation = (((student @ student.T) - (teacher @ teacher.T)) * off).pow(2).sum() / off.sum()
    labels = torch.arange(len(student), device=student.device)
    contrast = F.cross_entropy(16 * student @ teacher.T, labels)
    return cosine, relation, contrast


@torch.no_grad()
def validate(session, model, held_out, teacher, device, frame):
    """Mean cosine to the teacher on held-out faces, and how often the right one is the nearest."""
    averaged = Recogniser(model.specification).to(device)
    averaged.load_state_dict(session.average.state)
    averaged.eval()
    size, template = model.specification["template"]
    student = torch.cat([averaged(crop(x, to_template(size, template, frame), size))
                         for x in held_out.split(32)])
    similar = student @ teacher.T
    right = (similar.argmax(1) == torch.arange(len(student), device=device)).float().mean()
    print(f"{session.name} held-out {len(student)}: cosine {similar.diagonal().mean():.4f} "
          f"nearest {right:.3f}", flush=True)


def main():
    parser = training_arguments(__doc__, batch=32, rate=1.5e-3, samples=2_000_000)
    parser.add_argument("name", choices=sorted(SPECIFICATIONS))
    args = parser.parse_args()
    device = start(args)
    specification = SPECIFICATIONS[args.name]
    size, template = specification["template"]
    model = Recogniser(specification).to(device, memory_format=torch.channels_last)
    decayed = [p for p in model.parameters() if p.ndim > 1]
    plain = [p for p in model.parameters() if p.ndim <= 1]
    optimizer = torch.optim.AdamW([dict(params=decayed, weight_decay=0.02),
                                   dict(params=plain, weight_decay=0.0)], args.rate, betas=(0.9, 0.99))
    session = Session(args.name, args, model, optimizer, decay=0.998, clip=2.0)
    faces = Faces(args.runs)
    frame = faces.pictures.shape[1]
    views = Views(args.runs / "distil", specification["teacher"], device)
    held_out = load(faces.pictures, faces.indices(True), device)
    known = np.load(args.runs / "distil" / f"held-out-{specification['teacher']}.npy")
    teacher = torch.from_numpy(known.astype(np.float32)).to(device)
    base = to_template(size, template, frame)
    model.train()
    while session.running():
        x, target = views.batch(args.batch)
        x = degrade(crop(x, compose(jitter(len(x), size), base), size))
        with autocast(args):
            student = model(x.contiguous(memory_format=torch.channels_last))
        cosine, relation, contrast = distance(student, target)
        session.optimise(cosine + 4 * relation + 0.05 * contrast, len(x),
                         cosine=cosine, relation=relation, contrast=contrast)
        if session.due():
            session.save()
            validate(session, model, held_out, teacher, device, frame)
            views.refresh()
            print(f"{len(views.known)} shards", flush=True)
    session.save()
    validate(session, model, held_out, teacher, device, frame)


if __name__ == "__main__":
    main()
