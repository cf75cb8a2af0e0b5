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
import time
from pathlib import Path

import torch
from safetensors.torch import load_file

from facekit.unet import UNet2DConditionModel

SCALED = {
    "block_out_channels": [128, 256, 256, 256], "layers_per_block": 1, "norm_num_groups": 32,
    "attention_head_dim": 8, "cross_attention_dim": 48, "in_channels": 4,
    "down_block_types": ["CrossAttnDownBlock2D"] * 3 + ["DownBlock2D"],
}
SIZE, TOKENS, TIMESTEP = 16, 5, 501


def unet(config):
    """The network of a diffusers configuration."""
    return UNet2DConditionModel(
        config["block_out_channels"], config["layers_per_block"], config["in_channels"],
        config["cross_attention_dim"], config["attention_head_dim"], config["norm_num_groups"],
        ["CrossAttn" in kind for kind in config["down_block_types"]])


def check(folder):
    """Largest deviation from the public reference, relative to its largest value."""
    net = unet(json.loads((folder / "unet" / "config.json").read_text()))
    net.load_state_dict(load_file(folder / "unet" / "diffusion_pytorch_model.safetensors"))
    expected = load_file(folder / "expected.safetensors")
    with torch.no_grad():
        out = net(expected["sample"], torch.tensor([TIMESTEP]), expected["encoder_hidden_states"])
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
    timestep = torch.tensor([TIMESTEP])
    net = unet(SCALED).requires_grad_(False)
    print(f"{sum(p.numel() for p in net.parameters()) / 1e6:.1f} M parameters, "
          f"torch {torch.__version__}, {args.threads} thread(s)")
    for batch in (1, 8):
        sample = torch.randn(batch, 4, SIZE, SIZE)
        context = torch.randn(batch, TOKENS, SCALED["cross_attention_dim"])

        def forward():
            with torch.no_grad():
                net(sample, timestep, context)

        def backward():
            leaf = sample.clone().requires_grad_()
            torch.autograd.grad(net(leaf, timestep, context).square().mean(), leaf)

        print(f"batch {batch}: forward {milliseconds(forward, args.count)}, "
              f"forward + backward {milliseconds(backward, args.count)}")


if __name__ == "__main__":
    main()
