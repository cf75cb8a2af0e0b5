"""Unpack the training pictures into arrays: aligned faces and whole photographs.

    python models/training/prepare.py [faces] [photographs] [steady] --shared ../shared --runs training-runs

Without a name the first two are prepared. `steady` puts in place of each photograph's labels, which are what the
teacher saw in one view and scatter by 5 % of the eye distance, the median of twelve views (ten minutes; for the
detector and its second stage). Writes RUNS/data/faces.npy (uint8, n x 144 x 144 x 3), faces.npz (names,
points, split) and the same for the photographs (flat pixels with offsets, because sizes differ). The split
is a hash of the name.
"""
import csv
import io
import tarfile

import numpy as np
from PIL import Image

from facekit.data import Photographs, held_out
from facekit.session import arguments
from facekit.testing import TeacherDetector, seen

FACE_SIZE = 144
SCALES = (0.72, 0.78, 0.84, 0.9, 0.95, 1.0)
SHIFTS = ((0, 0), (5, 5))
FEWEST_VIEWS = 6


def members(path):
    """Name -> bytes of the files in a tar."""
    with tarfile.open(path) as tar:
        return {m.name: tar.extractfile(m).read() for m in tar.getmembers() if m.isfile()}


def table(data):
    """Rows of a CSV as dictionaries."""
    return list(csv.DictReader(io.StringIO(data.decode())))


def decode(data):
    """Picture as uint8 RGB."""
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))


POINTS = [f"{part}_{axis}" for part in ("right_eye", "left_eye", "nose", "mouth_right", "mouth_left")
          for axis in "xy"]


def prepare_faces(shared, folder):
    """Aligned crops; their points move from the 128-px to the 144-px frame."""
    files = members(shared / "data" / "faces-144px.tar")
    rows = sorted(table(files["landmarks.csv"]), key=lambda row: row["file"])
    pictures = np.stack([decode(files["faces/" + row["file"]]) for row in rows])
    assert pictures.shape[1:] == (FACE_SIZE, FACE_SIZE, 3), pictures.shape
    points = np.array([[float(row[c]) for c in POINTS] for row in rows], np.float32).reshape(-1, 5, 2)
    names = np.array([row["file"] for row in rows])
    split = np.array([held_out(name) for name in names])
    np.save(folder / "faces.npy", pictures)
    np.savez(folder / "faces.npz", names=names, points=points + (FACE_SIZE - 128) / 2, held_out=split)
    print(f"faces: {len(names)}, held out {split.sum()}")


def prepare_photographs(shared, folder):
    """Whole photographs and the teacher's labels."""
    files = members(shared / "data" / "photos-320px.tar")
    rows = table(files["photos.csv"])
    names = sorted(name.split("/", 1)[1] for name in files if name.startswith("photos/"))
    index = {name: i for i, name in enumerate(names)}
    pictures = [decode(files["photos/" + name]) for name in names]
    columns = ["x", "y", "width", "height", *POINTS, "score"]
    labels = np.array([[index[row["file"]], *(float(row[c]) for c in columns)] for row in rows], np.float32)
    sizes = np.array([p.shape[:2] for p in pictures])
    offsets = np.concatenate([[0], np.cumsum(sizes.prod(1) * 3)])
    split = np.array([held_out(name) for name in names])
    np.save(folder / "photos.npy", np.concatenate([p.ravel() for p in pictures]))
    np.savez(folder / "photos.npz", names=np.array(names), sizes=sizes, offsets=offsets, labels=labels,
             held_out=split)
    print(f"photographs: {len(names)}, held out {split.sum()}, faces {len(labels)}")


def steadied(rows, label):
    """A label with corners and points as the median of the views' finds that share half of its box, if enough do."""
    corners = np.concatenate([label[:2], label[:2] + label[2:4]])
    sides = np.minimum(rows[:, 2:4], corners[2:]) - np.maximum(rows[:, :2], corners[:2])
    shared = sides.clip(0).prod(1)
    union = (rows[:, 2:4] - rows[:, :2]).prod(1) + label[2:4].prod() - shared
    same = rows[shared / union > 0.5]
    if len(same) < FEWEST_VIEWS:
        return label
    middle = np.median(same, 0)
    return np.concatenate([middle[:2], middle[2:4] - middle[:2], middle[4:], label[14:]])


def prepare_steady(shared, folder):
    """Median labels of the photographs."""
    photographs = Photographs(folder.parent)
    teacher = TeacherDetector(shared, side=328)
    labels, moved = photographs.labels.copy(), []
    for row in labels:
        picture = photographs.picture(int(row[0]))
        sizes = [(round(picture.shape[1] * s), round(picture.shape[0] * s)) for s in SCALES]
        label = steadied(seen(teacher, picture, sizes, SHIFTS), row[1:])
        old, new = row[5:15].reshape(5, 2), label[4:14].reshape(5, 2)
        moved.append(np.linalg.norm(old - new, axis=1).mean() / np.linalg.norm(new[0] - new[1]))
        row[1:] = label
    with np.load(folder / "photos.npz") as file:
        rest = {name: file[name] for name in file.files if name != "labels"}
    np.savez(folder / "photos.npz", labels=labels, **rest)
    print(f"points of photographs moved by {100 * np.mean(moved):.1f} % of the eye distance, median "
          f"{100 * np.median(moved):.1f} %")


def main():
    steps = {"faces": prepare_faces, "photographs": prepare_photographs, "steady": prepare_steady}
    parser = arguments(__doc__)
    parser.add_argument("parts", nargs="*", help="faces, photographs, steady")
    args = parser.parse_args()
    folder = args.runs / "data"
    folder.mkdir(parents=True, exist_ok=True)
    for part in args.parts or ("faces", "photographs"):
        steps[part](args.shared, folder)


if __name__ == "__main__":
    main()
