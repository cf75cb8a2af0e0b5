"""Face-free pictures: procedural textures, drawings, microscopy-like fields, backgrounds of photographs."""
import cv2
import numpy as np


def fractal(rng, size, channels=1):
    """Noise with energy on all scales, 0 to 1."""
    total = np.zeros((size, size, channels), np.float32)
    persistence = rng.uniform(0.4, 0.8)
    amplitude, cells = 1.0, int(rng.integers(2, 5))
    while cells < size:
        coarse = rng.standard_normal((cells, cells, channels)).astype(np.float32)
        layer = cv2.resize(coarse, (size, size), interpolation=cv2.INTER_CUBIC)
        total += amplitude * layer.reshape(size, size, channels)
        amplitude *= persistence
        cells *= 2
    low, high = np.percentile(total, [1, 99])
    return np.clip((total - low) / (high - low + 1e-6), 0, 1)


def two_colours(rng, field):
    """A 0-1 field between two random colours."""
    first, second = rng.uniform(0, 1, (2, 3)).astype(np.float32)
    return first + (second - first) * field


def noise(rng, size):
    """Fractal noise, in one, two or three colours."""
    if rng.random() < 0.4:
        return fractal(rng, size, 3)
    return two_colours(rng, fractal(rng, size))


def stripes(rng, size):
    """Waves, stripes and checks, bent by noise."""
    y, x = np.mgrid[0:size, 0:size].astype(np.float32)
    angle, period = rng.uniform(0, np.pi), np.exp(rng.uniform(np.log(4), np.log(80)))
    bend = fractal(rng, size)[..., 0] * rng.uniform(0, 60)
    wave = np.sin(2 * np.pi * (np.cos(angle) * x + np.sin(angle) * y + bend) / period)
    if rng.random() < 0.5:
        wave = wave * np.sin(2 * np.pi * (-np.sin(angle) * x + np.cos(angle) * y + bend) / period)
    if rng.random() < 0.5:
        wave = np.sign(wave)
    return two_colours(rng, (wave[..., None] + 1) / 2)


def drawing(rng, size):
    """Polygons, ellipses, lines and letters."""
    picture = (two_colours(rng, fractal(rng, size)) * 255).astype(np.uint8).copy()
    for _ in range(int(rng.integers(4, 40))):
        colour = tuple(int(c) for c in rng.integers(0, 256, 3))
        centre = rng.integers(0, size, 2)
        kind = rng.integers(4)
        if kind == 0:
            corners = centre + rng.integers(-80, 80, (int(rng.integers(3, 7)), 2))
            cv2.fillPoly(picture, [corners.astype(np.int32)], colour)
        elif kind == 1:
            axes = tuple(int(a) for a in rng.integers(2, 60, 2))
            cv2.ellipse(picture, tuple(int(c) for c in centre), axes, float(rng.uniform(0, 180)), 0, 360,
                        colour, int(rng.choice([-1, 1, 2, 4])), cv2.LINE_AA)
        elif kind == 2:
            end = rng.integers(0, size, 2)
            cv2.line(picture, tuple(int(c) for c in centre), tuple(int(c) for c in end), colour,
                     int(rng.integers(1, 8)), cv2.LINE_AA)
        else:
            text = "".join(chr(c) for c in rng.integers(33, 127, int(rng.integers(1, 12))))
            cv2.putText(picture, text, tuple(int(c) for c in centre), int(rng.integers(0, 7)),
                        float(rng.uniform(0.3, 3)), colour, int(rng.integers(1, 5)), cv2.LINE_AA)
    return picture.astype(np.float32) / 255


def fluorescence(rng, size):
    """Bright cells with nuclei on a dark field, one or several channels."""
    picture = np.zeros((size, size, 3), np.float32)
    colours = rng.uniform(0, 1, (int(rng.integers(1, 4)), 3)).astype(np.float32)
    if rng.random() < 0.4:
        colours[:] = colours.mean(1, keepdims=True)
    radius = np.exp(rng.uniform(np.log(3), np.log(40)))
    for colour in colours:
        layer = np.zeros((size, size), np.float32)
        for _ in range(int(rng.integers(5, 120))):
            centre = tuple(int(c) for c in rng.integers(0, size, 2))
            axes = tuple(max(1, int(radius * a)) for a in rng.uniform(0.4, 1.4, 2))
            turn = float(rng.uniform(0, 180))
            cv2.ellipse(layer, centre, axes, turn, 0, 360, float(rng.uniform(0.3, 1)), -1, cv2.LINE_AA)
            if rng.random() < 0.4:
                inner = tuple(max(1, a // 3) for a in axes)
                cv2.ellipse(layer, centre, inner, turn, 0, 360, float(rng.uniform(0, 1)), -1, cv2.LINE_AA)
        layer = cv2.GaussianBlur(layer, (0, 0), rng.uniform(0.6, 4))
        layer *= 0.5 + 0.5 * fractal(rng, size)[..., 0]
        picture += layer[..., None] * colour
    return picture + rng.uniform(0, 0.15) * fractal(rng, size)


def stained(rng, size):
    """Stained tissue: dark nuclei in a pale, textured ground; or ringed cells in bright field."""
    ground = two_colours(rng, fractal(rng, size)) * 0.3 + rng.uniform(0.5, 0.7)
    tint = np.array([rng.uniform(0.2, 0.6), rng.uniform(0.1, 0.4), rng.uniform(0.3, 0.7)], np.float32)
    radius = np.exp(rng.uniform(np.log(2), np.log(25)))
    mask = np.zeros((size, size), np.float32)
    ring = rng.random() < 0.4
    for _ in range(int(rng.integers(20, 250))):
        centre = tuple(int(c) for c in rng.integers(0, size, 2))
        axes = tuple(max(1, int(radius * a)) for a in rng.uniform(0.5, 1.3, 2))
        cv2.ellipse(mask, centre, axes, float(rng.uniform(0, 180)), 0, 360, float(rng.uniform(0.4, 1)),
                    1 + int(radius / 8) if ring else -1, cv2.LINE_AA)
    mask = cv2.GaussianBlur(mask, (0, 0), rng.uniform(0.5, 2))[..., None]
    return ground * (1 - mask) + tint * mask


def fibres(rng, size):
    """Thin curved lines: filaments, cracks, hair."""
    picture = (two_colours(rng, fractal(rng, size)) * 255).astype(np.uint8).copy()
    colour = rng.integers(0, 256, 3)
    for _ in range(int(rng.integers(10, 150))):
        steps = np.cumsum(rng.standard_normal((30, 2)) * 3 + rng.standard_normal(2) * 6, 0)
        line = (rng.integers(0, size, 2) + steps).astype(np.int32)
        shade = tuple(int(c) for c in np.clip(colour + rng.integers(-40, 40, 3), 0, 255))
        cv2.polylines(picture, [line], False, shade, int(rng.integers(1, 4)), cv2.LINE_AA)
    return picture.astype(np.float32) / 255


KINDS = (noise, stripes, drawing, fluorescence, stained, fibres)


def texture(rng, size):
    """A random procedural picture, uint8 (size, size, 3)."""
    picture = KINDS[int(rng.integers(len(KINDS)))](rng, size)
    if rng.random() < 0.25:
        picture = np.broadcast_to(picture.mean(-1, keepdims=True), picture.shape)
    return (np.clip(picture, 0, 1) * 255).astype(np.uint8)


def photo_background(rng, picture, boxes, size):
    """A face-free part of a photograph, resized to `size`, or None where no part is large enough."""
    height, width = picture.shape[:2]
    x1, y1 = (boxes[:, :2] - 0.2 * boxes[:, 2:4]).min(0)
    x2, y2 = (boxes[:, :2] + 1.2 * boxes[:, 2:4]).max(0)
    strips = [(0, 0, x1, height), (x2, 0, width, height), (0, 0, width, y1), (0, y2, width, height)]
    strips = [s for s in strips if s[2] - s[0] >= 40 and s[3] - s[1] >= 40]
    if not strips:
        return None
    left, top, right, bottom = (int(v) for v in strips[int(rng.integers(len(strips)))])
    side = int(rng.integers(40, min(right - left, bottom - top) + 1))
    x = int(rng.integers(left, right - side + 1))
    y = int(rng.integers(top, bottom - side + 1))
    return cv2.resize(picture[y:y + side, x:x + side], (size, size), interpolation=cv2.INTER_LINEAR)
