"""Train the noise predictor, the image encoder and MSI together on the autoencoder's latents.

    python models/training/train_diffusion.py --minutes 8 --device cuda --batch 256 --views 24

Each picture's own stage embedding is its condition; for a part of the pictures the learned null
embedding takes its place, which makes the unconditional model: new faces come from it below the switch of
the embedding schedule, so it gets its share of the pictures. Loss: squared error of the noise, weighted by
`error_weight`. Latents of several views of every training face are computed once at the start.
"""
import hashlib

import torch
from torch import nn

from facekit.augment import broad_views, crop_views, load
from facekit.autoencoder import load_trained
from facekit.data import Faces
from facekit.encoder import STAGES, ImageEncoder, StageEmbedding
from facekit.schedule import STEPS, alphas, error_weight
from facekit.session import Session, autocast, save_atomically, start, training_arguments
from facekit.unet import UNet2DConditionModel


class Diffusion(nn.Module):
    """The three networks that are trained together."""

    def __init__(self, unet=None, encoder=None, msi=None):
        super().__init__()
        self.unet = UNet2DConditionModel(**(unet or {}))
        self.encoder = ImageEncoder(**(encoder or {}))
        self.msi = StageEmbedding(**(msi or {}))

    def settings(self):
        """What is needed to build the networks again."""
        return dict(unet=self.unet.settings, encoder=self.encoder.settings, msi=self.msi.settings)

    def forward(self, z, t, pictures):
        """Noise prediction; the first len(pictures) latents have their own embedding, the rest the null one."""
        learned = len(pictures)
        condition = self.msi(self.encoder(pictures), t[:learned] * STAGES // STEPS)
        null = self.msi.null_embedding.to(condition.dtype).expand(len(z) - learned, -1, -1)
        return self.unet(z, t, torch.cat([condition, null]))


@torch.no_grad()
def cached_views(args, faces, indices, autoencoder, device, batch=64):
    """uint8 pictures and float16 latent means of `--views` views of each face; view 0 is the plain crop."""
    pictures, latents = [], []
    for view in range(args.views):
        for part in torch.from_numpy(indices).split(batch):
            if view == 0:
                x = faces.crops(part.numpy()).to(device).float() / 127.5 - 1
            elif view == 1:
                x = faces.crops(part.numpy()).flip(-1).to(device).float() / 127.5 - 1
            else:
                x = load(faces.pictures, part.numpy(), device)
                x = broad_views(x) if args.broad else crop_views(x, canonical=0.3)
            x = ((x + 1) * 127.5).round().clamp(0, 255)
            pictures.append(x.byte())
            with autocast(args):
                latents.append(autoencoder.encode(x / 127.5 - 1)[0].half())
    return torch.cat(pictures), torch.cat(latents)


def kept_views(args, faces, indices, autoencoder, device):
    """`cached_views`, kept in a file for the next process as long as the encoder is the same."""
    digest = hashlib.sha256(f"{args.views} {args.broad} {args.seed} {len(indices)}".encode())
    for part in (autoencoder.encoder, autoencoder.quant_conv):
        for value in part.state_dict().values():
            digest.update(value.cpu().contiguous().numpy().tobytes())
    path = args.runs / "views" / f"{digest.hexdigest()[:16]}.pt"
    if not path.exists():
        save_atomically(cached_views(args, faces, indices, autoencoder, device), path)
    return tuple(value.to(device) for value in torch.load(path, map_location="cpu"))


def balanced(pools, count, device):
    """Random indices, as many of each pool, mixed."""
    share = count // len(pools)
    index = torch.cat([pool[torch.randint(len(pool), (share,), device=device)] for pool in pools])
    return index[torch.randperm(len(index), device=device)]


def load_diffusion(runs, name="diffusion"):
    """Averaged weights of a training run."""
    state = torch.load(runs / name / "checkpoint.pt", map_location="cpu", weights_only=False)
    model = Diffusion(**state["extra"]["settings"])
    model.load_state_dict(state["average"])
    return model.eval()


def main():
    parser = training_arguments(__doc__, batch=32, rate=6e-4, samples=4_000_000)
    parser.add_argument("--views", type=int, default=2, help="views of each face to compute latents of")
    parser.add_argument("--broad", action="store_true", help="views unlike the training pictures, see broad_views")
    parser.add_argument("--drop", type=float, default=0.5, help="share of unconditional pictures")
    parser.add_argument("--focus", type=float, default=0.7,
                        help="share of the pictures whose time step is one that protection uses: up to 600 "
                             "without a condition, up to 800 with one; the others' is any")
    parser.add_argument("--decay", type=float, default=0.9995, help="of the moving average")
    parser.add_argument("--widths", default="80,160")
    parser.add_argument("--encoder-rate", type=float, default=1.5, help="learning rate factor")
    parser.add_argument("--synthetic-only", action="store_true", help="no photographs of real people")
    parser.add_argument("--name", default="diffusion")
    args = parser.parse_args()
    device = start(args)
    model = Diffusion(dict(widths=tuple(int(w) for w in args.widths.split(",")))).to(device)
    optimizer = torch.optim.AdamW(
        [dict(params=model.unet.parameters(), lr=args.rate),
         dict(params=[*model.encoder.parameters(), *model.msi.parameters()],
              lr=args.rate * args.encoder_rate)], args.rate, betas=(0.9, 0.99), weight_decay=0.01)
    session = Session(args.name, args, model, optimizer, decay=args.decay)
    session.extra["settings"] = model.settings()
    faces = Faces(args.runs)
    indices = faces.indices(False)
    if args.synthetic_only:
        indices = indices[faces.synthetic[indices]]
    autoencoder = load_trained(args.runs, faces).to(device).requires_grad_(False)
    pictures, latents = kept_views(args, faces, indices, autoencoder, device)
    synthetic = torch.from_numpy(faces.synthetic[indices]).repeat(args.views).to(device)
    pools = [pool for pool in (synthetic.nonzero()[:, 0], (~synthetic).nonzero()[:, 0]) if len(pool)]
    a = alphas(device)
    print(f"{len(indices)} faces, {len(latents)} latents, "
          f"{sum(p.numel() for p in model.parameters()) / 1e6:.1f} M parameters", flush=True)
    while session.running():
        index = balanced(pools, args.batch, device)
        z = latents[index].float()
        x = pictures[index].float() / 127.5 - 1
        x = x + torch.randn_like(x) * 0.02
        kept = len(index) - round(args.drop * len(index))
        drop = torch.arange(len(index), device=device) >= kept
        used = torch.where(drop, 600, 800)
        used = torch.where(torch.rand(len(index), device=device) < args.focus, used, STEPS)
        t = (torch.rand(len(index), device=device) * used).long()
        noise = torch.randn_like(z)
        level = a[t].view(-1, 1, 1, 1)
        with autocast(args):
            predicted = model(level.sqrt() * z + (1 - level).sqrt() * noise, t, x[:kept])
        error = (predicted.float() - noise).pow(2).mean((1, 2, 3))
        loss = (error_weight(a[t]) * error).mean()
        with torch.no_grad():
            learned = (error * ~drop).sum() / (~drop).sum().clamp_min(1)
            null = (error * drop).sum() / drop.sum().clamp_min(1)
        session.optimise(loss, len(index), learned=learned, null=null)
        if session.due():
            session.save()
    session.save()


if __name__ == "__main__":
    main()
