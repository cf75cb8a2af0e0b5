"""Picture metrics and verification rates."""
import numpy as np
import torch
import torch.nn.functional as F


def psnr(a, b):
    """PSNR in dB of each picture; pictures in [-1, 1]."""
    error = ((a.clamp(-1, 1) - b) / 2).pow(2).mean((1, 2, 3))
    return -10 * torch.log10(error.clamp_min(1e-12))


def _gaussian(channels, device, dtype, size=11, sigma=1.5):
    axis = torch.arange(size, dtype=torch.float32, device=device) - size // 2
    line = torch.exp(-axis ** 2 / (2 * sigma ** 2))
    line = line / line.sum()
    return (line[:, None] * line[None]).to(dtype).expand(channels, 1, size, size).contiguous()


def ssim(a, b):
    """Structural similarity of each picture (11-px Gaussian window, sigma 1.5, range 2)."""
    kernel = _gaussian(a.shape[1], a.device, a.dtype)

    def smooth(x):
        return F.conv2d(x, kernel, groups=x.shape[1])

    ma, mb = smooth(a), smooth(b)
    va, vb, cov = smooth(a * a) - ma * ma, smooth(b * b) - mb * mb, smooth(a * b) - ma * mb
    c1, c2 = (0.01 * 2) ** 2, (0.03 * 2) ** 2
    value = ((2 * ma * mb + c1) * (2 * cov + c2)) / ((ma * ma + mb * mb + c1) * (va + vb + c2))
    return value.mean((1, 2, 3))


def verification(first, second, rates=(1e-2, 1e-3)):
    """TAR and cosine threshold at each FAR; row i of both is the same person, all else are impostors.

    Impostors are all pairs of different people over both sets, also within one set.
    """
    genuine = np.sum(first * second, 1)
    n = len(first)
    every = np.concatenate([first, second])
    person = np.concatenate([np.arange(n), np.arange(n)])
    cosine = every @ every.T
    pairs = np.triu(person[:, None] != person[None], 1)
    impostors = np.sort(cosine[pairs])[::-1]
    result = {}
    for rate in rates:
        threshold = float(impostors[max(0, int(len(impostors) * rate) - 1)])
        result[rate] = (float((genuine > threshold).mean()), threshold)
    return result


def frechet(first, second):
    """Frechet distance of two sets of embeddings as normal distributions."""
    def moments(x):
        x = x.astype(np.float64)
        return x.mean(0), np.cov(x, rowvar=False)

    (ma, ca), (mb, cb) = moments(first), moments(second)
    values, vectors = np.linalg.eigh(ca)
    root = vectors * np.sqrt(np.clip(values, 0, None)) @ vectors.T
    cross = np.sqrt(np.clip(np.linalg.eigvalsh(root @ cb @ root), 0, None)).sum()
    return float(((ma - mb) ** 2).sum() + np.trace(ca) + np.trace(cb) - 2 * cross)
