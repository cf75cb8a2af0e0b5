"""Distances that LpipsTest expects: the measure of the paper (equation 1) over two layers of fixed filters."""
import torch
import torch.nn.functional as F


def filters(out, channels, size):
    count = out * channels * size * size
    return torch.sin(torch.arange(count, dtype=torch.float32) * 1.7).view(out, channels, size, size) * 0.3


def picture(k, size):
    x = torch.arange(size, dtype=torch.float32)
    return torch.stack([torch.sin(0.1 * (k + 1) * x[None] + 0.07 * (c + 1) * x[:, None]) for c in range(3)])[None]


def distance(a, b):
    first, second = filters(8, 3, 5), filters(12, 8, 3)
    total = 0
    one, other = a, b
    for weight in (first, second):
        one, other = F.relu(F.conv2d(one, weight, stride=2)), F.relu(F.conv2d(other, weight, stride=2))
        difference = (F.normalize(one, dim=1, eps=1e-10) - F.normalize(other, dim=1, eps=1e-10)).pow(2)
        total = total + (difference * torch.linspace(0.1, 1, difference.shape[1]).view(1, -1, 1, 1)).sum(1).mean()
    return total


if __name__ == "__main__":
    torch.set_num_threads(1)
    print(", ".join(f"{distance(picture(k, 40 + 3 * k), picture(k + 3, 40 + 3 * k)).item():.6f}" for k in range(10)))
