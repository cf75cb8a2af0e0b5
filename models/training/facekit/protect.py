"""The product's use of the model in a few lines, to measure the model: reconstruct, sample, anonymise."""
import torch

from .align import crop, similarity
from .data import true_points
from .encoder import STAGES
from .schedule import STEPS, alphas, step, timesteps


class Pack:
    """The trained networks of the pack on one device."""

    def __init__(self, autoencoder, diffusion, guide, device):
        self.autoencoder = autoencoder.to(device).eval().requires_grad_(False)
        self.diffusion = diffusion.to(device).eval().requires_grad_(False)
        self.guide = guide.to(device).eval().requires_grad_(False) if guide is not None else None
        self.device = device

    def key(self, x):
        """Key-E of pictures in [-1, 1]: (n, stages, tokens, context)."""
        return self.diffusion.msi.all_stages(self.diffusion.encoder(x))

    def predictor(self, key, switch=0.0):
        """Noise under the learned stage embedding above `switch`, under the null embedding below.

        key None: unconditional everywhere.
        """
        null = self.diffusion.msi.null_embedding

        def predict(z, t):
            if key is None or t <= STEPS * switch:
                context = null.expand(len(z), -1, -1)
            else:
                context = key[:, t * STAGES // STEPS]
            return self.diffusion.unet(z, torch.full((len(z),), t, device=z.device), context)

        return predict

    def refine(self, x, key, rounds, copies=8, rate=3e-3):
        """Key-E fitted to its own pictures by the training loss, all faces at once."""
        clean = self.autoencoder.encode(x)[0].detach().repeat(copies, 1, 1, 1)
        key = key.detach().clone().requires_grad_(True)
        optimizer = torch.optim.Adam([key], rate)
        a = alphas(self.device)
        owner = torch.arange(len(x), device=self.device).repeat(copies)
        for _ in range(rounds):
            t = torch.randint(0, STEPS, (len(clean),), device=self.device)
            level, noise = a[t].view(-1, 1, 1, 1), torch.randn_like(clean)
            z = level.sqrt() * clean + (1 - level).sqrt() * noise
            error = self.diffusion.unet(z, t, key[owner, t * STAGES // STEPS]) - noise
            weight = (a[t] / (1 - a[t])).clamp(max=5) * (1 - a[t]) / a[t]
            optimizer.zero_grad()
            (weight * error.pow(2).mean((1, 2, 3))).mean().backward()
            optimizer.step()
        return key.detach()

    def guide_embedding(self, x):
        """Embedding of aligned crops by the guiding recogniser."""
        size, template = self.guide.specification["template"]
        return self.guide(crop(x, similarity(true_points(), template), size))

    def anonymise(self, x, strength=0.6, switch=0.4, weight=1.0, count=50):
        """Protected pictures: start noise at `strength`, stage embeddings above `switch`, guidance away."""
        a, ts = alphas(self.device), timesteps(count)
        with torch.no_grad():
            clean, key, original = self.autoencoder.encode(x)[0], self.key(x), self.guide_embedding(x)
        first = int(strength * count)
        z = a[ts[first]].sqrt() * clean + (1 - a[ts[first]]).sqrt() * torch.randn_like(clean)
        predict = self.predictor(key, switch)
        for k in reversed(range(first)):
            now, then = a[ts[k]], a[ts[k - 1]] if k else a[0]
            with torch.no_grad():
                noise = predict(z, ts[k])
            guess = ((z - (1 - now).sqrt() * noise) / now.sqrt()).detach().requires_grad_(True)
            cosine = (self.guide_embedding(self.autoencoder.decode(guess)) * original).sum(1)
            gradient = torch.autograd.grad(cosine.clamp_min(0).sum(), guess)[0]
            z = step(z, noise, now, then) - weight * gradient
        with torch.no_grad():
            return self.autoencoder.decode(z).clamp(-1, 1)
