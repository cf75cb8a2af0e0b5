"""Train the autoencoder of the face crops.

    python models/training/train_autoencoder.py --minutes 60 [--widths 16,32,64,128] [--warm FILE]

Loss: absolute differences and their gradients over four scales, squared error, structural similarity,
a chroma term on a coarse scale (colours fade otherwise), feature maps and embedding of a recogniser that is
already trained (--features guide), and a small KL divergence.
"""
import torch
import torch.nn.functional as F
from safetensors.torch import load_file

from facekit.align import crop, similarity
from facekit.augment import autoencoder_batch
from facekit.autoencoder import AutoencoderKL
from facekit.data import Faces, true_points
from facekit.metrics import psnr, ssim
from facekit.recogniser import load_trained
from facekit.session import Session, autocast, start, training_arguments


def pyramid(difference):
    """Absolute difference and gradient differences over four scales."""
    loss = difference.abs().mean()
    for _ in range(3):
        loss = loss + (difference[..., 1:] - difference[..., :-1]).abs().mean()
        loss = loss + (difference[..., 1:, :] - difference[..., :-1, :]).abs().mean()
        difference = F.avg_pool2d(difference, 2)
        loss = loss + 0.5 * difference.abs().mean()
    return loss


def chroma(difference):
    """Coarse colour error: channel differences from the channel mean at 1/8 size."""
    coarse = F.avg_pool2d(difference, 8)
    return (coarse - coarse.mean(1, keepdim=True)).abs().mean()


def feature_loss(recogniser, a, b):
    """Distance of a recogniser's early feature maps, normalised over channels, and of its embeddings."""
    size, template = recogniser.specification["template"]
    transform = similarity(true_points(), template)
    maps_a, embedding_a = recogniser.features(crop(a, transform, size))
    maps_b, embedding_b = recogniser.features(crop(b, transform, size))
    loss = (1 - (embedding_a * embedding_b).sum(1)).mean()
    for fa, fb in zip(maps_a, maps_b):
        fa, fb = F.normalize(fa.float(), dim=1), F.normalize(fb.float(), dim=1)
        loss = loss + (fa - fb).pow(2).sum(1).mean()
    return loss


@torch.no_grad()
def validate(model, pictures, batch=16):
    """Mean PSNR and SSIM of the reconstructions of uint8 crops."""
    model.eval()
    values = []
    for part in pictures.split(batch):
        x = part.to(next(model.parameters()).device).float() / 127.5 - 1
        y = model.decode(model.encode(x)[0]).clamp(-1, 1)
        values.append(torch.stack([psnr(y, x), ssim(y, x)], 1))
    model.train()
    return torch.cat(values).mean(0).tolist()


def main():
    parser = training_arguments(__doc__, batch=16, rate=1e-3, samples=1_000_000)
    parser.add_argument("--widths", default="16,32,64,128")
    parser.add_argument("--layers", type=int, default=1)
    parser.add_argument("--kl", type=float, default=2e-4)
    parser.add_argument("--warm", default=None, help="safetensors of the same architecture to start from")
    parser.add_argument("--features", default=None,
                        help="name of a trained recogniser whose features join the loss")
    parser.add_argument("--decoder-only", action="store_true",
                        help="keep the encoder, and so the latents that a diffusion model was trained on")
    parser.add_argument("--name", default="autoencoder")
    args = parser.parse_args()
    device = start(args)
    model = AutoencoderKL(tuple(int(w) for w in args.widths.split(",")), args.layers)
    if args.warm:
        model.load_state_dict({k: v.float() for k, v in load_file(args.warm).items()})
    model.to(device)
    if device.type == "cuda":
        model.to(memory_format=torch.channels_last)
    if args.decoder_only:
        model.encoder.requires_grad_(False)
        model.quant_conv.requires_grad_(False)
    optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], args.rate, betas=(0.9, 0.99), weight_decay=1e-3)
    session = Session(args.name, args, model, optimizer, decay=0.999)
    session.extra["settings"] = model.settings
    faces = Faces(args.runs)
    validation = faces.crops(faces.indices(True)[::4])
    recogniser = None
    if args.features:
        recogniser = load_trained(args.runs, args.features).to(device).eval().requires_grad_(False)
    while session.running():
        x = autoencoder_batch(faces, args.batch, device)
        with autocast(args):
            mean, logvar = model.encode(x)
            z = mean + torch.exp(0.5 * logvar.clamp(-12, 2)) * torch.randn_like(mean)
            y = model.decode(z)
            perceptual = feature_loss(recogniser, y.float(), x) if recogniser else torch.zeros((), device=device)
        y, mean, logvar = y.float(), mean.float(), logvar.float()
        difference = y - x
        kl = 0.5 * (mean ** 2 + logvar.exp() - 1 - logvar).mean()
        square = difference.pow(2).mean()
        structure = 1 - ssim(y, x).mean()
        loss = (pyramid(difference) + 5 * square + 0.3 * structure + chroma(difference)
                + 0.1 * perceptual + args.kl * kl)
        session.optimise(loss, len(x), square=square, structure=structure, perceptual=perceptual, kl=kl)
        if session.due():
            finish(session, model, validation, args)
    finish(session, model, validation, args)


def finish(session, model, validation, args):
    """Checkpoint, with the averaged model's validation numbers."""
    session.save()
    averaged = AutoencoderKL(**model.settings).to(next(model.parameters()).device)
    averaged.load_state_dict(session.average.state)
    value = validate(averaged, validation)
    print(f"{args.name} held-out {len(validation)}: PSNR {value[0]:.2f} SSIM {value[1]:.4f}", flush=True)


if __name__ == "__main__":
    main()
