"""Test pictures: portraits, identity pairs and scenes, none of which any training sees."""
import cv2
import numpy as np
import torch

from .align import crop, similarity
from .teachers import Teacher


def read(path):
    """Picture as uint8 RGB."""
    return cv2.cvtColor(cv2.imread(str(path), cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)


def tensor(picture, device="cpu"):
    """uint8 RGB -> (1, 3, h, w) in [-1, 1]."""
    return torch.from_numpy(np.array(picture)).to(device).permute(2, 0, 1)[None].float() / 127.5 - 1


class TeacherDetector:
    """The teacher's detector through OpenCV: boxes as corners, five points, scores.

    The picture is only ever made smaller: the teacher misplaces the points of enlarged faces.
    """

    def __init__(self, shared, side=640, threshold=0.6):
        self.side = side
        self.model = cv2.FaceDetectorYN.create(str(shared / "weights" / "detector-yunet-s-640.onnx"), "",
                                               (side, side), threshold)

    def __call__(self, picture):
        height, width = picture.shape[:2]
        factor = min(1.0, self.side / max(height, width))
        size = (round(width * factor), round(height * factor))
        left, top = (self.side - size[0]) // 2, (self.side - size[1]) // 2
        canvas = np.zeros((self.side, self.side, 3), np.uint8)
        small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
        canvas[top:top + size[1], left:left + size[0]] = small[..., ::-1]
        rows = self.model.detect(canvas)[1]
        rows = np.zeros((0, 15), np.float32) if rows is None else rows
        rows[:, 0:14:2] -= left
        rows[:, 1:14:2] -= top
        rows[:, 2] += left
        rows[:, 3] += top
        boxes = np.concatenate([rows[:, :2], rows[:, :2] + rows[:, 2:4]], 1) / factor
        return boxes, rows[:, 4:14].reshape(-1, 5, 2) / factor, rows[:, 14]


def seen(teacher, picture, sizes, shifts):
    """All faces that the teacher finds in a picture of several sizes (width, height) and positions.

    Rows of 14 numbers: corners of the box and five points, in the picture's pixels.
    """
    rows, height, width = [], *picture.shape[:2]
    for size in sizes:
        small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
        factor = (width / size[0], height / size[1])
        for x, y in shifts:
            boxes, points, _ = teacher(cv2.copyMakeBorder(small, y, 0, x, 0, cv2.BORDER_REPLICATE))
            for box, five in zip(boxes, points):
                row = np.concatenate([box, five.ravel()]).reshape(-1, 2) - (x, y)
                rows.append(((row + 0.5) * factor - 0.5).ravel())
    return np.array(rows).reshape(-1, 14)


def largest(boxes):
    """Index of the largest box."""
    return int((boxes[:, 2:] - boxes[:, :2]).prod(1).argmax())


def identity_pairs(shared, cache):
    """(pictures, points) of both photographs of each person; points by the teacher's detector."""
    folder = shared / "data" / "identity-pairs"
    paths = sorted(folder.glob("id*_0.jpg"))
    sets = [[read(p) for p in paths], [read(p.with_name(p.name.replace("_0", "_1"))) for p in paths]]
    if cache.exists():
        with np.load(cache) as file:
            points = file["points"]
    else:
        detector = TeacherDetector(shared, threshold=0.2)
        points = np.zeros((2, len(paths), 5, 2), np.float32)
        for side in range(2):
            for i, picture in enumerate(sets[side]):
                boxes, found, _ = detector(picture)
                if len(boxes) == 0:
                    raise SystemExit(f"the teacher finds no face in {paths[i].name}, side {side}")
                points[side, i] = found[largest(boxes)]
        cache.parent.mkdir(parents=True, exist_ok=True)
        np.savez(cache, points=points)
    return sets, points


@torch.no_grad()
def embed_aligned(model, template, pictures, points):
    """Embeddings of pictures of any size, each aligned by its five points."""
    size, target = template
    rows = [model(crop(tensor(p), similarity(five, target), size, "black"))
            for p, five in zip(pictures, points)]
    return torch.cat(rows).float().numpy()


def teacher_embeddings(shared, name, pictures, points):
    """The same for a teacher."""
    teacher = Teacher(shared, name, "cpu")
    return embed_aligned(teacher.aligned, (teacher.size, teacher.points), pictures, points)
