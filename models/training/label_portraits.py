"""Boxes and points of portraits-cc0 as the teacher's detector finds them, for the figures of the pack.

    python models/training/label_portraits.py src/test/resources/figures/portraits-cc0.csv

Made at 320 px, where the teacher is at its best; the largest face of each portrait.
"""
from pathlib import Path

import cv2

from facekit.session import arguments, start
from facekit.testing import TeacherDetector, largest, read


def main():
    parser = arguments(__doc__)
    parser.add_argument("csv", type=Path)
    args = parser.parse_args()
    start(args)
    teacher = TeacherDetector(args.shared)
    places = [f"{name}_{axis}" for name in ("right_eye", "left_eye", "nose", "mouth_right", "mouth_left")
              for axis in "xy"]
    lines = [",".join(["file", "x", "y", "width", "height", *places])]
    for path in sorted((args.shared / "data" / "portraits-cc0").glob("*_*.*g")):
        picture = read(path)
        factor = picture.shape[0] / 320
        boxes, points, _ = teacher(cv2.resize(picture, (320, 320), interpolation=cv2.INTER_AREA))
        i = largest(boxes)
        x, y, right, bottom = boxes[i] * factor
        values = [x, y, right - x, bottom - y, *(points[i] * factor).flatten()]
        lines.append(",".join([path.name, *(f"{v:.1f}" for v in values)]))
    args.csv.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
