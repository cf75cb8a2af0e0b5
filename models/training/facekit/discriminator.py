"""Tells latents of pictures from the diffusion model's guesses of them: the adversary of `train_adversarial.py`.

It sees its latents under noise of a known strength, so that it judges coarse shape and detail alike and cannot
learn the few thousand training faces by heart (Wang et al. 2023, Diffusion-GAN). It never ships.
"""
import torch
import torch.nn.functional as F
from torch import nn

from .unet import TimeEmbedding


class Stage(nn.Module):
    """Residual block of two convolutions that is told the time, then halved."""

    def __init__(self, inner, outer, time, halve):
        super().__init__()
        self.conv1 = nn.Conv2d(inner, outer, 3, padding=1)
        self.time = nn.Linear(time, outer)
        self.conv2 = nn.Conv2d(outer, outer, 3, padding=1)
        self.shortcut = nn.Conv2d(inner, outer, 1)
        self.halve = halve

    def forward(self, x, time):
        h = F.leaky_relu(self.conv1(x) + self.time(time)[:, :, None, None], 0.2)
        h = (F.leaky_relu(self.conv2(h), 0.2) + self.shortcut(x)) * 0.7071
        return F.avg_pool2d(h, 2) if self.halve else h


class Discriminator(nn.Module):
    """Noisy latents (n, 8, 16, 16) and their time steps -> a list of logits (n, places), one a scale, large for real."""

    def __init__(self, channels=8, widths=(64, 128, 192), time=64):
        super().__init__()
        self.time_embedding = TimeEmbedding(time, time)
        inner = (channels + 2, *widths[:-1])
        self.stages = nn.ModuleList(Stage(i, o, time, k + 1 < len(widths))
                                    for k, (i, o) in enumerate(zip(inner, widths)))
        self.logits = nn.ModuleList(nn.Conv2d(width, 1, 3, padding=1) for width in widths)

    def forward(self, z, t):
        """Faces are aligned, so the place of a feature matters: two channels hold the coordinates."""
        time = self.time_embedding(t)
        axis = torch.linspace(-1, 1, z.shape[-1], device=z.device)
        down, across = torch.meshgrid(axis, axis, indexing="ij")
        x = torch.cat([z, across.expand(len(z), 1, -1, -1), down.expand(len(z), 1, -1, -1)], 1)
        results = []
        for stage, logit in zip(self.stages, self.logits):
            x = stage(x, time)
            results.append(logit(x).flatten(1))
        return results
