"""Networks as lists of plain operations, so that a configuration fully describes what to build."""
from torch import nn

from .layers import Residual, Unit


def unit(name, module):
    """Folded convolution with its activation."""
    conv = module.conv
    return {"op": "conv", "name": name, "in": conv.in_channels, "out": conv.out_channels,
            "kernel": conv.kernel_size[0], "stride": conv.stride[0], "padding": conv.padding[0],
            "groups": conv.groups, "activation": module.activation}


def operations(name, module):
    """Operations of a unit, a residual block or a sequence of them."""
    if isinstance(module, Unit):
        return [unit(name, module)]
    if isinstance(module, Residual):
        return [{"op": "residual", "activation": module.activation,
                 "layers": operations(name + ".units", module.units)}]
    if isinstance(module, (nn.Sequential, nn.ModuleList)):
        return [op for i, child in enumerate(module) for op in operations(f"{name}.{i}", child)]
    raise TypeError(type(module))


def recogniser_layers(model):
    """Layers of a recogniser from picture to normalised embedding."""
    return [*operations("stem", model.stem), *operations("stages", model.stages),
            *operations("head", model.head), *operations("pool", model.pool), {"op": "flatten"},
            {"op": "linear", "name": "embed", "in": model.embed.in_features,
             "out": model.embed.out_features}, {"op": "l2_normalise", "epsilon": 1e-12}]


def refiner_layers(model):
    """Layers of the point refiner from picture to its eleven numbers."""
    return [*operations("stem", model.stem), *operations("stages", model.stages), *operations("head", model.head),
            {"op": "flatten"}, {"op": "linear", "name": "output", "in": model.output.in_features,
                                "out": model.output.out_features}]


def detector_layers(model):
    """Backbone with taps, lateral convolutions, heads."""
    backbone = operations("stem", model.stem)
    first = len(model.stages) - len(model.laterals)
    for i, stage in enumerate(model.stages):
        backbone += operations(f"stages.{i}", stage)
        if i >= first:
            backbone.append({"op": "tap", "level": i - first})
    output = model.output
    return {"backbone": backbone,
            "laterals": [unit(f"laterals.{i}", lateral) for i, lateral in enumerate(model.laterals)],
            "merge": "from the coarsest level down: lateral(tap) + nearest doubling of the coarser sum",
            "heads": [unit(f"heads.{i}", head) for i, head in enumerate(model.heads)],
            "output": {"op": "conv", "name": "output", "in": output.in_channels, "out": output.out_channels,
                       "kernel": 1, "stride": 1, "padding": 0, "groups": 1, "activation": None}}
