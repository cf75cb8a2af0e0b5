"""Carry checkpoints between machines in parts below 16 MiB.

    python models/training/parts.py split guide FOLDER     RUNS/guide/checkpoint.pt -> FOLDER/guide.00, ...
    python models/training/parts.py join guide FOLDER      and back

What travels is the averaged weights with counters and settings, without the optimiser: training and
export go on from them.
"""
import io
from pathlib import Path

import torch

from facekit.session import arguments, save_atomically

PART = 15 * 1024 * 1024


def split(args):
    """Write the parts of one checkpoint."""
    state = torch.load(args.runs / args.name / "checkpoint.pt", map_location="cpu", weights_only=False)
    small = {key: state[key] for key in ("average", "step", "samples", "elapsed", "extra", "arguments")}
    buffer = io.BytesIO()
    torch.save(small, buffer)
    data = buffer.getvalue()
    args.folder.mkdir(parents=True, exist_ok=True)
    for i, begin in enumerate(range(0, len(data), PART)):
        (args.folder / f"{args.name}.{i:02d}").write_bytes(data[begin:begin + PART])
    print(f"{args.name}: {len(data) / 2 ** 20:.1f} MiB in {-(-len(data) // PART)} parts")


def join(args):
    """Put the parts together as a checkpoint."""
    data = b"".join(p.read_bytes() for p in sorted(args.folder.glob(args.name + ".[0-9][0-9]")))
    state = torch.load(io.BytesIO(data), map_location="cpu", weights_only=False)
    save_atomically(state, args.runs / args.name / "checkpoint.pt")
    print(f"{args.name}: step {state['step']}, {state['samples']} pictures")


def main():
    parser = arguments(__doc__)
    parser.add_argument("direction", choices=["split", "join"])
    parser.add_argument("name")
    parser.add_argument("folder", type=Path)
    args = parser.parse_args()
    (split if args.direction == "split" else join)(args)


if __name__ == "__main__":
    main()
