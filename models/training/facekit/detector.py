"""Single-shot face detector with five points: backbone, top-down feature pyramid, small heads.

Every cell of the maps at strides 8, 16 and 32 predicts 15 numbers: score logit, box centre offset (2)
and log size (2), five points (10). With cell centre c and stride s:
centre = c + s * offset, size = 4 s * exp(log size), point = c + 2 s * value.
"""
import torch
import torch.nn.functional as F
from torch import nn

from .layers import Residual, Unit

STRIDES = (8, 16, 32)
SIZE_UNIT, POINT_UNIT = 4.0, 2.0
# sizes at which a picture is searched
LONG_SIDES = (1024, 320)
# face sizes (longer box side in strides) for which a level is responsible, and cell distances
RESPONSIBLE = ((0.0, 6.0), (2.4, 6.0), (2.4, 1e9))
SPECIFICATION = dict(stem=16, stages=[[32, ["bottleneck"]], [64, ["residual"]], [128, ["residual"]],
                                      [128, ["residual", "residual"]]], neck=64, activation="relu")


class Detector(nn.Module):
    """Maps (n, 15, h, w) for the three strides from pictures in [-1, 1], sides multiples of 32."""

    def __init__(self, specification=None):
        super().__init__()
        s = self.specification = specification or SPECIFICATION
        act = s["activation"]
        self.stem = Unit(3, s["stem"], 3, 2, activation=act)
        stages, width = [], s["stem"]
        for outer, blocks in s["stages"]:
            stages.append(nn.Sequential(Unit(width, outer, 3, 2, activation=act),
                                        *[Residual(outer, kind, act) for kind in blocks]))
            width = outer
        self.stages = nn.ModuleList(stages)
        self.laterals = nn.ModuleList(Unit(outer, s["neck"], 1) for outer, _ in s["stages"][-3:])
        # one head a level: a shared one would mix the levels' batch statistics
        self.heads = nn.ModuleList(Unit(s["neck"], s["neck"], 3, activation=act) for _ in self.laterals)
        self.output = nn.Conv2d(s["neck"], 15, 1)
        nn.init.zeros_(self.output.weight)
        nn.init.zeros_(self.output.bias)
        with torch.no_grad():
            self.output.bias[0] = -5.0

    def forward(self, x):
        x = self.stem(x)
        maps = []
        for stage in self.stages:
            x = stage(x)
            maps.append(x)
        levels, top = [], None
        for lateral, head, features in zip(reversed(self.laterals), reversed(self.heads), reversed(maps[-3:])):
            level = lateral(features)
            top = level if top is None else level + F.interpolate(top, scale_factor=2.0, mode="nearest")
            levels.append(self.output(head(top)))
        return levels[::-1]


def cell_centres(height, width, stride, device):
    """Centres of the cells in pixels, (h*w, 2) as x, y."""
    y, x = torch.meshgrid(torch.arange(height, device=device), torch.arange(width, device=device),
                          indexing="ij")
    return torch.stack([x, y], -1).reshape(-1, 2).float() * stride + (stride - 1) / 2


def flatten(maps):
    """All cells of all levels: raw values (n, cells, 15), centres (cells, 2), strides (cells,)."""
    raw, centres, strides = [], [], []
    for values, stride in zip(maps, STRIDES):
        n, c, h, w = values.shape
        raw.append(values.float().reshape(n, c, h * w).transpose(1, 2))
        centres.append(cell_centres(h, w, stride, values.device))
        strides.append(torch.full((h * w,), float(stride), device=values.device))
    return torch.cat(raw, 1), torch.cat(centres), torch.cat(strides)


def decode(raw, centres, strides):
    """Boxes (x1, y1, x2, y2) and points (5, 2) of raw values."""
    s = strides[:, None]
    middle = centres + raw[..., 1:3] * s
    half = torch.exp(raw[..., 3:5].clamp(-4, 4)) * s * SIZE_UNIT / 2
    points = centres[:, None] + raw[..., 5:].unflatten(-1, (5, 2)) * s[..., None] * POINT_UNIT
    return torch.cat([middle - half, middle + half], -1), points


def assign(boxes, valid, centres, strides):
    """Responsible face of every cell.

    boxes (n, m, 4) as corners, valid (n, m). Returns index of the face (n, cells), -1 for background
    and -2 for cells that the loss ignores.
    """
    middle = (boxes[..., :2] + boxes[..., 2:]) / 2
    size = (boxes[..., 2:] - boxes[..., :2]).amax(-1)
    away = (centres[None, None] - middle[:, :, None]).abs().amax(-1)
    inside = away < torch.maximum(0.2 * size[..., None], 0.7 * strides)
    relative = size[..., None] / strides
    low, high = (torch.tensor([r[i] for r in RESPONSIBLE], device=boxes.device) for i in (0, 1))
    level = (torch.log2(strides) - 3).long()
    fits = (relative >= low[level]) & (relative <= high[level])
    near = (relative >= low[level] / 1.7) & (relative <= high[level] * 1.7)
    there = valid[..., None]
    positive = inside & fits & there
    ignored = ((away < torch.maximum(0.3 * size[..., None], 1.0 * strides)) & near & there).any(1)
    cost = torch.where(positive, size[..., None].expand_as(away), torch.full_like(away, 1e9))
    index = cost.argmin(1)
    index = torch.where(positive.any(1), index, torch.full_like(index, -1))
    return torch.where((index == -1) & ignored, torch.full_like(index, -2), index)


def box_loss(a, b):
    """1 - IoU plus the normalised centre distance."""
    top, bottom = torch.maximum(a[:, :2], b[:, :2]), torch.minimum(a[:, 2:], b[:, 2:])
    overlap = (bottom - top).clamp_min(0).prod(1)
    area_a, area_b = (a[:, 2:] - a[:, :2]).prod(1), (b[:, 2:] - b[:, :2]).prod(1)
    outer = torch.maximum(a[:, 2:], b[:, 2:]) - torch.minimum(a[:, :2], b[:, :2])
    distance = ((a[:, :2] + a[:, 2:] - b[:, :2] - b[:, 2:]) / 2).pow(2).sum(1)
    return 1 - overlap / (area_a + area_b - overlap + 1e-6) + distance / (outer.pow(2).sum(1) + 1e-6)


def losses(maps, boxes, points, valid):
    """Score, box and point losses."""
    raw, centres, strides = flatten(maps)
    index = assign(boxes, valid, centres, strides)
    positive = index >= 0
    count = positive.sum().clamp_min(1)
    logits = raw[..., 0]
    target = positive.float()
    probability = torch.sigmoid(logits)
    focus = (probability - target).abs().pow(2) * torch.where(positive, 0.6, 0.4)
    entropy = F.binary_cross_entropy_with_logits(logits, target, reduction="none")
    score = (focus * entropy * (index != -2)).sum() / count
    picture, cell = positive.nonzero(as_tuple=True)
    face = index[picture, cell]
    found, found_points = decode(raw[picture, cell], centres[cell], strides[cell])
    box, point = boxes[picture, face], points[picture, face]
    size = (box[:, 2:] - box[:, :2]).amax(1)
    box_part = box_loss(found, box).sum() / count
    error = (found_points - point) / size[:, None, None]
    point_part = F.smooth_l1_loss(error, torch.zeros_like(error), beta=0.02, reduction="none")
    return score, box_part, point_part.sum((1, 2)).sum() / count


def overlap(a, b):
    """IoU matrix of boxes."""
    top = torch.maximum(a[:, None, :2], b[None, :, :2])
    bottom = torch.minimum(a[:, None, 2:], b[None, :, 2:])
    common = (bottom - top).clamp_min(0).prod(2)
    area = (a[:, 2:] - a[:, :2]).prod(1)[:, None] + (b[:, 2:] - b[:, :2]).prod(1)[None]
    return common / (area - common)


def suppress(boxes, scores, limit=0.4):
    """Greedy non-maximum suppression; indices that stay, best first."""
    keep, order = [], scores.argsort(descending=True)
    area = (boxes[:, 2:] - boxes[:, :2]).clamp_min(0).prod(1)
    while len(order):
        best, order = order[0], order[1:]
        keep.append(int(best))
        top = torch.maximum(boxes[best, :2], boxes[order, :2])
        bottom = torch.minimum(boxes[best, 2:], boxes[order, 2:])
        overlap = (bottom - top).clamp_min(0).prod(1)
        union = area[best] + area[order] - overlap
        # a smaller, worse box within a good one is a part of the same face
        inner = overlap / area[order].clamp_min(1e-6)
        order = order[(overlap / union.clamp_min(1e-6) <= limit) & (inner <= 0.8)]
    return keep


def merge(boxes, points, scores, vote=0.7):
    """Suppression, then boxes and points averaged by score over all candidates that overlap the kept one."""
    keep = suppress(boxes, scores)
    weight = (overlap(boxes[keep], boxes) >= vote) * scores
    weight = weight / weight.sum(1, keepdim=True).clamp_min(1e-6)
    return weight @ boxes, (weight @ points.flatten(1)).unflatten(1, (5, 2)), scores[keep]


@torch.no_grad()
def candidates(model, x, threshold, calibration):
    """Boxes, points, scores of all cells of one picture (1, 3, h, w) above the threshold."""
    h, w = x.shape[-2:]
    x = F.pad(x, (0, -w % 32, 0, -h % 32), value=0.0)
    raw, centres, strides = flatten(model(x))
    scores = torch.sigmoid(raw[0, :, 0] * calibration[0] + calibration[1])
    chosen = (scores > threshold).nonzero(as_tuple=True)[0]
    return (*decode(raw[0, chosen], centres[chosen], strides[chosen]), scores[chosen])


def detect(model, x, threshold=0.3, calibration=(1.0, 0.0)):
    """Faces of one picture (1, 3, h, w) in [-1, 1] of any size: boxes, points, scores."""
    return merge(*candidates(model, x, threshold, calibration))


def detect_any_size(model, x, long_sides=LONG_SIDES, threshold=0.3, calibration=(1.0, 0.0)):
    """Detection at several sizes: the picture is only ever made smaller; all candidates are merged."""
    h, w = x.shape[-2:]
    found, done = [], set()
    for side in long_sides:
        factor = min(1.0, side / max(h, w))
        size = (max(1, round(h * factor)), max(1, round(w * factor)))
        if size in done:
            continue
        done.add(size)
        small = x if factor == 1 else F.interpolate(x, size=size, mode="bilinear", antialias=True,
                                                    align_corners=False)
        boxes, points, scores = candidates(model, small, threshold, calibration)
        scale = x.new_tensor([w / size[1], h / size[0]])
        found.append((((boxes.unflatten(1, (2, 2)) + 0.5) * scale - 0.5).flatten(1),
                      (points + 0.5) * scale - 0.5, scores))
    return merge(*(torch.cat(parts) for parts in zip(*found)))
