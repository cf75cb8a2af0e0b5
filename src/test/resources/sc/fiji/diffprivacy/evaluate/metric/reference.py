"""Makes reference.json: figures by independent implementations.

    python reference.py > reference.json

scikit-image: MSE, PSNR, SSIM; scikit-learn: ROC, area, top-1, cosine, PCA;
SciPy: Wilson interval, matrix square root; NumPy: the rest. All inputs follow
from seeds and integers by Java's own generator, so that the tests make the same.
"""
import json
import sys
import warnings

import numpy as np
import scipy
import skimage
import sklearn
from scipy.linalg import sqrtm
from scipy.stats import binomtest
from skimage import metrics
from sklearn.decomposition import PCA
from sklearn.metrics import roc_auc_score, roc_curve, top_k_accuracy_score
from sklearn.metrics.pairwise import cosine_similarity

warnings.simplefilter("ignore")


class JavaRandom:
    """java.util.Random."""

    def __init__(self, seed):
        self.state = (seed ^ 0x5DEECE66D) & ((1 << 48) - 1)

    def bits(self, n):
        self.state = (self.state * 0x5DEECE66D + 0xB) & ((1 << 48) - 1)
        value = self.state >> (48 - n)
        return value - (1 << n) if n == 32 and value >> 31 else value

    def next_int(self, bound):
        if bound & -bound == bound:
            return bound * self.bits(31) >> 31
        while True:
            bits = self.bits(31)
            value = bits % bound
            if bits - value + bound - 1 < 1 << 31:
                return value


def images(kind, width, height, noise, seed):
    r = JavaRandom(seed)
    channels = 3 if kind == "rgb" else 1
    top = 65535 if kind == "uint16" else 255
    a = np.zeros((height, width, channels))
    b = np.zeros_like(a)
    for y in range(height):
        for x in range(width):
            for k in range(channels):
                v = (x * 7 + y * 13 + k * 50 + r.next_int(64)) % 256 * (257 if top == 65535 else 1)
                a[y, x, k] = v
                b[y, x, k] = min(top, max(0, v + r.next_int(2 * noise + 1) - noise))
    if kind == "float32":
        a, b = a / 64 - 1, b / 64 - 1
    return (a, b) if channels == 3 else (a[:, :, 0], b[:, :, 0])


def pixels():
    cases = []
    for i, (kind, width, height, noise) in enumerate([
        ("uint8", 23, 17, 20), ("uint8", 40, 31, 3), ("uint8", 11, 11, 90), ("uint8", 64, 12, 255),
        ("uint16", 23, 17, 900), ("uint16", 31, 40, 30), ("uint16", 12, 50, 20000),
        ("float32", 23, 17, 20), ("float32", 33, 29, 5), ("float32", 16, 16, 100),
        ("rgb", 23, 17, 20), ("rgb", 40, 31, 3), ("rgb", 15, 44, 120)]):
        a, b = images(kind, width, height, noise, i)
        span = {"uint8": 255, "uint16": 65535, "rgb": 255}.get(kind, a.max() - a.min())
        axis = 2 if kind == "rgb" else None
        cases.append(dict(
            kind=kind, width=width, height=height, noise=noise, seed=i,
            mse=metrics.mean_squared_error(a, b),
            psnr=metrics.peak_signal_noise_ratio(a, b, data_range=span),
            ssim=metrics.structural_similarity(a, b, data_range=span, channel_axis=axis,
                gaussian_weights=True, sigma=1.5, use_sample_covariance=False),
            uniform=metrics.structural_similarity(a, b, data_range=span, channel_axis=axis),
            changed=float((a != b).reshape(height, width, -1).any(axis=2).mean())))
    return cases


def scores(r, n, shift):
    """Coarse, so that there are ties."""
    return np.array([(r.next_int(100) + r.next_int(100) + shift) / 100 - 1 for _ in range(n)])


def curves():
    cases = []
    for seed, (genuine, impostor, shift) in enumerate([(30, 200, 60), (50, 50, 0), (10, 1000, 90),
        (100, 300, 30), (5, 20, 120), (200, 2000, 45), (40, 40, -40), (25, 500, 75), (1, 30, 50),
        (60, 1, 10), (80, 800, 100)]):
        r = JavaRandom(100 + seed)
        g, i = scores(r, genuine, shift), scores(r, impostor, 0)
        labels = np.r_[np.ones(genuine), np.zeros(impostor)]
        fpr, tpr, _ = roc_curve(labels, np.r_[g, i], drop_intermediate=False)
        case = dict(genuine=genuine, impostor=impostor, shift=shift, seed=100 + seed,
            area=roc_auc_score(labels, np.r_[g, i]), points=len(fpr),
            tar={str(f): tpr[fpr <= f].max() for f in (0.1, 0.01, 0.001)}, threshold={})
        for f in (0.1, 0.01, 0.001):
            fit = [t for t in set(i) if (i >= t).sum() <= f * len(i)]
            case["threshold"][str(f)] = min(fit) if fit else np.nextafter(i.max(), 9)
        cases.append(case)
    return cases


def proportions():
    cases = []
    for k, n in [(0, 1), (1, 1), (0, 10), (3, 10), (10, 10), (50, 100), (93, 100), (99, 100), (1, 1000),
        (997, 1000), (17, 23), (4000, 4001)]:
        interval = binomtest(k, n).proportion_ci(0.95, "wilson")
        cases.append(dict(count=k, total=n, low=interval.low, high=interval.high))
    return cases


def spreads():
    cases = []
    for seed in range(10):
        r = JavaRandom(200 + seed)
        values = np.sort(scores(r, 1 + seed * 7, 0))
        r = JavaRandom(1)
        n = len(values)
        means = [np.mean([values[r.next_int(n)] for _ in range(n)]) for _ in range(2000)]
        low, high = np.percentile(means, [2.5, 97.5])
        cases.append(dict(seed=200 + seed, count=n, mean=values.mean(), low=low, high=high,
            median=np.median(values)))
    return cases


def identifications():
    cases = []
    for seed in range(10):
        r = JavaRandom(300 + seed)
        n = 3 + 4 * seed
        s = np.array([[r.next_int(1000003) + (r.next_int(1000003) if i == j else 0) for j in range(n)]
            for i in range(n)])
        right = top_k_accuracy_score(np.arange(n), s, k=1, normalize=False, labels=np.arange(n))
        cases.append(dict(seed=300 + seed, size=n, first=int(right)))
    return cases


def embeddings(r, n, length, shift):
    return np.array([[(r.next_int(2001) - 1000 + shift * (k % 3)) / 1000 for k in range(length)]
        for _ in range(n)])


def sets():
    cases = []
    for seed, (n, length, shift) in enumerate([(2, 3, 0), (5, 4, 0), (8, 8, 100), (20, 8, 500),
        (40, 16, 0), (40, 16, 300), (12, 32, 50), (60, 5, 1000), (30, 30, 20), (100, 12, 700)]):
        r = JavaRandom(400 + seed)
        a, b = embeddings(r, n, length, 0), embeddings(r, n, length, shift)
        cosines = cosine_similarity(b)
        c, d = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
        frechet = ((a.mean(0) - b.mean(0)) ** 2).sum() + np.trace(c + d - 2 * sqrtm(c @ d).real)
        cases.append(dict(seed=400 + seed, size=n, length=length, shift=shift,
            cosine=cosines[~np.eye(n, dtype=bool)].mean(), frechet=frechet,
            map=np.abs(PCA(2).fit_transform(b)).tolist()))
    return cases


def faces():
    cases = []
    for seed in range(10):
        r = JavaRandom(500 + seed)
        def face():
            base = [60, 60, 100, 60, 80, 80, 65, 105, 95, 105]
            points = np.array([v + (r.next_int(2001) - 1000) / 100 for v in base]).reshape(5, 2)
            box = np.array([40, 30, 120, 130]) + np.array([(r.next_int(2001) - 1000) / 50 for _ in range(4)])
            return box, points
        (box, p), (other, q) = face(), face()
        # the boxes on a fine grid
        grid = 0.02 * (np.arange(10000) + 0.5)
        def inside(b):
            return ((grid > b[0]) & (grid < b[2])), ((grid > b[1]) & (grid < b[3]))
        (x, y), (u, v) = inside(box), inside(other)
        shared = (x & u).sum() * (y & v).sum()
        iou = shared / (x.sum() * y.sum() + u.sum() * v.sum() - shared)
        def shape(points):
            z = points[:, 0] + 1j * points[:, 1]
            z = (z - (z[0] + z[1]) / 2) / (z[1] - z[0])
            mouth = (z[3] + z[4]) / 2
            return np.array([np.degrees(np.angle(complex(*(points[1] - points[0])))), z[2].real,
                z[2].imag / mouth.imag, abs(z[3] - z[4]), mouth.imag])
        corners = np.array([[b[i], b[j]] for b in (box, other) for i in (0, 2) for j in (1, 3)])
        distances = np.linalg.norm(p - q, axis=1)
        cases.append(dict(seed=500 + seed, overlap=iou,
            boxDistance=np.linalg.norm(corners[:4] - corners[4:], axis=1).mean(),
            pointDistance=distances.mean(), pointError=distances.mean() / np.linalg.norm(p[0] - p[1]),
            shape=(shape(q) - shape(p)).tolist()))
    return cases


json.dump(dict(
    source=f"scikit-image {skimage.__version__}, scikit-learn {sklearn.__version__}, "
           f"SciPy {scipy.__version__}, NumPy {np.__version__}; made by reference.py",
    pixels=pixels(), curves=curves(), proportions=proportions(), spreads=spreads(),
    identifications=identifications(), sets=sets(), faces=faces()), sys.stdout, indent=1)
