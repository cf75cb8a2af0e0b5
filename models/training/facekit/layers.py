"""Convolution units that the recognisers and the detector share; batch norm is folded on export."""
import torch
import torch.nn.functional as F
from torch import nn

ACTIVATIONS = {"silu": F.silu, "relu": F.relu}


class Unit(nn.Module):
    """Convolution without bias, batch norm, optional activation."""

    def __init__(self, inner, outer, kernel, stride=1, groups=1, activation=None, padding=None):
        super().__init__()
        padding = kernel // 2 if padding is None else padding
        self.conv = nn.Conv2d(inner, outer, kernel, stride, padding, groups=groups, bias=False)
        self.norm = nn.BatchNorm2d(outer)
        self.activation = activation

    def forward(self, x):
        x = self.norm(self.conv(x))
        return ACTIVATIONS[self.activation](x) if self.activation else x

    @torch.no_grad()
    def folded(self):
        """Weight and bias of the equivalent plain convolution."""
        norm = self.norm
        factor = norm.weight.double() / torch.sqrt(norm.running_var.double() + norm.eps)
        weight = self.conv.weight.double() * factor.view(-1, 1, 1, 1)
        bias = norm.bias.double() - norm.running_mean.double() * factor
        return weight.float(), bias.float()


class Residual(nn.Module):
    """act(x + units(x)), where the last unit has no activation and starts as zero.

    `residual` is a pair of 3x3 convolutions, `bottleneck` 1x1, 3x3, 1x1 at half the width.
    """

    def __init__(self, width, architecture, activation):
        super().__init__()
        if architecture == "residual":
            units = [Unit(width, width, 3, activation=activation), Unit(width, width, 3)]
        else:
            units = [Unit(width, width // 2, 1, activation=activation),
                     Unit(width // 2, width // 2, 3, activation=activation), Unit(width // 2, width, 1)]
        nn.init.zeros_(units[-1].norm.weight)
        self.units = nn.Sequential(*units)
        self.activation = activation

    def forward(self, x):
        return ACTIVATIONS[self.activation](x + self.units(x))


def folded_state(module):
    """State of a network of units with batch norm folded: UNIT.weight, UNIT.bias; the rest as it is."""
    state, inside = {}, set()
    for name, child in module.named_modules():
        if isinstance(child, Unit):
            state[f"{name}.weight"], state[f"{name}.bias"] = child.folded()
            inside.add(name + ".")
    for name, value in module.state_dict().items():
        if not any(name.startswith(prefix) for prefix in inside):
            state[name] = value
    return state


@torch.no_grad()
def load_folded(module, state):
    """Load an exported state, whose batch norm is folded, into a network of units.

    The norms become the identity plus the bias; `normalise_again` makes them trainable.
    """
    rest = dict(state)
    for name, child in module.named_modules():
        if isinstance(child, Unit):
            norm = child.norm
            child.conv.weight.copy_(rest.pop(f"{name}.weight"))
            norm.running_mean.zero_()
            norm.running_var.fill_(1.0 - norm.eps)
            norm.weight.fill_(1.0)
            norm.bias.copy_(rest.pop(f"{name}.bias"))
    missing, extra = module.load_state_dict(rest, strict=False)
    wrong = [name for name in missing if ".norm." not in name and ".conv." not in name] + list(extra)
    assert not wrong, wrong
    return module


@torch.no_grad()
def normalise_again(module, x):
    """Give loaded norms the statistics of their inputs for the pictures `x`, without changing the network.

    After that the network may train as if its norms had never been folded.
    """
    def measure(unit, inputs, _):
        u = unit.conv(inputs[0]).float()
        mean, variance = u.mean((0, 2, 3)), u.var((0, 2, 3), unbiased=False)
        norm = unit.norm
        old = norm.weight / torch.sqrt(norm.running_var + norm.eps)
        shift = norm.bias - norm.running_mean * old
        norm.weight.copy_(old * torch.sqrt(variance + norm.eps))
        norm.bias.copy_(shift + mean * old)
        norm.running_mean.copy_(mean)
        norm.running_var.copy_(variance)

    hooks = [child.register_forward_hook(measure) for child in module.modules() if isinstance(child, Unit)]
    was = module.training
    module.eval()(x)
    module.train(was)
    for hook in hooks:
        hook.remove()
    return module


@torch.no_grad()
def grow(narrow, wide):
    """Give `wide`, of the same make with more channels, the weights of `narrow`, so that it computes the same.

    New channels start with random weights, and nothing that was there before listens to them yet
    (Chen et al. 2016, Net2Net, without its copies).
    """
    old = narrow.state_dict()
    for name, value in wide.state_dict().items():
        known = old[name]
        if value.ndim > 1:
            value[:len(known), known.shape[1]:] = 0
        value[tuple(slice(n) for n in known.shape)] = known
    return wide
