"""A simple measure of skin tone, for figures by group."""
import cv2
import numpy as np

# patches beside the nose in the canonical 128-px crop: rows, columns
CHEEKS = ((slice(68, 80), slice(42, 54)), (slice(68, 80), slice(74, 86)))
GROUPS = (("dark", -90.0, 10.0), ("medium", 10.0, 41.0), ("light", 41.0, 90.1))


def typology_angle(crop):
    """Individual typology angle in degrees of an RGB uint8 canonical crop; higher is lighter."""
    pixels = np.concatenate([crop[rows, columns].reshape(-1, 3) for rows, columns in CHEEKS])
    lab = cv2.cvtColor((pixels[None] / 255).astype(np.float32), cv2.COLOR_RGB2LAB)[0]
    lightness, yellow = np.median(lab[:, 0]), np.median(lab[:, 2])
    return float(np.degrees(np.arctan2(lightness - 50, max(yellow, 1e-3))))


def skin_groups(crops):
    """Name -> mask of the crops (n, 3, 128, 128 uint8 tensor) in the group."""
    angles = np.array([typology_angle(c.permute(1, 2, 0).numpy()) for c in crops])
    return {name: (angles >= low) & (angles < high) for name, low, high in GROUPS}
