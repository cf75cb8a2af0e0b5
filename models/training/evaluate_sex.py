"""Print how many new faces keep the sex that the originals have, as the file names of portraits-cc0 say.

    python models/training/evaluate_sex.py WORK/p100 [--unit anonymised --method anonymized]

Reads what `PaperTables` stored of pictures whose names begin with female or male. Judges are straight lines through the
vectors of `verify`, which chooses among candidates by it, and of both teachers, which do not: fitted to every fourth
training crop.
"""
import base64
import json
from pathlib import Path

import numpy as np
import torch

from facekit.data import Faces
from facekit.recogniser import load_trained
from facekit.session import arguments, start
from facekit.sexes import fit, labels, vectors
from facekit.teachers import FILES, Teacher


def stored(folder, method):
    """Vectors before and after of each judge, (pictures, judges) lists, and 1 for men, -1 for women."""
    pairs, sex = [], []
    for path in sorted(folder.glob("*.json")):
        measured = json.loads(path.read_text())["measured"].get(method)
        if measured is None or measured["made"]["masked"] or not measured["face"].get("judged"):
            continue
        pairs.append([[torch.from_numpy(np.frombuffer(base64.b64decode(judge[when]), ">f4").astype(np.float64))
                       for when in ("before", "after")] for judge in measured["face"]["judged"]])
        sex.append(1.0 if path.name.startswith("male") else -1.0)
    return pairs, torch.tensor(sex)


def main():
    parser = arguments(__doc__)
    parser.add_argument("store", type=Path, help="folder of a set in the work folder of PaperTables")
    parser.add_argument("--unit", default="anonymised")
    parser.add_argument("--method", default="anonymized")
    args = parser.parse_args()
    start(args)
    faces = Faces(args.runs)
    indices = faces.indices(False)[::4]
    sex, weight = labels(faces, indices)
    pairs, true = stored(args.store / args.unit, args.method)
    x = faces.crops(indices).float() / 127.5 - 1
    with torch.no_grad():
        judges = [("verify", vectors(load_trained(args.runs, "verify"), faces, indices))]
        judges += [(name, Teacher(args.shared, name, "cpu")(x)) for name in FILES]
    for j, (name, trained) in enumerate(judges):
        line = fit(trained, sex, weight)
        before, after = ((torch.stack([p[j][k] for p in pairs]) @ line[:-1] + line[-1]) * true > 0 for k in (0, 1))
        print(f"{name}: {len(pairs)} faces, originals told rightly {before.float().mean():.2f}; new faces of the same sex "
              f"{after.float().mean():.2f}, women {after[true < 0].float().mean():.2f}, men "
              f"{after[true > 0].float().mean():.2f}", flush=True)


if __name__ == "__main__":
    main()
