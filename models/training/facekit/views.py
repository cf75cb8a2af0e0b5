"""Face views of many identities and the teacher's answers to them: what the recognisers learn from.

A view is a training face, or a blend or exaggeration of two, with changed proportions, a change like a
turn of the head, and other light, colours or edges. Teachers label whatever they see, so this gives far
more identities than there are pictures, and faces unlike them.
"""
import torch
import torch.nn.functional as F

from .augment import blur, colour, cut, load, luminance, reshape_faces, shade, smooth_field, some, uniform


def match_colour(source, target):
    """`source` with the channel means and deviations of `target`."""
    ms, ss = source.mean((2, 3), keepdim=True), source.std((2, 3), keepdim=True) + 1e-3
    mt, st = target.mean((2, 3), keepdim=True), target.std((2, 3), keepdim=True)
    return ((source - ms) / ss * st + mt).clamp(-1, 1)


def views(x, partner):
    """Identities from faces `x` and blending partners, under other conditions."""
    n, device = len(x), x.device
    x = torch.where(some(0.5, n, device), x.flip(-1), x)
    partner = match_colour(torch.where(some(0.5, n, device), partner.flip(-1), partner), x)
    even = uniform(0.2, 1.45, n, 1, 1, 1, device=device)
    regional = torch.sigmoid(smooth_field(n, 1, x.shape[-1], 4, device) * 4)
    weight = torch.where(some(0.6, n, device), even, regional)
    x = torch.where(some(0.7, n, device), (x * weight + partner * (1 - weight)).clamp(-1, 1), x)
    x = torch.where(some(0.85, n, device), reshape_faces(x), x)
    x = torch.where(some(0.5, n, device), colour(x), x)
    x = torch.where(some(0.4, n, device), luminance(x).expand_as(x), x)
    x = torch.where(some(0.25, n, device), shade(x), x)
    x = torch.where(some(0.15, n, device), blur(x, 1.0), x)
    return torch.where(some(0.2, n, device), cut(x), x)


class LiveViews:
    """A store of views with the teacher's embeddings and feature maps, renewed a part at a time.

    Pictures never seen before cost a pass of the teacher, which may be slower than a step of the student;
    so each view is used a few times, under other damage, before a new one takes its place.
    """

    def __init__(self, faces, teacher, device, photographs=0.65, capacity=3000):
        train = faces.indices(False)
        self.faces, self.teacher, self.device, self.capacity = faces, teacher, device, capacity
        self.pools = [train[faces.synthetic[train]], train[~faces.synthetic[train]]]
        self.photographs = photographs
        self.pictures, self.targets, self.maps = [], [], []
        self.next = 0

    def _faces(self, count):
        """Random training faces; photographs are fewer, so each of them comes more often."""
        real = torch.rand(count) < self.photographs
        index = [int(self.pools[int(r)][int(torch.randint(len(self.pools[int(r)]), ()))]) for r in real]
        return load(self.faces.pictures, index, self.device)

    @torch.no_grad()
    def renew(self, count):
        """Make `count` new views, in place of the oldest once the store is full."""
        x = views(self._faces(count), self._faces(count))
        x = ((x + 1) * 127.5).round().clamp(0, 255).byte()
        target, maps = self.teacher.maps(x.float() / 127.5 - 1)
        for row in zip(x, target, maps.half()):
            for store, value in zip((self.pictures, self.targets, self.maps), row):
                if len(store) < self.capacity:
                    store.append(value.clone())
                else:
                    store[self.next] = value.clone()
            self.next = (self.next + 1) % self.capacity

    def batch(self, count):
        """Random views as floats, their embeddings, and their feature maps."""
        index = torch.randint(len(self.pictures), (count,)).tolist()
        x = torch.stack([self.pictures[i] for i in index]).float() / 127.5 - 1
        return (x, torch.stack([self.targets[i] for i in index]),
                torch.stack([self.maps[i] for i in index]).float())
