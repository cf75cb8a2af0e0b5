"""Print the figures of the diffusion model and write its contact sheets.

    python models/training/evaluate_diffusion.py --sheets FOLDER [--samples 2000] [--anonymised 500]

Inversion and return on held-out faces, samples without and with a held-out embedding, Frechet distance
in the embedding of `verify`, memorisation of real training photographs, identity after anonymisation.
"""
import time
from pathlib import Path

import numpy as np
import torch

from evaluate import sheet
from facekit.align import crop, similarity
from facekit.autoencoder import load_trained as load_autoencoder
from facekit.data import Faces, true_points
from facekit.metrics import frechet, psnr
from facekit.protect import Pack
from facekit.recogniser import load_trained as load_recogniser
from facekit.schedule import invert, sample
from facekit.session import arguments, autocast, start
from facekit.teachers import FILES, Teacher
from train_diffusion import load_diffusion

# cosine thresholds of the teachers at FAR 1e-3 on identity-pairs, as evaluate.py prints them
FAR_3 = {"mobileface": 0.382, "reid": 0.361}


def pictures(faces, index, device):
    """Canonical crops in [-1, 1]."""
    return faces.crops(index).to(device).float() / 127.5 - 1


@torch.no_grad()
def inversion(pack, x):
    """PSNR of the autoencoder and of inversion and return under key-E."""
    plain, back = [], []
    for part in x.split(32):
        latent, predict = pack.autoencoder.encode(part)[0], pack.predictor(pack.key(part))
        plain.append(psnr(pack.autoencoder.decode(latent), part))
        back.append(psnr(pack.autoencoder.decode(sample(predict, invert(predict, latent))), part))
    print(f"inversion and return, {len(x)} held-out faces: {torch.cat(back).mean():.2f} dB, "
          f"autoencoder alone {torch.cat(plain).mean():.2f} dB", flush=True)


def refinement(pack, x, rounds=(0, 50, 100, 200, 400)):
    """PSNR of inversion and return as key-E is fitted to each picture."""
    with torch.no_grad():
        latent, key = pack.autoencoder.encode(x)[0], pack.key(x)
    began, done = time.time(), 0
    for goal in rounds:
        key = pack.refine(x, key, goal - done)
        done, spent = goal, time.time() - began
        predict = pack.predictor(key)
        with torch.no_grad():
            back = psnr(pack.autoencoder.decode(sample(predict, invert(predict, latent))), x).mean()
        print(f"key-E refined {goal} rounds ({spent / len(x):.1f} s a face so far): {back:.2f} dB", flush=True)


@torch.no_grad()
def samples(pack, count, sources=None, batch=100):
    """Samples from fresh noise: unconditional, or under the embeddings of `sources`."""
    result = []
    for begin in range(0, count, batch):
        n = min(batch, count - begin)
        s = pack.diffusion.unet.settings
        z = torch.randn(n, s["channels"], s["sample_size"], s["sample_size"], device=pack.device)
        key = None if sources is None else pack.key(sources[begin:begin + n])
        result.append(pack.autoencoder.decode(sample(pack.predictor(key), z)).clamp(-1, 1).cpu())
    return torch.cat(result)


@torch.no_grad()
def embed(model, x, device, batch=100):
    """Embeddings of aligned crops by one of our recognisers."""
    size, template = model.specification["template"]
    transform = similarity(true_points(), template)
    return torch.cat([model(crop(p.to(device), transform, size)).cpu() for p in x.split(batch)]).numpy()


@torch.no_grad()
def teach(teacher, x, device, batch=100):
    """Embeddings of aligned crops by a teacher."""
    return torch.cat([teacher(p.to(device)).cpu() for p in x.split(batch)])


def memorisation(label, made, real, control, teachers, device, folder):
    """How many pictures match a real training photograph, beside held-out faces as a control."""
    for name, teacher in teachers.items():
        gallery = teach(teacher, real, device)
        value, nearest = (teach(teacher, made, device) @ gallery.T).max(1)
        usual = (teach(teacher, control, device) @ gallery.T).max(1).values
        limit = FAR_3[name]
        print(f"{label}, {name}: nearest real training photograph above FAR 1e-3: "
              f"{(value > limit).float().mean():.4f} (largest cosine {value.max():.3f}); "
              f"held-out faces: {(usual > limit).float().mean():.4f} (largest {usual.max():.3f})", flush=True)
        worst = value.argsort(descending=True)[:12]
        sheet(folder / f"nearest-{label}-{name}.png", [made[worst], real[nearest[worst]]])


def main():
    parser = arguments(__doc__)
    parser.add_argument("--sheets", type=Path, required=True)
    parser.add_argument("--samples", type=int, default=2000)
    parser.add_argument("--anonymised", type=int, default=500)
    parser.add_argument("--inverted", type=int, default=64)
    parser.add_argument("--name", default="diffusion")
    args = parser.parse_args()
    device = start(args)
    args.sheets.mkdir(parents=True, exist_ok=True)
    faces = Faces(args.runs)
    pack = Pack(load_autoencoder(args.runs, faces), load_diffusion(args.runs, args.name),
                load_recogniser(args.runs, "guide"), device)
    verify = load_recogniser(args.runs, "verify").to(device)
    held, train = faces.indices(True), faces.indices(False)
    held_out = pictures(faces, held, device)
    inversion(pack, held_out[:args.inverted])
    with torch.no_grad():
        began = time.time()
        pack.key(held_out[:1])
        print(f"key-E of one face: {time.time() - began:.4f} s", flush=True)
    refinement(pack, held_out[:8])
    with autocast(args):
        free = samples(pack, args.samples).float()
        led = samples(pack, min(16, len(held_out)), held_out[:16]).float()
    sheet(args.sheets / "unconditional.png", list(free[:48].split(12)))
    sheet(args.sheets / "conditional.png", [held_out[:12].cpu(), led[:12]])
    step = max(1, len(train) // args.samples)
    with torch.no_grad():
        again = torch.cat([pack.autoencoder.decode(pack.autoencoder.encode(
            pictures(faces, part, device))[0]).clamp(-1, 1).cpu()
            for part in np.array_split(train[::step][:args.samples], max(1, args.samples // 100))])
    reference = embed(verify, held_out, device)
    print(f"Frechet distance to {len(held)} held-out faces in the verify embedding: "
          f"samples {frechet(embed(verify, free, device), reference):.4f}, "
          f"reconstructions {frechet(embed(verify, again, device), reference):.4f}", flush=True)
    real = train[~faces.synthetic[train]]
    real = pictures(faces, real, device).cpu()
    teachers = {name: Teacher(args.shared, name, device) for name in FILES}
    control = held_out.cpu()
    memorisation("samples", free, real, control, teachers, device, args.sheets)
    source = pictures(faces, np.concatenate([held, train])[:args.anonymised], device)
    for weight in (0.0, 1.0, 3.0):
        torch.manual_seed(args.seed)
        protected = torch.cat([pack.anonymise(part, weight=weight).cpu() for part in source.split(50)])
        for name, teacher in teachers.items():
            cosine = (teach(teacher, protected, device) * teach(teacher, source.cpu(), device)).sum(1)
            print(f"anonymised, guidance {weight:g}, {name}: mean cosine {cosine.mean():.3f}, still matched at "
                  f"FAR 1e-3 {(cosine > FAR_3[name]).float().mean():.4f}", flush=True)
        sheet(args.sheets / f"anonymised-{weight:g}.png", [source[:12].cpu(), protected[:12]])
    memorisation("anonymised", protected, real, control, teachers, device, args.sheets)


if __name__ == "__main__":
    main()
