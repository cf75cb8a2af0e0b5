"""Print how well the error of the noise prediction tells flawed new faces from good ones, as the plugin chooses by it.

    python models/training/evaluate_choice.py [--sheets FOLDER] [--sharpening S]

Six new faces for each of 32 held-out photographs, by the exported model, without guidance and in half as many steps
as the plugin makes, composed and coloured as there. `LABELS` say which are plainly flawed (a second mouth, a
smeared eye, a bitten cheek) and which are good by eye; those between are in neither list. They were made by one person
before the measure was computed for these pictures, and belong to them alone: another model needs new ones, from `--sheets`,
and so does `--sharpening` (perturbed-attention guidance as the plugin has it), with which only the mean error is printed.
"""
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

from facekit.augment import crop_views, load
from facekit.autoencoder import load_trained
from facekit.data import CANONICAL_SIZE, Faces
from facekit.encoder import STAGES
from facekit.schedule import STEPS, alphas, timesteps
from facekit.session import arguments, start
from facekit.views import match_colour
from train_diffusion import load_diffusion

PEOPLE, EACH, COUNT, STRENGTH, TAU = 32, 6, 25, 0.55, 0.3
LOOKS = (101, 201, 301, 401)
SHARPENING_SWITCH = 300
# person: good new faces, flawed ones
LABELS = {
    0: ("2", "0145"), 1: ("0235", "14"), 2: ("1", "0234"), 3: ("345", "2"), 4: ("13", "0245"), 5: ("02", "134"),
    6: ("45", "123"), 7: ("0", "345"), 8: ("01", "23"), 9: ("123", "5"), 10: ("0125", "3"), 12: ("3", "25"),
    13: ("05", "4"), 14: ("12", "45"), 15: ("015", "34"), 16: ("023", "1"), 17: ("145", "23"), 18: ("45", "3"),
    19: ("03", "15"), 20: ("02345", "1"), 21: ("125", "4"), 22: ("", "5"), 23: ("04", "125"), 24: ("035", "2"),
    25: ("024", ""), 26: ("15", ""), 27: ("0134", "2"), 29: ("024", "135"), 31: ("5", "13")}


def face_mask(size=CANONICAL_SIZE):
    """Weight of the new face in a crop, (1, 1, size, size): `FaceMask.STANDARD` of the plugin, with the softer edge
    that it had when `LABELS` were made."""
    axis = (torch.arange(size) + 0.5) / size
    r = (((axis[None] - 0.5) / 0.43) ** 2 + ((axis[:, None] - 0.53) / 0.465) ** 2).sqrt()
    t = ((1 - r) / (1 - 0.78)).clamp(0, 1)
    return (t * t * (3 - 2 * t))[None, None]


def new_faces(model, autoencoder, x, sharpening):
    """New faces of pictures in [-1, 1], with fresh noise in every step."""
    a, ts = alphas(), timesteps(COUNT)
    first = int(STRENGTH * COUNT)
    clean, key = autoencoder.encode(x)[0], model.msi.all_stages(model.encoder(x))
    null = model.msi.null_embedding.expand(len(x), -1, -1)
    z = a[ts[first]].sqrt() * clean + (1 - a[ts[first]]).sqrt() * torch.randn_like(clean)
    for k in reversed(range(first + 1)):
        now, then = a[ts[k]], a[ts[k - 1]] if k else a[0]
        context = key[:, ts[k] * STAGES // STEPS] if ts[k] > TAU * STEPS else null
        t = torch.full((len(z),), ts[k])
        noise = model.unet(z, t, context)
        if sharpening and ts[k] > SHARPENING_SWITCH:
            noise = noise + sharpening * (noise - model.unet.perturbed(z, t, context))
        sigma = ((1 - then) / (1 - now) * (1 - now / then)).sqrt()
        guess = (z - (1 - now).sqrt() * noise) / now.sqrt()
        z = then.sqrt() * guess + (1 - then - sigma ** 2).clamp(min=0).sqrt() * noise + sigma * torch.randn_like(z)
    return autoencoder.decode(z).clamp(-1, 1)


def strangeness(model, z, weights):
    """Mean square error of the predicted noise without a condition, the same noise for all (FaceDiffusion.strangeness)."""
    a, noise, total = alphas(), torch.randn_like(z[:1]), 0
    null = model.msi.null_embedding
    for t in LOOKS:
        noisy = a[t].sqrt() * z + (1 - a[t]).sqrt() * noise
        off = torch.cat([model.unet(part, torch.full((len(part),), t), null.expand(len(part), -1, -1))
                         for part in noisy.split(64)]) - noise
        total = total + (off ** 2 * weights).mean((1, 2, 3)) / weights.mean() / len(LOOKS)
    return total


@torch.no_grad()
def candidates(args):
    """The model, the autoencoder, originals (n, 3, h, w) and new faces in them (n, each, 3, h, w)."""
    faces = Faces(args.runs)
    index = faces.indices(True)
    index = np.random.default_rng(3).choice(index[~faces.synthetic[index]], PEOPLE, replace=False)
    # in this order: opening the models draws random numbers, too
    torch.manual_seed(7)
    x = crop_views(load(faces.pictures, index, "cpu"), canonical=1.0)
    x = ((x + 1) * 127.5).round().clamp(0, 255) / 127.5 - 1
    model, autoencoder = load_diffusion(args.runs), load_trained(args.runs, faces).eval()
    plain = autoencoder.decode(autoencoder.encode(x)[0])
    made = torch.cat([new_faces(model, autoencoder, part.repeat(EACH, 1, 1, 1), args.sharpening)
                      .unflatten(0, (EACH, -1)) for part in x.split(8)], 1).transpose(0, 1)
    composed = torch.stack([x + face_mask() * (match_colour(made[:, k], plain) - x) for k in range(EACH)], 1)
    return model, autoencoder, x, composed


def write_sheets(x, composed, folder):
    """Two sheets: each original with its new faces to the right."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = torch.cat([x[:, None], composed], 1).clamp(-1, 1).permute(0, 3, 1, 4, 2).flatten(2, 3)
    for k, part in enumerate(rows.split(PEOPLE // 2)):
        picture = ((part.flatten(0, 1) + 1) * 127.5).round().byte().numpy()
        Image.fromarray(picture).save(folder / f"choice-{k}.png")


def main():
    parser = arguments(__doc__)
    parser.add_argument("--sheets", type=Path, help="folder for the pictures to label")
    parser.add_argument("--sharpening", type=float, default=0, help="scale of perturbed-attention guidance")
    args = parser.parse_args()
    start(args)
    model, autoencoder, x, composed = candidates(args)
    if args.sheets:
        write_sheets(x, composed, args.sheets)
    with torch.no_grad():
        z = torch.cat([autoencoder.encode(part)[0] for part in composed.flatten(0, 1).split(32)])
        torch.manual_seed(1)
        error = strangeness(model, z, F.interpolate(face_mask(), size=16, mode="area")).view(PEOPLE, EACH)
    print(f"error of the noise prediction: {error.log().mean().exp():.4f}, geometric mean", flush=True)
    if args.sharpening:
        return
    lists = {i: ([int(c) for c in good], [int(c) for c in bad]) for i, (good, bad) in LABELS.items()}
    pairs = [bool(error[i, g] < error[i, b]) for i, (good, bad) in lists.items() for g in good for b in bad]
    flawed = [int(error[i, o:o + 3].argmin()) + o in lists.get(i, ([], []))[1] for i in range(PEOPLE) for o in (0, 3)]
    chance = sum(len(bad) for _, bad in lists.values()) / (PEOPLE * EACH)
    print(f"a good new face is less strange than a flawed one of the same person in {np.mean(pairs):.3f} of {len(pairs)} "
          f"pairs; flawed by chance {chance:.3f}, the least strange of three {np.mean(flawed):.3f}", flush=True)


if __name__ == "__main__":
    main()
