"""Random changes of face crops, as batched tensor operations that run on CPU and GPU alike."""
import math

import numpy as np
import torch
import torch.nn.functional as F

from .data import CANONICAL_SIZE


def uniform(low, high, *shape, device="cpu"):
    """Uniform random numbers."""
    return torch.rand(*shape, device=device) * (high - low) + low


def load(pictures, indices, device):
    """uint8 pictures (n, h, w, 3) -> float (n, 3, h, w) in [-1, 1] on the device."""
    picked = torch.from_numpy(np.ascontiguousarray(pictures[np.asarray(indices)]))
    return picked.to(device).permute(0, 3, 1, 2).float() / 127.5 - 1


def warp(x, size, scale, angle, shift_x, shift_y, displacement=None):
    """Similarity-warped crops of `size` px around the centre; scale > 1 enlarges the face.

    Each of scale, angle (radians) and the shifts (in output px) is a tensor of one value a picture.
    """
    n, _, height, width = x.shape
    ratio_x, ratio_y = size / width, size / height
    cosine, sine = torch.cos(angle) / scale, torch.sin(angle) / scale
    theta = torch.zeros(n, 2, 3, device=x.device)
    theta[:, 0, 0], theta[:, 0, 1] = cosine * ratio_x, -sine * ratio_y
    theta[:, 1, 0], theta[:, 1, 1] = sine * ratio_x, cosine * ratio_y
    theta[:, 0, 2] = -2 * shift_x / width
    theta[:, 1, 2] = -2 * shift_y / height
    grid = F.affine_grid(theta, (n, 3, size, size), align_corners=False)
    if displacement is not None:
        grid = grid + displacement
    return F.grid_sample(x, grid, mode="bilinear", padding_mode="reflection", align_corners=False)


def colour(x, strength=1.0):
    """Brightness, contrast, gamma, saturation and white balance; x in [-1, 1]."""
    n, device = len(x), x.device
    v = (x + 1) / 2
    v = v.clamp(0, 1) ** torch.exp(uniform(-0.35, 0.35, n, 1, 1, 1, device=device) * strength)
    v = v * (1 + uniform(-0.25, 0.25, n, 1, 1, 1, device=device) * strength)
    v = v * (1 + uniform(-0.12, 0.12, n, 3, 1, 1, device=device) * strength)
    mean = v.mean((2, 3), keepdim=True).mean(1, keepdim=True)
    v = mean + (v - mean) * (1 + uniform(-0.35, 0.35, n, 1, 1, 1, device=device) * strength)
    grey = luminance(v)
    v = grey + (v - grey) * (1 + uniform(-0.5, 0.5, n, 1, 1, 1, device=device) * strength)
    v = v + uniform(-0.1, 0.1, n, 1, 1, 1, device=device) * strength
    return v.clamp(0, 1) * 2 - 1


def luminance(x):
    """Grey value as one channel."""
    return (x * x.new_tensor([0.299, 0.587, 0.114]).view(1, 3, 1, 1)).sum(1, keepdim=True)


def some(probability, n, device):
    """Random choice of pictures as a mask (n, 1, 1, 1)."""
    return (torch.rand(n, device=device) < probability).view(n, 1, 1, 1)


def autoencoder_batch(faces, count, device):
    """Crops for the autoencoder: half photographs, shifted, scaled, flipped, some recoloured or grey."""
    train = ~faces.held_out
    if not hasattr(faces, "pools"):
        faces.pools = (np.flatnonzero(train & faces.synthetic), np.flatnonzero(train & ~faces.synthetic))
    pick = [pool[torch.randint(len(pool), (count - count // 2 if k else count // 2,)).numpy()]
            for k, pool in enumerate(faces.pools)]
    x = load(faces.pictures, np.concatenate(pick), device)
    return crop_views(x)


def crop_views(x, canonical=0.5):
    """Canonical crops for a part of the pictures, jittered ones for the rest; flips and colours."""
    n, device = len(x), x.device
    margin = (x.shape[-1] - CANONICAL_SIZE) // 2
    plain = x[:, :, margin:margin + CANONICAL_SIZE, margin:margin + CANONICAL_SIZE]
    moved = warp(x, CANONICAL_SIZE, uniform(0.89, 1.0, n, device=device),
                 uniform(-0.15, 0.15, n, device=device),
                 uniform(-4, 4, n, device=device), uniform(-4, 4, n, device=device))
    x = torch.where(some(canonical, n, device), plain, moved)
    x = torch.where(some(0.3, n, device), colour(x, 0.7), x)
    x = torch.where(some(0.06, n, device), luminance(x).expand_as(x), x)
    return torch.where(some(0.5, n, device), x.flip(-1), x)


def broad_views(x):
    """`crop_views` of faces unlike the training pictures: other proportions, harder light, darker skin, and sharpness."""
    n, device = len(x), x.device
    x = torch.where(some(0.5, n, device), reshape_faces(x, 0.4), x)
    x = crop_views(x)
    x = torch.where(some(0.3, n, device), colour(x, 0.5), x)
    dark = ((x + 1) / 2) ** torch.exp(uniform(0, 0.6, n, 1, 1, 1, device=device)) * 2 - 1
    x = torch.where(some(0.3, n, device), dark, x)
    x = torch.where(some(0.35, n, device), shade(x), x)
    sharp = (x + (x - blur(x, 1.2)) * uniform(0.3, 1.3, n, 1, 1, 1, device=device)).clamp(-1, 1)
    x = torch.where(some(0.35, n, device), sharp, x)
    hard = (x + (x - blur(x, 8.0)) * uniform(0.1, 0.4, n, 1, 1, 1, device=device)).clamp(-1, 1)
    return torch.where(some(0.3, n, device), hard, x)


def degrade(x):
    """Label-preserving damage: colour and grey, and for most pictures low resolution, blur, blocky
    compression, uneven light, picture edges or noise."""
    n, device, size = len(x), x.device, x.shape[-1]
    x = torch.where(some(0.7, n, device), colour(x), x)
    x = torch.where(some(0.45, n, device), luminance(x).expand_as(x), x)
    x = torch.where(some(0.4, n, device), cut(x), x)
    clean = x
    if torch.rand(()) < 0.45:
        small = int(size / math.exp(float(uniform(0.2, 1.35, ()))))
        low = F.interpolate(x, size=(small, small), mode="bilinear", antialias=True, align_corners=False)
        low = F.interpolate(low, size=(size, size), mode="bilinear", align_corners=False)
        x = torch.where(some(0.5, n, device), low, x)
    if torch.rand(()) < 0.4:
        x = torch.where(some(0.5, n, device), blur(x, float(uniform(0.4, 2.2, ()))), x)
    if torch.rand(()) < 0.4:
        x = torch.where(some(0.5, n, device), compress(x, float(uniform(0.05, 0.5, ()))), x)
    x = torch.where(some(0.3, n, device), shade(x), x)
    noise = torch.randn_like(x) * uniform(0, 0.1, n, 1, 1, 1, device=device)
    x = torch.where(some(0.3, n, device), x + noise, x)
    return torch.where(some(0.3, n, device), clean, x).clamp(-1, 1)


def cut(x):
    """Black or grey beyond one or two straight lines, as where a face lies at the edge of a picture."""
    n, _, h, w = x.shape
    ys = torch.linspace(-1, 1, h, device=x.device).view(1, 1, h, 1)
    xs = torch.linspace(-1, 1, w, device=x.device).view(1, 1, 1, w)
    fill = torch.where(some(0.75, n, x.device), -1.0, uniform(-1, 1, n, 1, 1, 1, device=x.device))
    angle = torch.randint(0, 4, (n, 1, 1, 1), device=x.device) * math.pi / 2
    for _ in range(2):
        tilt = angle + torch.randn(n, 1, 1, 1, device=x.device) * 0.15
        away = uniform(0.65, 1.05, n, 1, 1, 1, device=x.device)
        x = torch.where(torch.cos(tilt) * xs + torch.sin(tilt) * ys > away, fill, x)
        angle = angle + math.pi / 2
    return x


def degrade_scene(x):
    """Damage of whole scenes: like `degrade`, but small faces must stay visible."""
    n, device = len(x), x.device
    x = torch.where(some(0.6, n, device), colour(x), x)
    x = torch.where(some(0.3, n, device), luminance(x).expand_as(x), x)
    if torch.rand(()) < 0.25:
        x = torch.where(some(0.5, n, device), blur(x, float(uniform(0.4, 1.2, ()))), x)
    if torch.rand(()) < 0.3:
        x = torch.where(some(0.5, n, device), compress(x, float(uniform(0.05, 0.3, ()))), x)
    if torch.rand(()) < 0.3:
        x = torch.where(some(0.5, n, device), shade(x), x)
    if torch.rand(()) < 0.3:
        x = x + torch.randn_like(x) * uniform(0, 0.08, n, 1, 1, 1, device=device)
    return x.clamp(-1, 1)


def smooth_field(n, channels, size, cells, device):
    """Smooth random fields with values around -1 to 1."""
    coarse = torch.randn(n, channels, cells, cells, device=device)
    return F.interpolate(coarse, size=(size, size), mode="bicubic", align_corners=True)


def reshape_faces(x, strength=1.0):
    """Other proportions (stretch, local shifts of a few pixels) and warps like a turned or tilted head."""
    n, _, size, _ = x.shape
    device = x.device
    theta = torch.zeros(n, 2, 3, device=device)
    theta[:, 0, 0] = uniform(1 - 0.1 * strength, 1 + 0.1 * strength, n, device=device)
    theta[:, 1, 1] = uniform(1 - 0.1 * strength, 1 + 0.1 * strength, n, device=device)
    grid = F.affine_grid(theta, tuple(x.shape), align_corners=False)
    amount = uniform(0, 0.06 * strength ** 2, n, 1, 1, 1, device=device)
    grid = grid + (smooth_field(n, 2, size, 5, device) * amount).permute(0, 2, 3, 1)
    across, down = grid[..., :1], grid[..., 1:]
    yaw, pitch, lean = (torch.randn(n, 1, 1, 1, device=device) * s * strength for s in (0.07, 0.05, 0.06))
    grid = torch.cat([across + yaw * (1 - across ** 2), down * (1 + lean * across) + pitch * (1 - down ** 2)], -1)
    return F.grid_sample(x, grid, padding_mode="reflection", align_corners=False)


def blur(x, sigma):
    """Gaussian blur."""
    radius = max(1, math.ceil(2.5 * sigma))
    axis = torch.arange(-radius, radius + 1, device=x.device, dtype=x.dtype)
    line = torch.exp(-axis ** 2 / (2 * sigma ** 2))
    line = (line / line.sum()).view(1, 1, 1, -1).expand(3, 1, 1, -1)
    x = F.conv2d(F.pad(x, (radius, radius, radius, radius), mode="reflect"), line, groups=3)
    return F.conv2d(x, line.transpose(2, 3), groups=3)


def compress(x, step):
    """JPEG-like damage: quantised 8x8 cosine coefficients, coarser at high frequencies."""
    n, c, h, w = x.shape
    basis = _cosine_basis(x.device)
    blocks = x.reshape(n, c, h // 8, 8, w // 8, 8).permute(0, 1, 2, 4, 3, 5)
    frequency = torch.arange(8, device=x.device)
    table = step * (0.4 + 0.25 * (frequency[:, None] + frequency[None]))
    coefficients = basis @ blocks @ basis.T
    blocks = basis.T @ (torch.round(coefficients / table) * table) @ basis
    return blocks.permute(0, 1, 2, 4, 3, 5).reshape(n, c, h, w)


def _cosine_basis(device):
    k = torch.arange(8, device=device, dtype=torch.float32)
    basis = torch.cos(math.pi * (2 * k[None] + 1) * k[:, None] / 16) * 0.5
    basis[0] *= math.sqrt(0.5)
    return basis


def posterise(x):
    """Few levels of each colour, with or without dither: what a palette of 8 to 256 colours leaves."""
    n, device = len(x), x.device
    levels = torch.randint(2, 8, (n, 1, 1, 1), device=device).float()
    dither = (torch.rand_like(x[:, :1]) - 0.5) * some(0.5, n, device)
    return ((x + 1) / 2 * levels + dither).round().clamp_min(0).minimum(levels) / levels * 2 - 1


def shade(x):
    """A smooth light gradient over the face in a random direction."""
    n, _, h, w = x.shape
    ys = torch.linspace(-1, 1, h, device=x.device).view(1, 1, h, 1)
    xs = torch.linspace(-1, 1, w, device=x.device).view(1, 1, 1, w)
    angle = uniform(0, 2 * math.pi, n, 1, 1, 1, device=x.device)
    amount = uniform(0, 0.6, n, 1, 1, 1, device=x.device)
    ramp = 1 + amount * (torch.cos(angle) * xs + torch.sin(angle) * ys)
    return ((x + 1) / 2 * ramp).clamp(0, 1) * 2 - 1
