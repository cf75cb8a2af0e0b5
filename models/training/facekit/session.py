"""One resumable, seeded training session: arguments, progress, checkpoints, moving average.

Every training script uses the same few options, so that the same command runs on a CPU for an
evening or on a GPU for a few minutes, stops when told to, and goes on from its checkpoint.
"""
import argparse
import contextlib
import math
import os
import random
import signal
import time
from pathlib import Path

import cv2
import numpy as np
import torch

HERE = Path(__file__).resolve().parent.parent
REPOSITORY = HERE.parent.parent


def arguments(description, **defaults):
    """Parser with the options that all scripts share; `defaults` override the shared defaults."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--shared", type=Path,
                        default=Path(os.environ.get("DIFFPRIVACY_SHARED", REPOSITORY / ".." / "shared")),
                        help="folder with data/ and weights/ (default: shared/ beside the repository)")
    parser.add_argument("--runs", type=Path,
                        default=Path(os.environ.get("DIFFPRIVACY_RUNS", REPOSITORY / "training-runs")),
                        help="folder for prepared data, checkpoints and logs")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--amp", choices=["none", "bf16"], default="bf16", help="autocast type")
    parser.add_argument("--threads", type=int, default=1, help="CPU threads of torch")
    parser.add_argument("--seed", type=int, default=0)
    parser.set_defaults(**defaults)
    return parser


def training_arguments(description, batch, rate, samples):
    """Shared options of the training scripts."""
    parser = arguments(description)
    parser.add_argument("--minutes", type=float, default=1e9, help="stop after this many minutes")
    parser.add_argument("--samples", type=int, default=samples,
                        help="length of the learning rate schedule in training pictures")
    parser.add_argument("--schedule-minutes", type=float, default=None,
                        help="length of the schedule in training minutes over all sessions; "
                             "whichever of the two ends first ends the training")
    parser.add_argument("--batch", type=int, default=batch)
    parser.add_argument("--rate", type=float, default=rate, help="peak learning rate")
    parser.add_argument("--checkpoint-minutes", type=float, default=3)
    parser.add_argument("--fresh", action="store_true", help="ignore an existing checkpoint")
    return parser


def start(args):
    """Seed everything and set threads; returns the torch device."""
    torch.set_num_threads(args.threads)
    cv2.setNumThreads(1)
    seed(args.seed)
    if args.device.startswith("cuda"):
        torch.backends.cuda.matmul.allow_tf32 = True
        torch.backends.cudnn.allow_tf32 = True
        torch.backends.cudnn.benchmark = True
    return torch.device(args.device)


def seed(value):
    """Seed Python, NumPy and torch."""
    random.seed(value)
    np.random.seed(value % (1 << 32))
    torch.manual_seed(value)


def autocast(args):
    """Autocast context of the chosen device and type."""
    if args.amp == "none":
        return contextlib.nullcontext()
    return torch.autocast(args.device.split(":")[0], torch.bfloat16)


def save_atomically(value, path):
    """torch.save that never leaves half a file under the final name."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(path.suffix + ".partial")
    torch.save(value, temporary)
    os.replace(temporary, path)


class MovingAverage:
    """Exponential moving average of a module's state, with a short memory at the beginning."""

    def __init__(self, module, decay):
        self.decay = decay
        self.state = {name: value.detach().clone() for name, value in module.state_dict().items()}

    @torch.no_grad()
    def update(self, module, step):
        decay = min(self.decay, (1 + step) / (10 + step))
        names, floats = [], []
        state = module.state_dict()
        for name, value in state.items():
            if value.is_floating_point():
                names.append(name)
                floats.append(value.detach())
            else:
                self.state[name].copy_(value)
        torch._foreach_lerp_([self.state[name] for name in names], floats, 1 - decay)


class Session:
    """Step and time accounting of one training run that may span several processes."""

    def __init__(self, name, args, module, optimizer, decay=0.999, clip=1.0):
        self.name, self.args, self.module, self.optimizer = name, args, module, optimizer
        self.clip = clip
        self.path = args.runs / name / "checkpoint.pt"
        self.step = self.samples = 0
        self.elapsed = 0.0
        self.extra = {}
        self.average = MovingAverage(module, decay)
        self.base_rates = [group["lr"] / args.rate for group in optimizer.param_groups]
        if self.path.exists() and not args.fresh:
            self._load()
        self.began = self.last_saved = self.last_logged = time.time()
        self.stopping = False
        signal.signal(signal.SIGTERM, self._stop)
        self.losses = {}
        self.logged_samples = self.samples

    def _stop(self, *_):
        """On SIGTERM: finish the step, write the checkpoint, end."""
        self.stopping = True

    def _load(self):
        state = torch.load(self.path, map_location="cpu", weights_only=False)
        self.module.load_state_dict(state.get("model", state["average"]))
        if "optimizer" in state:
            self.optimizer.load_state_dict(state["optimizer"])
        for name, value in state["average"].items():
            self.average.state[name].copy_(value)
        self.step, self.samples, self.elapsed = state["step"], state["samples"], state["elapsed"]
        self.extra = state["extra"]
        # a resumed process must not repeat the first one's random pictures
        seed(self.args.seed + 1000003 * self.step)
        print(f"resumed {self.path} at step {self.step}, {self.samples} pictures", flush=True)

    def minutes(self):
        """Training minutes over all processes of this run."""
        return (self.elapsed + time.time() - self.began) / 60

    def progress(self):
        """Part of the schedule that is done, 0 to 1."""
        done = self.samples / self.args.samples
        if self.args.schedule_minutes:
            done = max(done, self.minutes() / self.args.schedule_minutes)
        return min(1.0, done)

    def running(self):
        """False when this process has used its minutes, the schedule is finished, or it was told to stop."""
        return not self.stopping and (time.time() - self.began) / 60 < self.args.minutes and self.progress() < 1

    def optimise(self, loss, count, **parts):
        """One optimiser step for `loss` over `count` pictures, at the scheduled rate."""
        warm = min(1.0, (self.step + 1) / 300)
        rate = self.args.rate * warm * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * self.progress())))
        for group, factor in zip(self.optimizer.param_groups, self.base_rates):
            group["lr"] = rate * factor
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(self.module.parameters(), self.clip)
        if torch.isfinite(norm):
            self.optimizer.step()
            self.average.update(self.module, self.step)
        self.step += 1
        self.samples += count
        for name, value in dict(loss=loss, **parts).items():
            value = value.detach().float()
            old = self.losses.get(name, value)
            self.losses[name] = old + 0.02 * (value - old)
        now = time.time()
        if now - self.last_logged > 30:
            speed = (self.samples - self.logged_samples) / (now - self.last_logged)
            text = " ".join(f"{name} {value.item():.4f}" for name, value in self.losses.items())
            print(f"{self.name} {self.minutes():.1f} min step {self.step} pictures {self.samples} "
                  f"{speed:.1f}/s {100 * self.progress():.1f} % {text}", flush=True)
            self.last_logged, self.logged_samples = now, self.samples

    def due(self):
        """True when it is time for a checkpoint."""
        return time.time() - self.last_saved > 60 * self.args.checkpoint_minutes

    def save(self):
        """Write the checkpoint."""
        self.elapsed += time.time() - self.began
        self.began = self.last_saved = time.time()
        save_atomically(dict(model=self.module.state_dict(), average=self.average.state,
                             optimizer=self.optimizer.state_dict(), step=self.step,
                             samples=self.samples, elapsed=self.elapsed, extra=self.extra,
                             arguments={k: str(v) for k, v in vars(self.args).items()}), self.path)
