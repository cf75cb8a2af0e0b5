"""The two teacher recognisers as functions of aligned crops; they give targets and figures only."""
import numpy as np
import torch
import torch.nn.functional as F

from .align import MOBILEFACE_TEMPLATE, REID_TEMPLATE, crop, similarity
from .data import true_points

FILES = {"mobileface": "recogniser-mobileface-v2.pt", "reid": "recogniser-face-reid-0095.pt"}
TEMPLATES = {"mobileface": MOBILEFACE_TEMPLATE, "reid": REID_TEMPLATE}


def lighten(graph):
    """Without padding by nothing, and with each "x if x > 0 else a x" as one operation: these were most of the time."""
    rewrite = torch._C._jit_pass_custom_pattern_based_rewrite_graph
    rewrite("""graph(%x, %zero, %slope):
        %positive : Tensor = aten::gt(%x, %zero)
        %scaled : Tensor = aten::mul(%x, %slope)
        %result : Tensor = aten::where(%positive, %x, %scaled)
        return (%result)""", """graph(%x, %zero, %slope):
        %result : Tensor = aten::_prelu_kernel(%x, %slope)
        return (%result)""", graph)
    for node in graph.findAllNodes("aten::pad"):
        width = list(node.inputs())[1].toIValue()
        if width is not None and not any(width):
            node.output().replaceAllUsesWith(list(node.inputs())[0])
            node.destroy()


def tapped(model):
    """The traced teacher as a function that also returns what its head reads.

    The head is a full-size depthwise convolution, the last convolution but one, or else a flattening and a
    linear layer.
    """
    frozen = torch.jit.freeze(model)
    graph = frozen.graph
    lighten(graph)
    nodes = list(graph.nodes())
    convolutions = [node for node in nodes if "conv" in node.kind()]
    linear = [node for node in nodes if node.kind() == "aten::linear"]
    head = next(node for node in nodes if node.kind() == "aten::flatten") if linear else convolutions[-2]
    value = list(head.inputs())[0]
    while value.node().kind() == "aten::pad":
        value = list(value.node().inputs())[0]
    graph.registerOutput(value)
    graph.makeMultiOutputIntoTuple()
    function = torch._C._create_function_from_graph("tapped", graph)
    return lambda x: function(frozen._c, x)


class Teacher:
    """Embeds pictures in [-1, 1]; the five points of `frame` say where the face is."""

    def __init__(self, shared, name, device):
        self.name = name
        self.size, self.points = TEMPLATES[name]
        self.model = torch.jit.load(str(shared / "weights" / FILES[name]), map_location=device).eval()

        self._tapped = None

    def maps(self, x):
        """Embedding of aligned crops, and the last feature map before the network's head as (n, c, h, w)."""
        if self._tapped is None:
            self._tapped = tapped(self.model)
        transform = similarity(true_points(x.shape[-1]), np.asarray(self.points))
        embedding, maps = self._tapped(self._scaled(crop(x, transform, self.size)))
        return F.normalize(embedding.float(), dim=1), maps

    def _scaled(self, x):
        x = (x.clamp(-1, 1) + 1) * 127.5
        return x.flip(1) if self.name == "reid" else x

    def aligned(self, x):
        """Embedding of crops that already follow the teacher's template."""
        return F.normalize(self.model(self._scaled(x)).float(), dim=1)

    def __call__(self, x, points=None, batch=32):
        """Embedding of pictures whose five points lie at `points` (default: those of the aligned crops)."""
        if points is None:
            points = true_points(x.shape[-1])
        points = np.asarray(points)
        target = np.asarray(self.points)
        if points.ndim == 2:
            transform = similarity(points, target)
            parts = [self.aligned(crop(p, transform, self.size)) for p in x.split(batch)]
        else:
            parts = [self.aligned(crop(x[i:i + 1], similarity(p, target), self.size))
                     for i, p in enumerate(points)]
        return torch.cat(parts)
