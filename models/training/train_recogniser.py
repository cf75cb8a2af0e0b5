"""Distil one of the two recognisers from its teacher.

    python models/training/train_recogniser.py guide --minutes 60
    python models/training/train_recogniser.py verify --minutes 60

The student sees a view of `facekit/views.py` jittered and damaged (scale, shift, rotation, colour, grey,
low resolution, blur, compression, noise, light); its target is the teacher's embedding of the clean
view. Loss: cosine distance, the batch's matrix of mutual cosines, telling the batch's targets apart, and
the teacher's last feature map, place by place, which says far more about a face than its embedding does.
"""
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from facekit.align import compose, crop, similarity
from facekit.augment import degrade, load
from facekit.data import Faces, true_points
from facekit.recogniser import SPECIFICATIONS, Recogniser
from facekit.session import Session, autocast, start, training_arguments
from facekit.teachers import Teacher
from facekit.views import LiveViews


def to_template(size, template, frame):
    """Transform from a `frame` px crop to the recogniser's input."""
    return similarity(true_points(frame), template)


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


class Hint(nn.Module):
    """The student's last map as the teacher's: compared place by place, in units of each channel's deviation.

    Only undistorted views count, since both must look at the same place.
    """

    def __init__(self, width, maps):
        super().__init__()
        self.project = nn.Conv2d(width, maps.shape[1], 3, padding=1)
        self.register_buffer("mean", maps.mean((0, 2, 3), keepdim=True))
        self.register_buffer("deviation", maps.std((0, 2, 3), keepdim=True) + 1e-3)

    def forward(self, student, teacher):
        """Mean squared error; both ends of a map lie on the same pixel of the face."""
        student = F.interpolate(self.project(student).float(), size=teacher.shape[2:], mode="bilinear",
                                align_corners=True)
        return F.mse_loss(student, (teacher - self.mean) / self.deviation)


@torch.no_grad()
def validate(session, model, held_out, synthetic, teacher, device, frame):
    """Mean cosine to the teacher on held-out faces, and how often the right one is the nearest."""
    averaged = Recogniser(model.specification).to(device)
    averaged.load_state_dict(session.average.state)
    averaged.eval()
    size, template = model.specification["template"]
    student = torch.cat([averaged(crop(x, to_template(size, template, frame), size))
                         for x in held_out.split(32)])
    similar = student @ teacher.T
    right = (similar.argmax(1) == torch.arange(len(student), device=device)).float().mean()
    own = similar.diagonal()
    print(f"{session.name} held-out {len(student)}: cosine {own[synthetic].mean():.4f} generated, "
          f"{own[~synthetic].mean():.4f} photographs, nearest {right:.3f}", flush=True)


def main():
    parser = training_arguments(__doc__, batch=32, rate=1.5e-3, samples=2_000_000)
    parser.add_argument("--renew", type=float, default=0.5, help="new views a step, as a part of the batch")
    parser.add_argument("--hint", type=float, default=0.5, help="weight of the teacher's feature map")
    parser.add_argument("--decay", type=float, default=0.998, help="of the moving average")
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
    faces = Faces(args.runs)
    frame = faces.pictures.shape[1]
    teacher = Teacher(args.shared, specification["teacher"], device)
    views = LiveViews(faces, teacher, device)
    for _ in range(6):
        views.renew(args.batch)
    hint = Hint(specification["head"], torch.stack(views.maps).float()).to(device)
    optimizer.add_param_group(dict(params=list(hint.parameters()), lr=args.rate, weight_decay=0.0))
    session = Session(args.name, args, model, optimizer, decay=args.decay, clip=2.0)
    if "hint" in session.extra:
        hint.load_state_dict(session.extra["hint"])
    session.extra["hint"] = hint.state_dict()
    index = faces.indices(True)
    held_out = load(faces.pictures, index, device)
    synthetic = torch.from_numpy(faces.synthetic[index]).to(device)
    with torch.no_grad():
        known = teacher(held_out)
    base = to_template(size, template, frame)
    model.train()
    while session.running():
        views.renew(round(args.batch * args.renew))
        x, target, maps = views.batch(args.batch)
        moved = compose(jitter(len(x), size), base)
        moved[:len(x) // 2] = base
        x = degrade(crop(x, moved, size))
        with autocast(args):
            student_maps, student = model.head_map(x.contiguous(memory_format=torch.channels_last))
            places = hint(student_maps[:len(x) // 2], maps[:len(x) // 2])
        cosine, relation, contrast = distance(student, target)
        session.optimise(cosine + 4 * relation + 0.05 * contrast + args.hint * places, len(x),
                         cosine=cosine, relation=relation, contrast=contrast, places=places)
        if session.due():
            session.save()
            validate(session, model, held_out, synthetic, known, device, frame)
    session.save()
    validate(session, model, held_out, synthetic, known, device, frame)


if __name__ == "__main__":
    main()
