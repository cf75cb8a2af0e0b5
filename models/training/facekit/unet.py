"""UNet2DConditionModel: conditional noise predictor with the state-dict names of the diffusers layout."""
import math

import torch
import torch.nn.functional as F
from torch import nn

from .attention import attend


class Resnet(nn.Module):
    """Residual block that adds the time embedding between its convolutions."""

    def __init__(self, inner, outer, time, groups):
        super().__init__()
        self.norm1 = nn.GroupNorm(groups, inner, eps=1e-5)
        self.conv1 = nn.Conv2d(inner, outer, 3, padding=1)
        self.time_emb_proj = nn.Linear(time, outer)
        self.norm2 = nn.GroupNorm(groups, outer, eps=1e-5)
        self.conv2 = nn.Conv2d(outer, outer, 3, padding=1)
        if inner != outer:
            self.conv_shortcut = nn.Conv2d(inner, outer, 1)

    def forward(self, x, time):
        h = self.conv1(F.silu(self.norm1(x))) + self.time_emb_proj(F.silu(time))[:, :, None, None]
        h = self.conv2(F.silu(self.norm2(h)))
        return (self.conv_shortcut(x) if hasattr(self, "conv_shortcut") else x) + h


class Attention(nn.Module):
    """Multi-head attention; keys and values come from the context."""

    def __init__(self, channels, context, heads):
        super().__init__()
        self.heads = heads
        self.alone = False
        self.to_q = nn.Linear(channels, channels, bias=False)
        self.to_k = nn.Linear(context, channels, bias=False)
        self.to_v = nn.Linear(context, channels, bias=False)
        self.to_out = nn.ModuleList([nn.Linear(channels, channels)])

    def forward(self, x, context):
        if self.alone:
            return self.to_out[0](self.to_v(context))
        q, k, v = (f(t).unflatten(-1, (self.heads, -1)).transpose(1, 2)
                   for f, t in ((self.to_q, x), (self.to_k, context), (self.to_v, context)))
        return self.to_out[0](attend(q, k, v))


class GatedLinear(nn.Module):
    """Linear layer whose second half gates the first."""

    def __init__(self, inner, outer):
        super().__init__()
        self.proj = nn.Linear(inner, 2 * outer)

    def forward(self, x):
        value, gate = self.proj(x).chunk(2, -1)
        return value * F.gelu(gate)


class FeedForward(nn.Module):
    """Gated feed-forward layer; index 1 of the list is the (absent) dropout."""

    def __init__(self, channels):
        super().__init__()
        self.net = nn.ModuleList([GatedLinear(channels, 4 * channels), nn.Identity(),
                                  nn.Linear(4 * channels, channels)])

    def forward(self, x):
        return self.net[2](self.net[0](x))


class TransformerBlock(nn.Module):
    """Self-attention, cross attention, feed-forward."""

    def __init__(self, channels, context, heads):
        super().__init__()
        self.norm1, self.norm2, self.norm3 = (nn.LayerNorm(channels) for _ in range(3))
        self.attn1 = Attention(channels, channels, heads)
        self.attn2 = Attention(channels, context, heads)
        self.ff = FeedForward(channels)

    def forward(self, x, context):
        h = self.norm1(x)
        x = x + self.attn1(h, h)
        x = x + self.attn2(self.norm2(x), context)
        return x + self.ff(self.norm3(x))


class Transformer(nn.Module):
    """Transformer over the positions of a feature map, with a residual connection."""

    def __init__(self, channels, context, heads, groups):
        super().__init__()
        self.norm = nn.GroupNorm(groups, channels, eps=1e-6)
        self.proj_in = nn.Conv2d(channels, channels, 1)
        self.transformer_blocks = nn.ModuleList([TransformerBlock(channels, context, heads)])
        self.proj_out = nn.Conv2d(channels, channels, 1)

    def forward(self, x, context):
        h = self.proj_in(self.norm(x))
        tokens = h.flatten(2).transpose(1, 2)
        for block in self.transformer_blocks:
            tokens = block(tokens, context)
        return x + self.proj_out(tokens.transpose(1, 2).reshape(h.shape))


class Resample(nn.Module):
    """Stride-2 convolution down, or nearest-neighbour doubling and convolution up."""

    def __init__(self, channels, up):
        super().__init__()
        self.up = up
        self.conv = nn.Conv2d(channels, channels, 3, stride=1 if up else 2, padding=1)

    def forward(self, x):
        return self.conv(F.interpolate(x, scale_factor=2.0, mode="nearest") if self.up else x)


class Block(nn.Module):
    """Residual blocks of one level, with or without cross attention, then a change of resolution."""

    def __init__(self, inputs, outer, attention, resample, settings):
        super().__init__()
        time, groups = 4 * settings["widths"][0], settings["groups"]
        self.resnets = nn.ModuleList(Resnet(inner, outer, time, groups) for inner in inputs)
        if attention:
            self.attentions = nn.ModuleList(
                Transformer(outer, settings["context"], settings["heads"], groups) for _ in inputs)
        if resample:
            setattr(self, resample, nn.ModuleList([Resample(outer, resample == "upsamplers")]))
        self.resample = resample

    def layers(self, x, time, context, skips=None):
        """Outputs of the residual blocks; consumes the skip connections on the way up."""
        for i, resnet in enumerate(self.resnets):
            x = resnet(x if skips is None else torch.cat([x, skips.pop()], 1), time)
            if hasattr(self, "attentions"):
                x = self.attentions[i](x, context)
            yield x

    def change(self, x):
        """The change of resolution, or nothing on the last level."""
        return getattr(self, self.resample)[0](x) if self.resample else x


class Middle(nn.Module):
    """Residual block, attention, residual block."""

    def __init__(self, channels, settings):
        super().__init__()
        time, groups = 4 * settings["widths"][0], settings["groups"]
        self.resnets = nn.ModuleList(Resnet(channels, channels, time, groups) for _ in range(2))
        self.attentions = nn.ModuleList(
            [Transformer(channels, settings["context"], settings["heads"], groups)])

    def forward(self, x, time, context):
        x = self.attentions[0](self.resnets[0](x, time), context)
        return self.resnets[1](x, time)


class TimeEmbedding(nn.Module):
    """Two linear layers over sinusoids of the time step."""

    def __init__(self, inner, outer):
        super().__init__()
        self.inner = inner
        self.linear_1 = nn.Linear(inner, outer)
        self.linear_2 = nn.Linear(outer, outer)

    def forward(self, t):
        half = self.inner // 2
        frequency = torch.exp(-math.log(10000) * torch.arange(half, device=t.device) / half)
        angle = t.float()[:, None] * frequency
        waves = torch.cat([torch.cos(angle), torch.sin(angle)], 1)
        return self.linear_2(F.silu(self.linear_1(waves)))


class UNet2DConditionModel(nn.Module):
    """Predicts the noise of latent `x` at time `t` under the context tokens."""

    def __init__(self, widths=(80, 160), layers=1, channels=8, context=256, heads=4, groups=16,
                 attention=None, sample_size=16):
        super().__init__()
        attention = attention or (True,) * len(widths)
        s = self.settings = dict(widths=tuple(widths), layers=layers, channels=channels, context=context,
                                 heads=heads, groups=groups, attention=tuple(attention),
                                 sample_size=sample_size)
        self.conv_in = nn.Conv2d(channels, widths[0], 3, padding=1)
        self.time_embedding = TimeEmbedding(widths[0], 4 * widths[0])
        last = len(widths) - 1
        skips, downs, width = [widths[0]], [], widths[0]
        for i, outer in enumerate(widths):
            downs.append(Block([width] + [outer] * (layers - 1), outer, attention[i],
                               "downsamplers" if i < last else None, s))
            skips += [outer] * layers + ([outer] if i < last else [])
            width = outer
        self.down_blocks = nn.ModuleList(downs)
        self.mid_block = Middle(width, s)
        ups = []
        for i in range(last, -1, -1):
            inputs = []
            for _ in range(layers + 1):
                inputs.append(width + skips.pop())
                width = widths[i]
            ups.append(Block(inputs, width, attention[i], "upsamplers" if i > 0 else None, s))
        self.up_blocks = nn.ModuleList(ups)
        self.conv_norm_out = nn.GroupNorm(groups, widths[0], eps=1e-5)
        self.conv_out = nn.Conv2d(widths[0], channels, 3, padding=1)

    def forward(self, x, t, context):
        time = self.time_embedding(t)
        x = self.conv_in(x)
        skips = [x]
        for block in self.down_blocks:
            for x in block.layers(x, time, context):
                skips.append(x)
            if block.resample:
                x = block.change(x)
                skips.append(x)
        x = self.mid_block(x, time, context)
        for block in self.up_blocks:
            for x in block.layers(x, time, context, skips):
                pass
            x = block.change(x)
        return self.conv_out(F.silu(self.conv_norm_out(x)))

    def perturbed(self, x, t, context):
        """Predicts worse on purpose, with every map of self-attention the identity (Ahn et al. 2024)."""
        own = [m.attn1 for m in self.modules() if isinstance(m, TransformerBlock)]
        for attention in own:
            attention.alone = True
        try:
            return self(x, t, context)
        finally:
            for attention in own:
                attention.alone = False

    def config(self):
        """Configuration in the diffusers layout; attention_head_dim is the number of heads there."""
        s = self.settings
        kinds = ["CrossAttn" if a else "" for a in s["attention"]]
        return {
            "_class_name": "UNet2DConditionModel", "act_fn": "silu", "attention_head_dim": s["heads"],
            "block_out_channels": list(s["widths"]), "center_input_sample": False,
            "cross_attention_dim": s["context"],
            "down_block_types": [f"{k}DownBlock2D" for k in kinds],
            "up_block_types": [f"{k}UpBlock2D" for k in reversed(kinds)],
            "mid_block_type": "UNetMidBlock2DCrossAttn", "mid_block_scale_factor": 1,
            "downsample_padding": 1, "dual_cross_attention": False, "flip_sin_to_cos": True,
            "freq_shift": 0, "in_channels": s["channels"], "out_channels": s["channels"],
            "layers_per_block": s["layers"], "norm_eps": 1e-05, "norm_num_groups": s["groups"],
            "only_cross_attention": False, "resnet_time_scale_shift": "default",
            "sample_size": s["sample_size"], "time_embedding_type": "positional",
            "transformer_layers_per_block": 1, "upcast_attention": False, "use_linear_projection": False,
        }
