"""Go on training the diffusion model with an adversary, which does not let it guess the mean of all faces.

    python models/training/train_adversarial.py --schedule-minutes 90 [--weight 0.3]

A small network that has seen few pictures answers uncertainty with a blur. Here a discriminator
(`facekit/discriminator.py`) looks at the clean latent that the predicted noise implies, beside latents of real
pictures, and its gradient joins that of the squared error: `--weight` times as strong, measured at the
predicted noise. The discriminator never ships, and sampling costs what it did. Starts from the averaged weights
of `train_diffusion.py` and keeps its own checkpoint: `export.py diffusion --diffusion-name adversarial`.
"""
import torch
import torch.nn.functional as F

from facekit.autoencoder import load_trained
from facekit.data import Faces
from facekit.discriminator import Discriminator
from facekit.schedule import STEPS, alphas, error_weight
from facekit.session import Session, autocast, save_atomically, start, training_arguments
from train_diffusion import Diffusion, balanced, kept_views


def noised(z, t, a):
    """Latents under fresh noise of their time steps."""
    level = a[t].view(-1, 1, 1, 1)
    return level.sqrt() * z + (1 - level).sqrt() * torch.randn_like(z)


class Adversary:
    """The discriminator, its optimiser and its two losses (logistic, gradient penalty on real latents)."""

    def __init__(self, args, session, a):
        self.model = Discriminator().to(a.device)
        self.optimizer = torch.optim.Adam(self.model.parameters(), args.adversary_rate, betas=(0.0, 0.99))
        if "adversary" in session.extra:
            self.model.load_state_dict(session.extra["adversary"])
            self.optimizer.load_state_dict(session.extra["adversary_optimizer"])
        self.session, self.a, self.penalty, self.steps = session, a, args.penalty, 0

    def _times(self, count):
        return (torch.rand(count, device=self.a.device) ** 2 * 400).long()

    def learn(self, real, fake):
        """One step; returns the loss."""
        t, s = self._times(len(real)), self._times(len(fake))
        seen = noised(real, t, self.a).requires_grad_(self.steps % 4 == 0)
        real_logits, fake_logits = self.model(seen, t), self.model(noised(fake, s, self.a), s)
        loss = sum(F.softplus(-r).mean() + F.softplus(f).mean() for r, f in zip(real_logits, fake_logits))
        total = loss
        if self.steps % 4 == 0:
            slope = torch.autograd.grad(sum(r.mean(1).sum() for r in real_logits), seen, create_graph=True)[0]
            total = loss + 4 * self.penalty / 2 * slope.pow(2).sum((1, 2, 3)).mean()
        self.optimizer.zero_grad(set_to_none=True)
        total.backward()
        self.optimizer.step()
        self.steps += 1
        return loss.detach() / len(real_logits)

    def save(self):
        """The session's checkpoint, with the discriminator."""
        self.session.extra["adversary"] = self.model.state_dict()
        self.session.extra["adversary_optimizer"] = self.optimizer.state_dict()
        self.session.save()

    def slope(self, fake):
        """Gradient, at clean latents, of the loss that wants them taken for real; one a latent."""
        fake = fake.detach().requires_grad_(True)
        t = self._times(len(fake))
        loss = sum(F.softplus(-f).mean(1).sum() for f in self.model(noised(fake, t, self.a), t))
        return torch.autograd.grad(loss, fake)[0]


def begin(args):
    """The first checkpoint: averaged weights of the run to go on from."""
    path = args.runs / args.name / "checkpoint.pt"
    if not path.exists():
        state = torch.load(args.runs / args.start / "checkpoint.pt", map_location="cpu", weights_only=False)
        save_atomically(dict(average=state["average"], step=0, samples=0, elapsed=0.0,
                             extra=dict(settings=state["extra"]["settings"])), path)


def main():
    parser = training_arguments(__doc__, batch=32, rate=2e-4, samples=4_000_000)
    parser.add_argument("--views", type=int, default=6, help="views of each face to compute latents of")
    parser.add_argument("--broad", action="store_true", help="views unlike the training pictures, see broad_views")
    parser.add_argument("--drop", type=float, default=0.6, help="share of unconditional pictures")
    parser.add_argument("--last", type=int, default=800, help="time steps from here on have no adversary")
    parser.add_argument("--focus", type=float, default=0.8,
                        help="share of the pictures whose time step is before that one; the others' is any")
    parser.add_argument("--weight", type=float, default=0.3, help="of the adversary, by its gradient's size")
    parser.add_argument("--adversary-rate", type=float, default=3e-4)
    parser.add_argument("--penalty", type=float, default=0.5, help="on the discriminator's slope at real latents")
    parser.add_argument("--decay", type=float, default=0.999, help="of the moving average")
    parser.add_argument("--name", default="adversarial")
    parser.add_argument("--start", default="diffusion", help="run to go on from, if there is no checkpoint yet")
    args = parser.parse_args()
    device = start(args)
    begin(args)
    model = Diffusion().to(device)
    optimizer = torch.optim.AdamW(model.parameters(), args.rate, betas=(0.9, 0.99), weight_decay=0.01)
    session = Session(args.name, args, model, optimizer, decay=args.decay)
    session.extra["settings"] = model.settings()
    faces = Faces(args.runs)
    indices = faces.indices(False)
    autoencoder = load_trained(args.runs, faces).to(device).requires_grad_(False)
    pictures, latents = kept_views(args, faces, indices, autoencoder, device)
    synthetic = torch.from_numpy(faces.synthetic[indices]).repeat(args.views).to(device)
    pools = [synthetic.nonzero()[:, 0], (~synthetic).nonzero()[:, 0]]
    a = alphas(device)
    adversary = Adversary(args, session, a)
    sizes = None

    while session.running():
        index = balanced(pools, args.batch, device)
        z, x = latents[index].float(), pictures[index].float() / 127.5 - 1
        x = x + torch.randn_like(x) * 0.02
        kept = len(index) - round(args.drop * len(index))
        used = torch.where(torch.rand(len(index), device=device) < args.focus, args.last, STEPS)
        t = (torch.rand(len(index), device=device) * used).long()
        noise, level = torch.randn_like(z), a[t].view(-1, 1, 1, 1)
        noisy = level.sqrt() * z + (1 - level).sqrt() * noise
        with autocast(args):
            predicted = model(noisy, t, x[:kept]).float()
        square = (error_weight(a[t]) * (predicted - noise).pow(2).mean((1, 2, 3))).mean()
        # both gradients at the predicted noise: the second alike for every time step, not as the chain rule has it
        exact = torch.autograd.grad(square, predicted, retain_graph=True)[0]
        guess = ((noisy - (1 - level).sqrt() * predicted) / level.sqrt()).detach()
        judged = t < args.last
        critical = torch.zeros_like(exact)
        critical[judged] = -adversary.slope(guess[judged])
        now = torch.stack([exact.pow(2).mean().sqrt(), critical.pow(2).mean().sqrt() + 1e-12])
        sizes = now if sizes is None else sizes + 0.02 * (now - sizes)
        weight = args.weight * sizes[0] / sizes[1]
        loss = (predicted * (exact + weight * critical)).sum()
        session.optimise(loss, len(index), square=square)
        others = balanced(pools, args.batch, device)[:int(judged.sum())]
        told = adversary.learn(latents[others].float(), guess[judged])
        session.losses["adversary"] = session.losses.get("adversary", told) * 0.98 + told * 0.02
        if session.due():
            adversary.save()
    adversary.save()


if __name__ == "__main__":
    main()
