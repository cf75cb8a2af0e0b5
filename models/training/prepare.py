"""Unpack the training pictures into arrays: aligned faces and whole photographs.

    python models/training/prepare.py [faces] [photographs] --shared ../shared --runs training-runs

Without a name both are prepared. Writes RUNS/data/faces.npy (uint8, n x 144 x 144 x 3), faces.npz (names,
points, split) and the same for the photographs (flat pixels with offsets, because sizes differ). The split
is a hash of the name.
"""
import csv
import io
import tarfile

import numpy as np
from PIL import Image

from facekit.data import held_out
from facekit.session import arguments

FACE_SIZE = 144


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


def main():
    steps = {"faces": prepare_faces, "photographs": prepare_photographs}
    parser = arguments(__doc__)
    parser.add_argument("parts", nargs="*", help="faces, photographs")
    args = parser.parse_args()
    folder = args.runs / "data"
    folder.mkdir(parents=True, exist_ok=True)
    for part in args.parts or steps:
        steps[part](args.shared, folder)


if __name__ == "__main__":
    main()
