"""The straight line that tells in a recogniser's vectors which sex a face seems to have."""
import torch

from .align import crop, similarity
from .data import Faces, apparent_sex, true_points

RIDGE = 1.0
# what the plugin takes for sure
SURE = 0.2


@torch.no_grad()
def vectors(model, faces, indices):
    """Embeddings of training crops by which faces are compared."""
    size, template = model.specification["template"]
    transform = similarity(true_points(), template)
    parts = []
    for part in torch.from_numpy(indices).split(100):
        parts.append(model.judged(crop(faces.crops(part.numpy()).float() / 127.5 - 1, transform, size)))
    return torch.cat(parts)


def labels(faces, indices):
    """1 for men, -1 for women, and a weight for each picture: photographs and generated portraits of both count alike."""
    sex = torch.tensor([2.0 * apparent_sex(name) - 1 for name in faces.names[indices]])
    kind = torch.from_numpy(faces.synthetic[indices]) * 2 + (sex > 0)
    return sex, 1 / torch.bincount(kind)[kind].float()


def fit(x, sex, weight):
    """Weighted ridge regression: what vectors are multiplied by, and at the end what is added."""
    x = torch.cat([x, torch.ones(len(x), 1)], 1).double()
    weight, sex = (weight / weight.mean()).double(), sex.double()
    ridge = RIDGE * torch.eye(x.shape[1], dtype=torch.float64)
    ridge[-1, -1] = 0
    return torch.linalg.solve((x * weight[:, None]).T @ x + ridge, (x * weight[:, None]).T @ sex)


def sex_line(model, runs):
    """The line of the training crops; prints how many held-out ones it tells rightly."""
    faces = Faces(runs)
    indices = faces.indices(False)
    line = fit(vectors(model, faces, indices), *labels(faces, indices))
    held = faces.indices(True)
    told = vectors(model, faces, held).double() @ line[:-1] + line[-1]
    right, sure = told * labels(faces, held)[0] > 0, told.abs() >= SURE
    for kind, name in ((True, "generated portraits"), (False, "photographs")):
        these = torch.from_numpy(faces.synthetic[held] == kind)
        print(f"apparent sex, {int(these.sum())} held-out {name}: right {right[these].float().mean():.3f}; sure "
              f"{sure[these].float().mean():.3f}, of these right {right[these & sure].float().mean():.3f}")
    return {"direction": [round(v, 4) for v in line[:-1].tolist()], "offset": round(line[-1].item(), 4)}
