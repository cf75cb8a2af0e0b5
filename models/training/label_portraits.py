"""Boxes and points of portraits-cc0 as the teacher's detector finds them, for the figures of the pack.

    python models/training/label_portraits.py src/test/resources/figures/portraits-cc0.csv

The largest face of each portrait. The teacher's points scatter by several hundredths of the eye distance
when a picture is moved by a few pixels, so each label is the median over views of several sizes and
positions, around the 320 px at which the teacher is at its best. The mean distance of a single view's
points from the median is printed: no detector can be measured better than that by a single view.
"""
from pathlib import Path

import numpy as np

from facekit.session import arguments, start
from facekit.testing import TeacherDetector, largest, read, seen

SIDES = (232, 264, 296, 320, 352, 384)
SHIFTS = ((0, 0), (3, 1), (1, 4), (5, 5))


def main():
    parser = arguments(__doc__)
    parser.add_argument("csv", type=Path)
    args = parser.parse_args()
    start(args)
    teacher = TeacherDetector(args.shared)
    places = [f"{name}_{axis}" for name in ("right_eye", "left_eye", "nose", "mouth_right", "mouth_left")
              for axis in "xy"]
    lines, scatter = [",".join(["file", "x", "y", "width", "height", *places])], []
    for path in sorted((args.shared / "data" / "portraits-cc0").glob("*_*.*g")):
        picture = read(path)
        views = [seen(teacher, picture, [(side, side)], [shift]) for side in SIDES for shift in SHIFTS]
        rows = np.array([view[largest(view[:, :4])] for view in views if len(view)])
        middle = np.median(rows, 0)
        five = middle[4:].reshape(5, 2)
        away = np.linalg.norm(rows[:, 4:].reshape(-1, 5, 2) - five, axis=2).mean(1)
        scatter.append(away.mean() / np.linalg.norm(five[0] - five[1]))
        x, y, right, bottom = middle[:4]
        values = [x, y, right - x, bottom - y, *middle[4:]]
        lines.append(",".join([path.name, *(f"{v:.1f}" for v in values)]))
    args.csv.write_text("\n".join(lines) + "\n")
    print(f"a single view's points are {100 * np.mean(scatter):.1f} % of the eye distance off the median")


if __name__ == "__main__":
    main()
