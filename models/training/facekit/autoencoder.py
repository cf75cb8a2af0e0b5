"""AutoencoderKL: variational autoencoder whose state-dict names follow the diffusers checkpoint layout."""
import torch
import torch.nn.functional as F
from torch import nn


class ResnetBlock(nn.Module):
    """Two normalised 3x3 convolutions with a residual connection."""

    def __init__(self, inner, outer, groups):
        super().__init__()
        self.norm1 = nn.GroupNorm(groups, inner, eps=1e-6)
        self.conv1 = nn.Conv2d(inner, outer, 3, padding=1)
        self.norm2 = nn.GroupNorm(groups, outer, eps=1e-6)
        self.conv2 = nn.Conv2d(outer, outer, 3, padding=1)
        if inner != outer:
            self.conv_shortcut = nn.Conv2d(inner, outer, 1)

    def forward(self, x):
        h = self.conv1(F.silu(self.norm1(x)))
        h = self.conv2(F.silu(self.norm2(h)))
        return (self.conv_shortcut(x) if hasattr(self, "conv_shortcut") else x) + h


class Attention(nn.Module):
    """Single-head self-attention over the positions of a feature map."""

    def __init__(self, channels, groups):
        super().__init__()
        self.group_norm = nn.GroupNorm(groups, channels, eps=1e-6)
        self.to_q = nn.Linear(channels, channels)
        self.to_k = nn.Linear(channels, channels)
        self.to_v = nn.Linear(channels, channels)
        self.to_out = nn.ModuleList([nn.Linear(channels, channels)])

    def forward(self, x):
        b, c, h, w = x.shape
        t = self.group_norm(x).flatten(2).transpose(1, 2)
        a = F.scaled_dot_product_attention(self.to_q(t), self.to_k(t), self.to_v(t))
        return x + self.to_out[0](a).transpose(1, 2).reshape(b, c, h, w)


class Downsample(nn.Module):
    """Stride-2 convolution, padded on the right and below."""

    def __init__(self, channels):
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, stride=2)

    def forward(self, x):
        return self.conv(F.pad(x, (0, 1, 0, 1)))


class Upsample(nn.Module):
    """Nearest-neighbour doubling and a convolution."""

    def __init__(self, channels):
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x):
        return self.conv(F.interpolate(x, scale_factor=2.0, mode="nearest"))


class Level(nn.Module):
    """Residual blocks of one resolution, then a change of resolution except on the last level."""

    def __init__(self, inner, outer, layers, groups, resample=None):
        super().__init__()
        self.resnets = nn.ModuleList(
            ResnetBlock(inner if i == 0 else outer, outer, groups) for i in range(layers))
        if resample is not None:
            setattr(self, resample, nn.ModuleList(
                [Downsample(outer) if resample == "downsamplers" else Upsample(outer)]))
        self.resample = resample

    def forward(self, x):
        for block in self.resnets:
            x = block(x)
        return getattr(self, self.resample)[0](x) if self.resample else x


class Middle(nn.Module):
    """Bottleneck: two residual blocks, optionally attention between them."""

    def __init__(self, channels, groups, attention):
        super().__init__()
        self.resnets = nn.ModuleList(ResnetBlock(channels, channels, groups) for _ in range(2))
        if attention:
            self.attentions = nn.ModuleList([Attention(channels, groups)])

    def forward(self, x):
        x = self.resnets[0](x)
        if hasattr(self, "attentions"):
            x = self.attentions[0](x)
        return self.resnets[1](x)


class Encoder(nn.Module):
    """Picture to the moments of the latent distribution."""

    def __init__(self, widths, layers, latent, groups, attention):
        super().__init__()
        self.conv_in = nn.Conv2d(3, widths[0], 3, padding=1)
        self.down_blocks = nn.ModuleList(
            Level(widths[max(0, i - 1)], width, layers, groups,
                  "downsamplers" if i + 1 < len(widths) else None)
            for i, width in enumerate(widths))
        self.mid_block = Middle(widths[-1], groups, attention)
        self.conv_norm_out = nn.GroupNorm(groups, widths[-1], eps=1e-6)
        self.conv_out = nn.Conv2d(widths[-1], 2 * latent, 3, padding=1)

    def forward(self, x):
        x = self.conv_in(x)
        for level in self.down_blocks:
            x = level(x)
        return self.conv_out(F.silu(self.conv_norm_out(self.mid_block(x))))


class Decoder(nn.Module):
    """Latent to picture."""

    def __init__(self, widths, layers, latent, groups, attention):
        super().__init__()
        widths = tuple(reversed(widths))
        self.conv_in = nn.Conv2d(latent, widths[0], 3, padding=1)
        self.mid_block = Middle(widths[0], groups, attention)
        self.up_blocks = nn.ModuleList(
            Level(widths[max(0, i - 1)], width, layers + 1, groups,
                  "upsamplers" if i + 1 < len(widths) else None)
            for i, width in enumerate(widths))
        self.conv_norm_out = nn.GroupNorm(groups, widths[-1], eps=1e-6)
        self.conv_out = nn.Conv2d(widths[-1], 3, 3, padding=1)

    def forward(self, z):
        z = self.mid_block(self.conv_in(z))
        for level in self.up_blocks:
            z = level(z)
        return self.conv_out(F.silu(self.conv_norm_out(z)))


class AutoencoderKL(nn.Module):
    """Encoder and decoder with 1x1 convolutions around the latent."""

    def __init__(self, widths=(16, 32, 64, 128), layers=1, latent=8, groups=8, attention=False,
                 sample_size=128):
        super().__init__()
        self.settings = dict(widths=tuple(widths), layers=layers, latent=latent, groups=groups,
                             attention=attention, sample_size=sample_size)
        self.encoder = Encoder(widths, layers, latent, groups, attention)
        self.decoder = Decoder(widths, layers, latent, groups, attention)
        self.quant_conv = nn.Conv2d(2 * latent, 2 * latent, 1)
        self.post_quant_conv = nn.Conv2d(latent, latent, 1)

    def encode(self, x):
        """Mean and log variance of the latent."""
        mean, logvar = self.quant_conv(self.encoder(x)).chunk(2, 1)
        return mean, logvar.clamp(-30, 20)

    def decode(self, z):
        """Picture of a latent (no scaling factor applied)."""
        return self.decoder(self.post_quant_conv(z))

    def config(self, scaling_factor, mean=None, std=None):
        """Configuration in the diffusers layout."""
        s = self.settings
        n = len(s["widths"])
        return {
            "_class_name": "AutoencoderKL", "act_fn": "silu",
            "block_out_channels": list(s["widths"]),
            "down_block_types": ["DownEncoderBlock2D"] * n, "up_block_types": ["UpDecoderBlock2D"] * n,
            "in_channels": 3, "out_channels": 3, "latent_channels": s["latent"],
            "layers_per_block": s["layers"], "mid_block_add_attention": s["attention"],
            "norm_num_groups": s["groups"], "sample_size": s["sample_size"],
            "scaling_factor": scaling_factor, "shift_factor": None,
            "latents_mean": mean, "latents_std": std, "force_upcast": False,
            "use_quant_conv": True, "use_post_quant_conv": True,
        }


@torch.no_grad()
def normalise_latents(model, pictures, batch=32):
    """Fold the latents' statistics over `pictures` into the 1x1 convolutions around the latent.

    Afterwards every latent channel has mean 0 and all together deviation 1 on those pictures, so that
    the scaling factor of the configuration is 1. Returns the old means and deviation.
    """
    latents = torch.cat([model.encode(p.to(model.quant_conv.weight.device).float() / 127.5 - 1)[0]
                         for p in pictures.split(batch)])
    mean, deviation = latents.mean((0, 2, 3)).double(), latents.double().std()
    n = len(mean)
    inner, outer = model.quant_conv, model.post_quant_conv
    weight, bias = inner.weight.double(), inner.bias.double()
    weight[:n], bias[:n] = weight[:n] / deviation, (bias[:n] - mean) / deviation
    bias[n:] = bias[n:] - 2 * torch.log(deviation)
    inner.weight.copy_(weight)
    inner.bias.copy_(bias)
    weight = outer.weight.double()
    outer.bias.copy_(outer.bias.double() + (weight[:, :, 0, 0] @ mean))
    outer.weight.copy_(weight * deviation)
    return mean.tolist(), deviation.item()


def load_trained(runs, faces, name="autoencoder"):
    """Averaged weights of a training run, latents normalised over 512 fixed training crops."""
    state = torch.load(runs / name / "checkpoint.pt", map_location="cpu", weights_only=False)
    model = AutoencoderKL(**state["extra"]["settings"])
    model.load_state_dict(state["average"])
    model.eval()
    normalise_latents(model, faces.crops(faces.indices(False)[::11][:512]))
    return model
