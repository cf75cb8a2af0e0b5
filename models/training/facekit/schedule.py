"""Noise schedule and deterministic DDIM, as the specification has them."""
import torch

STEPS = 1000


def alphas(device="cpu"):
    """Cumulative alphas of the scaled-linear schedule."""
    beta = torch.linspace(0.00085 ** 0.5, 0.012 ** 0.5, STEPS, dtype=torch.float64) ** 2
    return torch.cumprod(1 - beta, 0).float().to(device)


def error_weight(level):
    """Weight of the noise's squared error at cumulative alpha `level`.

    min-SNR 5 (Hang et al. 2023) where there is little noise, 1 / sqrt(SNR) (Yu et al. 2024, "Debias the training
    of diffusion models") where there is more noise than picture: a small error of the noise is a large one of the
    picture there, and layout and light are decided. Nearly clean latents keep a fifth: inversion starts from them.
    """
    ratio = level / (1 - level)
    return (ratio.clamp(max=5) / ratio).clamp(min=0.2) * ratio.clamp(max=1).rsqrt()


def timesteps(count):
    """t_k = 1 + k * (1000 / count), ascending."""
    return [1 + k * (STEPS // count) for k in range(count)]


def step(z, noise, now, then):
    """One DDIM step of eta 0 from cumulative alpha `now` to `then`."""
    return then.sqrt() * (z - (1 - now).sqrt() * noise) / now.sqrt() + (1 - then).sqrt() * noise


@torch.no_grad()
def sample(predict, z, count=50, first=None):
    """Denoise from step index `first` (default: the last) down; predict(z, t) gives the noise."""
    a, ts = alphas(z.device), timesteps(count)
    for k in reversed(range(count if first is None else first)):
        z = step(z, predict(z, ts[k]), a[ts[k]], a[ts[k - 1]] if k else a[0])
    return z


@torch.no_grad()
def invert(predict, z, count=50):
    """DDIM inversion of a clean latent: the noise from which `sample` returns to it."""
    a, ts = alphas(z.device), timesteps(count)
    for k in range(count):
        z = step(z, predict(z, ts[k]), a[ts[k]], a[ts[k + 1]] if k + 1 < count else a[ts[-1] + 1])
    return z


def config():
    """Scheduler configuration in the diffusers layout."""
    return {"_class_name": "DDIMScheduler", "num_train_timesteps": STEPS, "beta_start": 0.00085,
            "beta_end": 0.012, "beta_schedule": "scaled_linear", "prediction_type": "epsilon",
            "clip_sample": False, "set_alpha_to_one": False, "steps_offset": 1,
            "timestep_spacing": "leading"}
