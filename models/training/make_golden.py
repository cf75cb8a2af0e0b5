"""Makes the reference tensors of the networks for which no public ones are at hand.

    python make_golden.py ../../src/test/resources/golden

Writes `autoencoder-tiny-f8`, `autoencoder-tiny-f4-rect`, `clip-text-tiny` and `clip-text-gelu`:
small random-weight models in the public checkpoint layout (diffusers' AutoencoderTiny, Hugging
Face's CLIPTextModel) and the outputs and gradients of an independent implementation: for the
autoencoder plain nn.Sequential, for the text encoder torch's own nn.TransformerEncoderLayer, into
which the checkpoint's weights are loaded. And `msi-tiny`: image encoder and MSI as they are
trained for the bundled pack (facekit/encoder.py). Needs torch and safetensors; runs in seconds on
a CPU.
"""
import json
import sys
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import nn

from facekit.encoder import ImageEncoder, StageEmbedding

IMAGE_RANGE = (-1.0, 1.0)


class TinyBlock(nn.Module):
    """Three convolutions around which the input passes unchanged."""

    def __init__(self, width, activation):
        super().__init__()
        self.conv = nn.Sequential(
            nn.Conv2d(width, width, 3, padding=1), activation(),
            nn.Conv2d(width, width, 3, padding=1), activation(),
            nn.Conv2d(width, width, 3, padding=1))
        self.fuse = nn.ReLU()

    def forward(self, x):
        return self.fuse(self.conv(x) + x)


class TinyCoder(nn.Module):
    """A stack whose numbering is the one of the checkpoint."""

    def __init__(self, layers):
        super().__init__()
        self.layers = nn.Sequential(*layers)


class AutoencoderTiny(nn.Module):
    """The layout of diffusers' AutoencoderTiny (Bohan's TAESD)."""

    def __init__(self, width, latent, encoder_blocks, decoder_blocks, activation):
        super().__init__()
        down = []
        for level, count in enumerate(encoder_blocks):
            down.append(nn.Conv2d(3, width, 3, padding=1) if level == 0
                        else nn.Conv2d(width, width, 3, padding=1, stride=2, bias=False))
            down += [TinyBlock(width, activation) for _ in range(count)]
        down.append(nn.Conv2d(width, latent, 3, padding=1))
        up = [nn.Conv2d(latent, width, 3, padding=1), activation()]
        for level, count in enumerate(decoder_blocks):
            last = level + 1 == len(decoder_blocks)
            up += [TinyBlock(width, activation) for _ in range(count)]
            if not last:
                up.append(nn.Upsample(scale_factor=2))
            up.append(nn.Conv2d(width, 3 if last else width, 3, padding=1, bias=last))
        self.encoder = TinyCoder(down)
        self.decoder = TinyCoder(up)

    def encode(self, image):
        return self.encoder.layers((image + 1) / 2)

    def decode(self, latent):
        return self.decoder.layers(torch.tanh(latent / 3) * 3) * 2 - 1


class QuickGelu(nn.Module):
    def forward(self, x):
        return x * torch.sigmoid(1.702 * x)


class TextEncoder(nn.Module):
    """CLIP's causal text encoder, with torch's own layers."""

    def __init__(self, weights, config):
        super().__init__()
        self.tokens = weights["text_model.embeddings.token_embedding.weight"]
        self.positions = weights["text_model.embeddings.position_embedding.weight"]
        width = config["hidden_size"]
        activation = QuickGelu() if config["hidden_act"] == "quick_gelu" else nn.GELU()
        self.blocks = nn.ModuleList()
        for i in range(config["num_hidden_layers"]):
            part = {k[len(f"text_model.encoder.layers.{i}."):]: v for k, v in weights.items()
                    if k.startswith(f"text_model.encoder.layers.{i}.")}
            block = nn.TransformerEncoderLayer(
                width, config["num_attention_heads"], config["intermediate_size"], dropout=0.0,
                activation=activation, layer_norm_eps=config["layer_norm_eps"], batch_first=True,
                norm_first=True)
            block.load_state_dict({
                **{f"self_attn.in_proj_{s}": torch.cat(
                    [part[f"self_attn.{p}_proj.{s}"] for p in "qkv"]) for s in ("weight", "bias")},
                **{f"self_attn.out_proj.{s}": part[f"self_attn.out_proj.{s}"]
                   for s in ("weight", "bias")},
                **{f"{ours}.{s}": part[f"{theirs}.{s}"] for s in ("weight", "bias")
                   for ours, theirs in (("linear1", "mlp.fc1"), ("linear2", "mlp.fc2"),
                                        ("norm1", "layer_norm1"), ("norm2", "layer_norm2"))}})
            self.blocks.append(block)
        self.norm = nn.LayerNorm(width, eps=config["layer_norm_eps"])
        self.norm.load_state_dict({s: weights[f"text_model.final_layer_norm.{s}"]
                                   for s in ("weight", "bias")})

    def forward(self, ids, position=None, embedding=None):
        x = self.tokens[ids]
        if embedding is not None:
            x = x.expand(len(embedding), -1, -1).clone()
            x[:, position] = embedding
        x = x + self.positions[:x.shape[1]]
        mask = nn.Transformer.generate_square_subsequent_mask(x.shape[1])
        for block in self.blocks:
            x = block(x, src_mask=mask, is_causal=True)
        return self.norm(x)


def text_weights(config):
    """A random state dict in the layout of Hugging Face's CLIPTextModel."""
    width, inner = config["hidden_size"], config["intermediate_size"]

    def normal(*shape, scale):
        return torch.randn(shape) * scale

    weights = {
        "text_model.embeddings.token_embedding.weight": normal(config["vocab_size"], width, scale=.5),
        "text_model.embeddings.position_embedding.weight": normal(
            config["max_position_embeddings"], width, scale=.2),
    }
    linears = [(f"self_attn.{p}_proj", width, width) for p in ("q", "k", "v", "out")]
    linears += [("mlp.fc1", inner, width), ("mlp.fc2", width, inner)]
    norms = ["text_model.final_layer_norm"]
    for i in range(config["num_hidden_layers"]):
        layer = f"text_model.encoder.layers.{i}"
        for name, rows, columns in linears:
            weights[f"{layer}.{name}.weight"] = normal(rows, columns, scale=columns ** -.5)
            weights[f"{layer}.{name}.bias"] = normal(rows, scale=.1)
        norms += [f"{layer}.layer_norm1", f"{layer}.layer_norm2"]
    for name in norms:
        weights[f"{name}.weight"] = 1 + normal(width, scale=.1)
        weights[f"{name}.bias"] = normal(width, scale=.1)
    return weights


def write(folder, part, file, config, weights, expected):
    """One golden folder."""
    (folder / part).mkdir(parents=True, exist_ok=True)
    (folder / part / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    save_file({k: v.detach().contiguous() for k, v in weights.items()}, folder / part / file)
    save_file({k: v.detach().contiguous() for k, v in expected.items()},
              folder / "expected.safetensors")


def autoencoder(folder, seed, latent, encoder_blocks, decoder_blocks, act_fn, size):
    torch.manual_seed(seed)
    width = 16
    model = AutoencoderTiny(width, latent, encoder_blocks, decoder_blocks,
                            {"relu": nn.ReLU, "silu": nn.SiLU}[act_fn])
    # NB: torch's default initialisation would leave little but the biases at the far end.
    with torch.no_grad():
        for weight in model.parameters():
            weight.mul_(2 if weight.dim() == 4 else 1)
    image = torch.empty(2, 3, *size).uniform_(*IMAGE_RANGE)
    encoded = model.encode(image)
    # NB: Wider than an untrained encoder's, so that the decoder's clamp at 3 matters.
    start = (torch.randn_like(encoded) * 2).requires_grad_()
    decoded = model.decode(start)
    loss = decoded.square().mean()
    grad, = torch.autograd.grad(loss, start)
    config = {
        "_class_name": "AutoencoderTiny", "act_fn": act_fn,
        "encoder_block_out_channels": [width] * len(encoder_blocks),
        "decoder_block_out_channels": [width] * len(decoder_blocks),
        "force_upcast": False, "in_channels": 3, "latent_channels": latent,
        "latent_magnitude": 3, "latent_shift": 0.5, "num_decoder_blocks": decoder_blocks,
        "num_encoder_blocks": encoder_blocks, "out_channels": 3, "scaling_factor": 1.0,
        "upsampling_scaling_factor": 2,
    }
    write(folder, "vae", "diffusion_pytorch_model.safetensors", config, model.state_dict(),
          {"image": image, "latent": encoded, "start": start, "decoded": decoded,
           "loss": loss.reshape(1), "grad_latent": grad})


def text(folder, seed, hidden_act, layers, with_buffer):
    torch.manual_seed(seed)
    config = {
        "architectures": ["CLIPTextModel"], "model_type": "clip_text_model", "hidden_size": 48,
        "intermediate_size": 96, "num_hidden_layers": layers, "num_attention_heads": 4,
        "max_position_embeddings": 12, "vocab_size": 40, "hidden_act": hidden_act,
        "layer_norm_eps": 1e-5, "attention_dropout": 0.0, "bos_token_id": 38, "eos_token_id": 39,
    }
    weights = text_weights(config)
    encoder = TextEncoder(weights, config).eval()
    ids = torch.tensor([[38, 7] + [39] * 10])
    embedding = torch.randn(3, 48).requires_grad_()
    injected = encoder(ids, 1, embedding)
    loss = injected.square().mul(torch.linspace(0, 1, 12)[:, None]).mean()
    grad, = torch.autograd.grad(loss, embedding)
    expected = {"input_ids": ids, "last_hidden_state": encoder(ids), "embedding": embedding,
                "injected_at_1": injected, "loss": loss.reshape(1), "grad_embedding": grad}
    if with_buffer:
        # NB: Published with Stable Diffusion 1.x; not a weight.
        weights["text_model.embeddings.position_ids"] = torch.arange(12)[None]
    write(folder, "text_encoder", "model.safetensors", config, weights, expected)


def stage_embedding(folder, seed):
    torch.manual_seed(seed)
    encoder = ImageEncoder(width=32, heads=2, depth=3, size=32, patch=8)
    msi = StageEmbedding(width=32, context=24, tokens=2, depth=3, heads=2)
    # NB: Norms and biases away from 1 and 0, or a mistake in them would not show.
    with torch.no_grad():
        for model in (encoder, msi):
            for weight in model.parameters():
                weight.add_(torch.randn_like(weight) * .1)
    image = torch.empty(2, 3, 32, 32).uniform_(*IMAGE_RANGE)
    states = encoder(image)
    expected = {"image": image, "embeddings": msi.all_stages(states), "null": msi.null_embedding[None]}
    expected.update({f"hidden_state_{i + 1}": states[:, i] for i in range(3)})
    write(folder, "image_encoder", "model.safetensors", encoder.config(), encoder.state_dict(), expected)
    write(folder, "msi", "model.safetensors", msi.config(), msi.state_dict(), expected)


def main(out):
    torch.set_num_threads(1)
    autoencoder(out / "autoencoder-tiny-f8", 11, 4, [1, 2, 1, 1], [1, 1, 2, 1], "relu", (48, 48))
    autoencoder(out / "autoencoder-tiny-f4-rect", 12, 8, [1, 1, 2], [2, 1, 1], "silu", (32, 48))
    text(out / "clip-text-tiny", 13, "quick_gelu", 3, True)
    text(out / "clip-text-gelu", 14, "gelu", 2, False)
    stage_embedding(out / "msi-tiny", 15)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
