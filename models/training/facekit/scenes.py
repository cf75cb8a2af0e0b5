"""Random scenes with known faces: photographs at all scales, several in one picture, or none at all."""
import cv2
import numpy as np
import torch

from .align import similarity
from .backgrounds import photo_background, texture
from .data import points_array

MIRRORED = [1, 0, 2, 4, 3]
# smaller faces are not labelled
SMALLEST = 10


class Scenes:
    """Composes scenes from one side of the split, with its own random generator."""

    def __init__(self, photographs, faces, held_out, seed, textures=160, texture_size=384):
        self.rng = np.random.default_rng(seed)
        self.photographs, self.faces = photographs, faces
        self.photo_indices = np.array([i for i in np.flatnonzero(photographs.held_out == held_out)
                                       if (photographs.labels[:, 0] == i).sum() > 0])
        self.labels = {i: photographs.faces(i) for i in self.photo_indices}
        # the aligned photographs are numbered otherwise than the whole ones: one of them might be the
        # face of a held-out photograph, so only generated portraits join in
        self.face_indices = np.array([i for i in faces.indices(held_out) if faces.synthetic[i]])
        self.face_box = self._canonical_box()
        self.textures = [texture(self.rng, texture_size) for _ in range(textures)]

    def _canonical_box(self):
        """Mean teacher box in the canonical frame, for aligned crops without a box of their own."""
        boxes = []
        for index in self.photo_indices[:600]:
            row = self.labels[index][0]
            transform = similarity(row[4:14].reshape(5, 2), points_array())
            corners = np.array([row[:2], row[:2] + row[2:4]])
            boxes.append((corners @ transform[:, :2].T + transform[:, 2]).ravel())
        return np.median(boxes, 0)

    def background(self, size):
        """Face-free square picture."""
        if self.rng.random() < 0.55:
            for _ in range(4):
                index = int(self.rng.choice(self.photo_indices))
                picture = photo_background(self.rng, self.photographs.picture(index),
                                           self.labels[index], size)
                if picture is not None:
                    return picture
        source = self.textures[int(self.rng.integers(len(self.textures)))]
        side = int(self.rng.integers(96, source.shape[0] + 1))
        x, y = self.rng.integers(0, source.shape[0] - side + 1, 2)
        picture = cv2.resize(source[y:y + side, x:x + side], (size, size))
        picture = np.rot90(picture, int(self.rng.integers(4)))
        if self.rng.random() < 0.5:
            picture = picture[..., self.rng.permutation(3)]
        return np.ascontiguousarray(picture)

    def source(self):
        """A picture with its faces: boxes as corners and points."""
        if self.rng.random() < 0.8:
            index = int(self.rng.choice(self.photo_indices))
            rows = self.labels[index]
            boxes = np.concatenate([rows[:, :2], rows[:, :2] + rows[:, 2:4]], 1)
            return self.photographs.picture(index), boxes, rows[:, 4:14].reshape(-1, 5, 2)
        index = int(self.rng.choice(self.face_indices))
        margin = (self.faces.pictures.shape[1] - 128) / 2
        return self.faces.pictures[index], self.face_box[None] + margin, self.faces.points[index][None]

    def transform(self, box, size, centre, mirror):
        """Scale the face to `size`, rotate it at random, move it to `centre`."""
        angle = np.clip(self.rng.normal(0, 14), -38, 38) * (self.rng.random() < 0.7)
        scale = size / max(box[2] - box[0], box[3] - box[1])
        cosine, sine = np.cos(np.radians(angle)) * scale, np.sin(np.radians(angle)) * scale
        linear = np.array([[cosine, -sine], [sine, cosine]])
        if mirror:
            linear = linear @ np.array([[-1, 0], [0, 1]])
        middle = (box[:2] + box[2:]) / 2
        return np.concatenate([linear, (np.asarray(centre) - linear @ middle)[:, None]], 1)

    def paste(self, canvas, window, size, centre):
        """Paste a random picture so that its main face has `size` at `centre`; returns its faces."""
        picture, boxes, points = self.source()
        main = int((boxes[:, 2:] - boxes[:, :2]).max(1).argmax())
        mirror = self.rng.random() < 0.5
        matrix = self.transform(boxes[main], size, centre, mirror)
        shift = np.array([[0, 0, -window[0]], [0, 0, -window[1]]])
        target = (window[2] - window[0], window[3] - window[1])
        scale = np.sqrt(abs(np.linalg.det(matrix[:, :2])))
        if scale < 0.5:
            factor = max(scale * 1.4, 0.02)
            small = (max(2, round(picture.shape[1] * factor)), max(2, round(picture.shape[0] * factor)))
            exact = np.array([small[0] / picture.shape[1], small[1] / picture.shape[0]])
            picture = cv2.resize(picture, small, interpolation=cv2.INTER_AREA)
            drawn = matrix.copy()
            drawn[:, :2] = matrix[:, :2] / exact
            # cell centres: (x + 0.5) * exact - 0.5 is where old pixel x lies in the small picture
            drawn[:, 2] = matrix[:, 2] - drawn[:, :2] @ (0.5 * exact - 0.5)
        else:
            drawn = matrix
        part = canvas[window[1]:window[3], window[0]:window[2]]
        warped = cv2.warpAffine(picture, drawn + shift, target, flags=cv2.INTER_LINEAR)
        inside = cv2.warpAffine(np.full(picture.shape[:2], 255, np.uint8), drawn + shift, target,
                                flags=cv2.INTER_NEAREST)
        np.copyto(part, warped, where=(inside > 0)[..., None])
        return self._moved(boxes, points, matrix, mirror, window)

    @staticmethod
    def _moved(boxes, points, matrix, mirror, window):
        """Faces after the transform; a rotated box encloses the rotated ellipse of the old one."""
        result = []
        for box, five in zip(boxes, points):
            middle = matrix[:, :2] @ ((box[:2] + box[2:]) / 2) + matrix[:, 2]
            half = np.sqrt((matrix[:, :2] ** 2) @ ((box[2:] - box[:2]) / 2) ** 2)
            five = five @ matrix[:, :2].T + matrix[:, 2]
            new = np.concatenate([middle - half, middle + half])
            visible = (np.minimum(new[2:], window[2:]) - np.maximum(new[:2], window[:2])).clip(0).prod()
            if visible > 0.35 * (2 * half).prod():
                result.append((new, five[MIRRORED] if mirror else five))
        return result

    def scene(self, size):
        """uint8 picture (size, size, 3), boxes (m, 4), points (m, 5, 2)."""
        rng = self.rng
        canvas = self.background(size)
        kind = rng.random()
        faces = []
        if kind < 0.58:
            large = rng.random() < 0.6
            face = size * rng.uniform(0.25, 1.0) if large else np.exp(rng.uniform(np.log(14), np.log(size)))
            face = min(face, size * 0.95)
            room = max(0.0, (size - face) / 2 + 0.15 * face)
            centre = size / 2 + rng.uniform(-room, room, 2)
            faces = self.paste(canvas, (0, 0, size, size), face, centre)
        elif kind < 0.84:
            cells = int(rng.choice([2, 2, 2, 3, 3, 4, 5]))
            edges = np.linspace(0, size, cells + 1).astype(int)
            for row in range(cells):
                for column in range(cells):
                    window = (edges[column], edges[row], edges[column + 1], edges[row + 1])
                    if rng.random() < 0.3:
                        if rng.random() < 0.5:
                            tile = self.background(max(8, window[2] - window[0]))
                            tile = cv2.resize(tile, (window[2] - window[0], window[3] - window[1]))
                            canvas[window[1]:window[3], window[0]:window[2]] = tile
                        continue
                    side = min(window[2] - window[0], window[3] - window[1])
                    face = side * rng.uniform(0.3, 0.95)
                    middle = np.array([(window[0] + window[2]) / 2, (window[1] + window[3]) / 2])
                    jitter = rng.uniform(-0.5, 0.5, 2) * (side - 0.8 * face)
                    faces += self.paste(canvas, window, face, middle + jitter)
        boxes = np.array([f[0] for f in faces], np.float32).reshape(-1, 4)
        points = np.array([f[1] for f in faces], np.float32).reshape(-1, 5, 2)
        keep = (boxes[:, 2:] - boxes[:, :2]).max(1, initial=0) >= SMALLEST
        return canvas, boxes[keep], points[keep]


class SceneBatches(torch.utils.data.IterableDataset):
    """Endless batches of scenes: part fresh, the rest from a buffer of earlier ones, mirrored at random.

    Yields uint8 pictures (n, 3, s, s), boxes (n, m, 4), points (n, m, 5, 2), valid (n, m).
    """

    def __init__(self, make, seed, sizes=((192, 28), (320, 10)), fresh=0.3, buffer=3000):
        self.make, self.seed, self.sizes, self.fresh, self.buffer = make, seed, sizes, fresh, buffer

    def __iter__(self):
        worker = torch.utils.data.get_worker_info()
        seed = self.seed + 7919 * (worker.id if worker else 0)
        rng = np.random.default_rng(seed)
        scenes = self.make(seed)
        buffers = {size: [] for size, _ in self.sizes}
        while True:
            size, count = self.sizes[0] if rng.random() < 0.7 else self.sizes[int(rng.integers(len(self.sizes)))]
            buffer, batch = buffers[size], []
            for _ in range(count):
                if len(buffer) < 6 * count or rng.random() < self.fresh:
                    scene = scenes.scene(size)
                    if len(buffer) < self.buffer:
                        buffer.append(scene)
                    else:
                        buffer[int(rng.integers(len(buffer)))] = scene
                else:
                    scene = buffer[int(rng.integers(len(buffer)))]
                batch.append(mirrored(scene) if rng.random() < 0.5 else scene)
            yield collate(batch)


def mirrored(scene):
    """The scene seen in a mirror."""
    picture, boxes, points = scene
    width = picture.shape[1]
    boxes = np.stack([width - 1 - boxes[:, 2], boxes[:, 1], width - 1 - boxes[:, 0], boxes[:, 3]], 1)
    points = points[:, MIRRORED].copy()
    points[..., 0] = width - 1 - points[..., 0]
    return picture[:, ::-1], boxes, points


def collate(batch):
    """Tensors of a list of scenes, faces padded to the largest number."""
    most = max(1, max(len(boxes) for _, boxes, _ in batch))
    pictures = torch.from_numpy(np.stack([p for p, _, _ in batch])).permute(0, 3, 1, 2)
    boxes, points = torch.zeros(len(batch), most, 4), torch.zeros(len(batch), most, 5, 2)
    valid = torch.zeros(len(batch), most, dtype=torch.bool)
    for i, (_, b, p) in enumerate(batch):
        boxes[i, :len(b)], points[i, :len(b)] = torch.from_numpy(b), torch.from_numpy(p)
        valid[i, :len(b)] = True
    return pictures, boxes, points, valid
