"""Times a UNet in eager PyTorch, for comparison with the Java engine's benchmark.

    python bench_unet.py --threads 1 --check ../../src/test/resources/golden/unet-two-level

Prints the milliseconds of forward and of forward + backward (gradient by the latent only, weights
frozen), median on the clock and mean processor time, for batch 1 and 8 of the network that the
Java benchmark `UNetBenchmark` runs: the Stable Diffusion 1 block pattern with 128 to 256 channels
at 16 x 16. With --check, the network is first compared with public reference tensors. Needs torch
and safetensors.
"""
import argparse
import json
import math
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn

SCALED = {
    "block_out_channels": [128, 256, 256, 256], "layers_per_block": 1, "norm_num_groups": 32,
    "attention_head_dim": 8, "cross_attention_dim": 48, "in_channels": 4, "out_channels": 4,
    "down_block_types": ["CrossAttnDownBlock2D"] * 3 + ["DownBlock2D"],
    "up_block_types": ["UpBlock2D"] + ["CrossAttnUpBlock2D"] * 3,
}
SIZE, TOKENS, TIMESTEP = 16, 5, 501


class Resnet(nn.Module):
    def __init__(self, inner, outer, time_width, groups):
        super().__init__()
        self.norm1 = nn.GroupNorm(groups, inner, eps=1e-5)
        self.conv1 = nn.Conv2d(inner, outer, 3, padding=1)
        self.time_emb_proj = nn.Linear(time_width, outer)
        self.norm2 = nn.GroupNorm(groups, outer, eps=1e-5)
        self.conv2 = nn.Conv2d(outer, outer, 3, padding=1)
        self.conv_shortcut = nn.Conv2d(inner, outer, 1) if inner != outer else None

    def forward(self, x, emb):
        h = self.conv1(F.silu(self.norm1(x))) + self.time_emb_proj(F.silu(emb))[:, :, None, None]
        h = self.conv2(F.silu(self.norm2(h)))
        return (x if self.conv_shortcut is None else self.conv_shortcut(x)) + h


class Attention(nn.Module):
    def __init__(self, width, context, heads):
        super().__init__()
        self.heads = heads
        self.to_q = nn.Linear(width, width, bias=False)
        self.to_k = nn.Linear(context, width, bias=False)
        self.to_v = nn.Linear(context, width, bias=False)
        self.to_out = nn.ModuleList([nn.Linear(width, width)])

    def forward(self, x, context):
        q, k, v = (f(y).unflatten(2, (self.heads, -1)).transpose(1, 2) for f, y in
                   ((self.to_q, x), (self.to_k, context), (self.to_v, context)))
        return self.to_out[0](F.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2))


class Geglu(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.proj = nn.Linear(width, 8 * width)

    def forward(self, x):
        x, gate = self.proj(x).chunk(2, -1)
        return x * F.gelu(gate)


class FeedForward(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.net = nn.ModuleList([Geglu(width), nn.Identity(), nn.Linear(4 * width, width)])

    def forward(self, x):
        return self.net[2](self.net[0](x))


class Block(nn.Module):
    def __init__(self, width, context, heads):
        super().__init__()
        self.norm1, self.norm2, self.norm3 = (nn.LayerNorm(width) for _ in range(3))
        self.attn1 = Attention(width, width, heads)
        self.attn2 = Attention(width, context, heads)
        self.ff = FeedForward(width)

    def forward(self, x, context):
        h = self.norm1(x)
        x = x + self.attn1(h, h)
        x = x + self.attn2(self.norm2(x), context)
        return x + self.ff(self.norm3(x))


class Transformer(nn.Module):
    def __init__(self, width, context, heads, groups):
        super().__init__()
        self.norm = nn.GroupNorm(groups, width, eps=1e-6)
        self.proj_in = nn.Conv2d(width, width, 1)
        self.transformer_blocks = nn.ModuleList([Block(width, context, heads)])
        self.proj_out = nn.Conv2d(width, width, 1)

    def forward(self, x, context):
        h = self.proj_in(self.norm(x)).flatten(2).transpose(1, 2)
        h = self.transformer_blocks[0](h, context)
        return x + self.proj_out(h.transpose(1, 2).reshape(x.shape))


class Resample(nn.Module):
    def __init__(self, width, stride):
        super().__init__()
        self.stride = stride
        self.conv = nn.Conv2d(width, width, 3, stride=stride, padding=1)

    def forward(self, x):
        return self.conv(x if self.stride == 2 else F.interpolate(x, scale_factor=2.0))


class Level(nn.Module):
    """Residual blocks with or without attention, then a change of resolution."""

    def __init__(self, pairs, time_width, attention, groups, resample, stride):
        super().__init__()
        self.resnets = nn.ModuleList(Resnet(i, o, time_width, groups) for i, o in pairs)
        width = pairs[0][1]
        self.attentions = nn.ModuleList(
            Transformer(width, *attention, groups) for _ in pairs) if attention else None
        if resample:
            setattr(self, resample, nn.ModuleList([Resample(width, stride)]))
        self.resample = resample

    def block(self, i, x, emb, context):
        x = self.resnets[i](x, emb)
        return self.attentions[i](x, context) if self.attentions else x

    def leave(self, x):
        return getattr(self, self.resample)[0](x)


class Middle(nn.Module):
    def __init__(self, width, time_width, attention, groups):
        super().__init__()
        self.resnets = nn.ModuleList(Resnet(width, width, time_width, groups) for _ in range(2))
        self.attentions = nn.ModuleList([Transformer(width, *attention, groups)])

    def forward(self, x, emb, context):
        return self.resnets[1](self.attentions[0](self.resnets[0](x, emb), context), emb)


class TimeEmbedding(nn.Module):
    def __init__(self, inner, outer):
        super().__init__()
        self.linear_1 = nn.Linear(inner, outer)
        self.linear_2 = nn.Linear(outer, outer)

    def forward(self, x):
        return self.linear_2(F.silu(self.linear_1(x)))


class UNet(nn.Module):
    """UNet2DConditionModel as Stable Diffusion 1 uses it, in the checkpoint layout of diffusers."""

    def __init__(self, config):
        super().__init__()
        widths = config["block_out_channels"]
        layers, groups = config["layers_per_block"], config["norm_num_groups"]
        attention = (config["cross_attention_dim"], config["attention_head_dim"])
        emb = 4 * widths[0]
        self.width = widths[0]
        self.conv_in = nn.Conv2d(config["in_channels"], widths[0], 3, padding=1)
        self.time_embedding = TimeEmbedding(widths[0], emb)
        skips = [widths[0]]
        self.down_blocks = nn.ModuleList()
        for i, (width, kind) in enumerate(zip(widths, config["down_block_types"])):
            last = i + 1 == len(widths)
            pairs = [(skips[-1] if j == 0 else width, width) for j in range(layers)]
            self.down_blocks.append(Level(pairs, emb, attention if "Attn" in kind else None, groups,
                                          None if last else "downsamplers", 2))
            skips += [width] * (layers if last else layers + 1)
        self.mid_block = Middle(widths[-1], emb, attention, groups)
        self.up_blocks = nn.ModuleList()
        below = widths[-1]
        for i, (width, kind) in enumerate(zip(widths[::-1], config["up_block_types"])):
            pairs = []
            for _ in range(layers + 1):
                pairs.append((below + skips.pop(), width))
                below = width
            self.up_blocks.append(Level(pairs, emb, attention if "Attn" in kind else None, groups,
                                        None if i + 1 == len(widths) else "upsamplers", 1))
        self.conv_norm_out = nn.GroupNorm(groups, widths[0], eps=1e-5)
        self.conv_out = nn.Conv2d(widths[0], config["out_channels"], 3, padding=1)

    def forward(self, sample, timestep, context):
        half = self.width // 2
        angles = timestep * torch.exp(-math.log(10000) / half * torch.arange(half))
        emb = self.time_embedding(torch.cat([angles.cos(), angles.sin()])[None])
        x = self.conv_in(sample)
        skips = [x]
        for level in self.down_blocks:
            for i in range(len(level.resnets)):
                x = level.block(i, x, emb, context)
                skips.append(x)
            if level.resample:
                x = level.leave(x)
                skips.append(x)
        x = self.mid_block(x, emb, context)
        for level in self.up_blocks:
            for i in range(len(level.resnets)):
                x = level.block(i, torch.cat([x, skips.pop()], 1), emb, context)
            if level.resample:
                x = level.leave(x)
        return self.conv_out(F.silu(self.conv_norm_out(x)))


def check(folder):
    """Largest deviation from the public reference, relative to its largest value."""
    net = UNet(json.loads((folder / "unet" / "config.json").read_text()))
    net.load_state_dict(load_file(folder / "unet" / "diffusion_pytorch_model.safetensors"))
    expected = load_file(folder / "expected.safetensors")
    with torch.no_grad():
        out = net(expected["sample"], 501, expected["encoder_hidden_states"])
    want = expected["out_t501"]
    print(f"deviation from {folder.name}: {((out - want).abs().max() / want.abs().max()).item():.1e}")


def milliseconds(run, count):
    """Median on the clock, and mean processor time over all threads."""
    for _ in range(3):
        run()
    times = []
    cpu = time.process_time()
    for _ in range(count):
        start = time.perf_counter()
        run()
        times.append(1000 * (time.perf_counter() - start))
    cpu = 1000 * (time.process_time() - cpu) / count
    return f"{sorted(times)[count // 2]:.1f} ms (processor {cpu:.1f} ms)"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--count", type=int, default=21, help="runs per figure")
    parser.add_argument("--check", type=Path, help="golden folder of a UNet")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    if args.check:
        check(args.check)
    torch.manual_seed(0)
    net = UNet(SCALED).requires_grad_(False)
    print(f"{sum(p.numel() for p in net.parameters()) / 1e6:.1f} M parameters, "
          f"torch {torch.__version__}, {args.threads} thread(s)")
    for batch in (1, 8):
        sample = torch.randn(batch, 4, SIZE, SIZE)
        context = torch.randn(batch, TOKENS, SCALED["cross_attention_dim"])

        def forward():
            with torch.no_grad():
                net(sample, TIMESTEP, context)

        def backward():
            leaf = sample.clone().requires_grad_()
            torch.autograd.grad(net(leaf, TIMESTEP, context).square().mean(), leaf)

        print(f"batch {batch}: forward {milliseconds(forward, args.count)}, "
              f"forward + backward {milliseconds(backward, args.count)}")


if __name__ == "__main__":
    main()
