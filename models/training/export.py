"""Write the parts of the model pack from their checkpoints: F16 safetensors and configurations.

    python models/training/export.py guide verify detector refiner autoencoder diffusion

Needs the checkpoints of the named parts in RUNS. The same checkpoint gives the same bytes: the SHA-256 of
every file is printed. Beside the pack, golden input and output vectors of each part are written for
tests of other implementations; their input is drawn, not photographed.
"""
import hashlib
import json
import os
from pathlib import Path

import cv2
import numpy as np
import torch
from safetensors.torch import save_file

from evaluate import calibration, load_detector
from facekit.autoencoder import load_trained as load_autoencoder
from facekit.backgrounds import texture
from facekit.data import CANONICAL_POINTS, TRUE_POINTS, Faces
from facekit.describe import detector_layers, recogniser_layers, refiner_layers
from facekit.detector import LONG_SIDES, POINT_UNIT, SIZE_UNIT, STRIDES, detect
from facekit.layers import Unit, folded_state
from facekit.metrics import verification
from facekit.recogniser import load_trained as load_recogniser
from facekit.refiner import PASSES, POINT_UNIT as REFINER_UNIT, SIZE as REFINER_SIZE, TEMPLATE as REFINER_TEMPLATE
from facekit.refiner import load_trained as load_refiner
from facekit.schedule import config as schedule_config
from facekit.session import HERE, arguments, start
from facekit.sexes import sex_line
from facekit.testing import embed_aligned, identity_pairs
from train_diffusion import load_diffusion

PICTURES = {"channels": "rgb", "mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5]}


def halves(state):
    """State as contiguous float16 tensors."""
    return {name: value.detach().to("cpu", torch.float16).contiguous() for name, value in state.items()
            if value.is_floating_point()}


def round_weights(model):
    """Round the weights that the exported file holds, so that figures are those of the file."""
    with torch.no_grad():
        for module in model.modules():
            if isinstance(module, Unit):
                weight, bias = module.folded()
                norm = module.norm
                module.conv.weight.copy_(weight.half())
                norm.running_mean.zero_()
                norm.running_var.fill_(1.0)
                norm.eps = 0.0
                norm.weight.fill_(1.0)
                norm.bias.copy_(bias.half())
        for parameter in model.parameters():
            parameter.copy_(parameter.half())
    return model


def drawn_picture(height, width, seed=5):
    """A face-like drawing on a texture, uint8 (1, 3, h, w): no third-party picture in the goldens."""
    picture = cv2.resize(texture(np.random.default_rng(seed), 256), (width, height))
    scale = min(height, width) / 128
    centre = (int(width / 2), int(height * 0.53))
    cv2.ellipse(picture, centre, (int(34 * scale), int(46 * scale)), 0, 0, 360, (208, 160, 130), -1, cv2.LINE_AA)
    origin = np.array([width / 2 - 64 * scale, height * 0.53 - 68 * scale])
    points = [tuple(int(v) for v in origin + np.array(p) * scale) for p in CANONICAL_POINTS]
    for eye in points[:2]:
        cv2.ellipse(picture, eye, (int(7 * scale), int(4 * scale)), 0, 0, 360, (245, 245, 245), -1, cv2.LINE_AA)
        cv2.circle(picture, eye, max(1, int(3 * scale)), (60, 40, 30), -1, cv2.LINE_AA)
    cv2.line(picture, points[3], points[4], (150, 60, 60), max(1, int(4 * scale)), cv2.LINE_AA)
    cv2.circle(picture, points[2], max(1, int(3 * scale)), (180, 130, 105), -1, cv2.LINE_AA)
    return torch.from_numpy(picture).permute(2, 0, 1)[None].contiguous()


def unit_range(picture):
    """uint8 -> [-1, 1]."""
    return picture.float() / 127.5 - 1


class Writer:
    """Writes files and prints their hashes."""

    def __init__(self, pack, golden):
        self.pack, self.golden = pack, golden
        self.root = Path(os.path.commonpath([pack.resolve(), golden.resolve()]))

    def _done(self, path):
        path.chmod(0o644)
        data = path.read_bytes()
        assert len(data) < 16_000_000, f"{path} is too large: {len(data)}"
        print(f"{hashlib.sha256(data).hexdigest()}  {path.relative_to(self.root)} {len(data)}", flush=True)

    def part(self, name, config, state, weights="model.safetensors"):
        """Configuration and weights of one part."""
        folder = self.pack / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n")
        self._done(folder / "config.json")
        save_file(halves(state), folder / weights, metadata={"format": "pt"})
        self._done(folder / weights)

    def json(self, name, value):
        """A configuration without weights."""
        path = self.pack / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value, indent=1) + "\n")

    def vectors(self, name, tensors):
        """Golden vectors of one part."""
        self.golden.mkdir(parents=True, exist_ok=True)
        path = self.golden / f"{name}.safetensors"
        save_file({k: v.detach().contiguous() for k, v in tensors.items()}, path)
        self._done(path)


@torch.no_grad()
def recogniser(name, args, writer):
    """A recogniser, with its thresholds on identity-pairs."""
    model = load_recogniser(args.runs, name)
    state = folded_state(model)
    size, template = model.specification["template"]
    round_weights(model)
    sets, points = identity_pairs(args.shared, args.runs / "data" / "identity-pairs.npz")
    figures = verification(*(embed_aligned(model.judged, (size, template), s, p) for s, p in zip(sets, points)))
    print(name, figures)
    config = {"_class_name": "FaceRecogniser", "name": name, "architecture": model.specification["architecture"],
              "input": {**PICTURES, "size": size, "template": [[round(x, 3), round(y, 3)] for x, y in template],
                        "border": "black"},
              "embedding": model.specification["embedding"],
              **({"mirrored": True} if model.specification.get("mirrored") else {}),
              "thresholds": {"far_1e-2": round(figures[1e-2][1], 3), "far_1e-3": round(figures[1e-3][1], 3)},
              **({"sex": sex_line(model, args.runs)} if name == "verify" else {}),
              "layers": recogniser_layers(model)}
    writer.part(f"recognisers/{name}", config, state)
    picture = drawn_picture(size, size)
    writer.vectors(f"recogniser-{name}", {"picture": picture, "embedding": model(unit_range(picture))})


@torch.no_grad()
def detector(args, writer):
    """The detector with its calibration."""
    model, _ = load_detector(args.runs)
    state = folded_state(model)
    slope, offset = calibration(args.runs)
    config = {"_class_name": "FaceDetector", "input": {**PICTURES, "multiple": 32, "pad": 0.0},
              "strides": list(STRIDES), "layers": detector_layers(model),
              "outputs": {"score": 0, "centre": [1, 2], "log_size": [3, 4], "points": [5, 15],
                          "cell_centre": "stride * index + (stride - 1) / 2",
                          "centre_unit": 1.0, "size_unit": SIZE_UNIT, "log_size_limit": 4.0,
                          "point_unit": POINT_UNIT,
                          "point_order": ["right_eye", "left_eye", "nose", "mouth_right", "mouth_left"]},
              "score": {"slope": slope, "offset": offset, "threshold": args.threshold},
              "suppression": {"iou": 0.4, "inner": 0.8, "vote_iou": 0.7}, "long_sides": list(LONG_SIDES)}
    writer.part("detector", config, state)
    round_weights(model)
    picture = drawn_picture(96, 128)
    maps = model(unit_range(picture))
    boxes, points, scores = detect(model, unit_range(picture), 0.05, (slope, offset))
    writer.vectors("detector", {"picture": picture, "boxes": boxes, "points": points, "scores": scores,
                                **{f"level_{i}": m for i, m in enumerate(maps)}})


@torch.no_grad()
def refiner(args, writer):
    """The detector's second stage."""
    model = load_refiner(args.runs)
    state = folded_state(model)
    config = {"_class_name": "FacePointRefiner", "input": {**PICTURES, "size": REFINER_SIZE, "border": "repeat"},
              "template": [[round(float(x), 3), round(float(y), 3)] for x, y in REFINER_TEMPLATE],
              "layers": refiner_layers(model),
              "outputs": {"points": [0, 10], "point_unit": round(REFINER_UNIT, 3), "score": 10,
                          "point_order": ["right_eye", "left_eye", "nose", "mouth_right", "mouth_left"]},
              "score": {"slope": 1.0, "offset": 0.0, "threshold": args.refiner_threshold},
              "passes": PASSES, "mirrored": True}
    writer.part("detector/refiner", config, state)
    round_weights(model)
    picture = drawn_picture(REFINER_SIZE, REFINER_SIZE)
    writer.vectors("refiner", {"picture": picture, "output": model(unit_range(picture))})


@torch.no_grad()
def autoencoder(args, writer):
    """The autoencoder; its latents are normalised by its own 1x1 convolutions."""
    model = load_autoencoder(args.runs, Faces(args.runs))
    writer.part("vae", model.config(1.0), model.state_dict(), "diffusion_pytorch_model.safetensors")
    round_weights(model)
    picture = drawn_picture(64, 64)
    mean, logvar = model.encode(unit_range(picture))
    writer.vectors("vae", {"picture": picture, "mean": mean, "logvar": logvar, "decoded": model.decode(mean)})


@torch.no_grad()
def diffusion(args, writer):
    """Noise predictor, image encoder, MSI, scheduler, and the index of the whole pack."""
    model = load_diffusion(args.runs, args.diffusion_name)
    writer.part("unet", model.unet.config(), model.unet.state_dict(), "diffusion_pytorch_model.safetensors")
    writer.part("image_encoder", model.encoder.config(), model.encoder.state_dict())
    writer.part("msi", model.msi.config(), model.msi.state_dict())
    writer.json("scheduler/scheduler_config.json", schedule_config())
    writer.json("model_index.json", {
        "_class_name": "DiffPrivacyPipeline", "vae": ["diffusers", "AutoencoderKL"],
        "unet": ["diffusers", "UNet2DConditionModel"], "scheduler": ["diffusers", "DDIMScheduler"],
        "image_encoder": ["transformers", "CLIPVisionModel"], "msi": ["diffprivacy", "MultiStageEmbedding"],
        "template": [list(point) for point in TRUE_POINTS],
        # 16 x 16 latents lose a face at less noise than the paper's 64 x 64 ones, a model that has seen few
        # pictures needs fresh noise to correct itself, sharpening leads back towards the face that is guided away from,
        # and towards a match a good guide leaves traces, in late steps and beyond a sure match most of all
        "protection": {"anonymise": {"strength": 0.55, "tau": 0.3, "eta": 1, "sharpening": 1,
                                     "guidance": 1.3, "guidance_every": 6},
                       "hide": {"strength": 0.8, "tau": 0.4, "eta": 1, "sharpening": 1, "sharpened": 0.5,
                                "guidance": 0.87, "guidance_late": 0.48, "guidance_every": 6, "target": 0.9}}})
    round_weights(model)
    torch.manual_seed(11)
    size = model.encoder.settings["size"]
    picture = drawn_picture(size, size)
    key = model.msi.all_stages(model.encoder(unit_range(picture)))
    s = model.unet.settings
    z = torch.randn(1, s["channels"], s["sample_size"], s["sample_size"])
    tensors = {"picture": picture, "key": key, "latent": z, "null": model.msi.null_embedding[None]}
    for t in (1, 501, 981):
        tensors[f"noise_t{t}"] = model.unet(z, torch.tensor([t]), key[:, t // 100])
    writer.vectors("diffusion", tensors)


PARTS = {"guide": lambda args, writer: recogniser("guide", args, writer),
         "verify": lambda args, writer: recogniser("verify", args, writer),
         "detector": detector, "refiner": refiner, "autoencoder": autoencoder, "diffusion": diffusion}


def main():
    parser = arguments(__doc__)
    parser.add_argument("parts", nargs="+", choices=sorted(PARTS))
    parser.add_argument("--pack", type=Path, default=HERE.parent / "bundled")
    parser.add_argument("--golden", type=Path, default=HERE.parent / "golden")
    parser.add_argument("--threshold", type=float, default=0.5, help="score of a found face in the config")
    parser.add_argument("--refiner-threshold", type=float, default=0.1,
                        help="probability below which the second stage drops a find")
    parser.add_argument("--diffusion-name", default="diffusion", help="run to export the diffusion model of")
    args = parser.parse_args()
    start(args)
    writer = Writer(args.pack.resolve(), args.golden.resolve())
    for part in args.parts:
        PARTS[part](args, writer)


if __name__ == "__main__":
    main()
