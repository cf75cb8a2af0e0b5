"""Checkpoints to go on from, made of weights that exist: an exported pack, or the feasibility pilot.

    python models/training/warm_start.py ../shared/pilot autoencoder diffusion
    python models/training/warm_start.py models/bundled autoencoder diffusion guide verify refiner

Writes RUNS/NAME/checkpoint.pt with zero steps, unless there is one. `--fresh` of the training scripts would
ignore it. A recogniser with fewer channels than its specification has is widened. The pilot's image encoder
has biases and activations that the pack's layout has not: the biases are folded, the activation differs a little and is soon learned.
"""
import json
from pathlib import Path

import torch
from safetensors.torch import load_file

from facekit.align import crop, similarity
from facekit.augment import load
from facekit.autoencoder import AutoencoderKL
from facekit.data import Faces, true_points
from facekit.layers import grow, load_folded, normalise_again
from facekit.recogniser import SPECIFICATIONS, Recogniser
from facekit.refiner import SIZE, TEMPLATE, Refiner
from facekit.session import arguments, save_atomically
from train_diffusion import Diffusion


def floats(path):
    """Tensors of a safetensors file as float32."""
    return {name: value.float() for name, value in load_file(path).items()}


def split_attention(state, source, target):
    """Names of joint query, key and value weights to separate ones."""
    result = {}
    for kind in ("weight", "bias"):
        parts = state[f"{source}.in_proj_{kind}"].chunk(3)
        result.update({f"{target}.{n}_proj.{kind}": part for n, part in zip("qkv", parts)})
        result[f"{target}.out_proj.{kind}"] = state[f"{source}.out_proj.{kind}"]
    return result


def pilot_encoder(state):
    """The pilot's encoder in CLIP's layout."""
    body = "vision_model"
    position = state["encoder.pos"].clone()
    position[1:] += state["encoder.p.bias"]
    result = {f"{body}.embeddings.class_embedding": state["encoder.c"],
              f"{body}.embeddings.patch_embedding.weight": state["encoder.p.weight"],
              f"{body}.embeddings.position_embedding.weight": position}
    width = len(state["encoder.c"])
    for kind, value in (("weight", torch.ones(width)), ("bias", torch.zeros(width))):
        result[f"{body}.pre_layrnorm.{kind}"] = state[f"encoder.n.{kind}"]
        result[f"{body}.post_layernorm.{kind}"] = value
        for i in range(5):
            old, new = f"encoder.b.{i}", f"{body}.encoder.layers.{i}"
            for a, b in (("norm1", "layer_norm1"), ("norm2", "layer_norm2"), ("linear1", "mlp.fc1"),
                         ("linear2", "mlp.fc2")):
                result[f"{new}.{b}.{kind}"] = state[f"{old}.{a}.{kind}"]
    for i in range(5):
        result.update(split_attention(state, f"encoder.b.{i}.self_attn",
                                      f"{body}.encoder.layers.{i}.self_attn"))
    return result


def pilot_msi(state):
    """The pilot's MSI, which attended to one depth a stage; the depths' own vectors start at zero."""
    context = state["msi.q"].shape[-1]
    result = {"queries": state["msi.q"], "depth": torch.zeros(5, context), "null_embedding": state["msi.null"]}
    for kind in ("weight", "bias"):
        for i in range(5):
            result[f"projections.{i}.{kind}"] = state[f"msi.kv.{i}.{kind}"]
        for a, b in (("f.0", "norm"), ("f.1", "mlp.fc1"), ("f.3", "mlp.fc2")):
            result[f"{b}.{kind}"] = state[f"msi.{a}.{kind}"]
    result.update(split_attention(state, "msi.att", "attention"))
    return result


def autoencoder(source):
    """Weights and settings."""
    config = json.loads((source / "vae" / "config.json").read_text())
    model = AutoencoderKL(tuple(config["block_out_channels"]), config["layers_per_block"],
                          config["latent_channels"], config["norm_num_groups"],
                          config["mid_block_add_attention"], config["sample_size"])
    model.load_state_dict(floats(source / "vae" / "diffusion_pytorch_model.safetensors"))
    return model.state_dict(), dict(settings=model.settings)


def diffusion(source):
    """Weights and settings of UNet, image encoder and MSI."""
    config = json.loads((source / "unet" / "config.json").read_text())
    model = Diffusion(dict(widths=tuple(config["block_out_channels"]), layers=config["layers_per_block"]))
    model.unet.load_state_dict(floats(source / "unet" / "diffusion_pytorch_model.safetensors"))
    joint = source / "encoder_msi.safetensors"
    if joint.exists():
        state = floats(joint)
        model.encoder.load_state_dict(pilot_encoder(state))
        model.msi.load_state_dict(pilot_msi(state))
    else:
        model.encoder.load_state_dict(floats(source / "image_encoder" / "model.safetensors"))
        model.msi.load_state_dict(floats(source / "msi" / "model.safetensors"))
    return model.state_dict(), dict(settings=model.settings())


def unfolded(model, path, size, template, runs):
    """A network whose batch norm was folded, with norms that can train again."""
    faces = Faces(runs)
    x = load(faces.pictures, faces.indices(False)[::40], "cpu")
    to_input = similarity(true_points(faces.pictures.shape[1]), template)
    load_folded(model, floats(path / "model.safetensors"))
    return normalise_again(model, crop(x, to_input, size))


def recogniser(source, name, runs):
    """Weights of a recogniser, widened to its specification."""
    wanted, path = SPECIFICATIONS[name], source / "recognisers" / name
    weights = floats(path / "model.safetensors")
    stages = [[len(weights[f"stages.{i}.0.weight"]), blocks] for i, (_, blocks) in enumerate(wanted["stages"])]
    model = unfolded(Recogniser(dict(wanted, stages=stages)), path, *wanted["template"], runs)
    return (model if stages == wanted["stages"] else grow(model, Recogniser(wanted))).state_dict(), {}


def main():
    parser = arguments(__doc__)
    parser.add_argument("source", type=Path, help="folder with vae/, unet/ and the other parts")
    parser.add_argument("parts", nargs="+", choices=["autoencoder", "diffusion", "guide", "verify", "refiner"])
    args = parser.parse_args()

    makers = {"autoencoder": lambda: autoencoder(args.source), "diffusion": lambda: diffusion(args.source),
              "guide": lambda: recogniser(args.source, "guide", args.runs),
              "verify": lambda: recogniser(args.source, "verify", args.runs),
              "refiner": lambda: (unfolded(Refiner(), args.source / "detector" / "refiner", SIZE, TEMPLATE,
                                           args.runs).state_dict(), {})}
    for name in args.parts:
        path = args.runs / name / "checkpoint.pt"
        if path.exists():
            raise SystemExit(f"{path} exists: nothing written")
        state, extra = makers[name]()
        save_atomically(dict(average=state, step=0, samples=0, elapsed=0.0, extra=extra), path)
        print(f"wrote {path}", flush=True)


if __name__ == "__main__":
    main()
