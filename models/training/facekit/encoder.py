"""Image encoder (CLIP vision layout) and MSI, which turn a face into its ten stage embeddings."""
import torch
import torch.nn.functional as F
from torch import nn

from .attention import attend

STAGES = 10


class SelfAttention(nn.Module):
    """Multi-head self-attention with biases."""

    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.q_proj, self.k_proj, self.v_proj, self.out_proj = (nn.Linear(width, width) for _ in range(4))

    def forward(self, x, context=None):
        context = x if context is None else context
        q, k, v = (f(t).unflatten(-1, (self.heads, -1)).transpose(1, 2)
                   for f, t in ((self.q_proj, x), (self.k_proj, context), (self.v_proj, context)))
        return self.out_proj(attend(q, k, v))


class Mlp(nn.Module):
    """Two linear layers with the quick GELU of CLIP."""

    def __init__(self, width, inner):
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(width, inner), nn.Linear(inner, width)

    def forward(self, x):
        x = self.fc1(x)
        return self.fc2(x * torch.sigmoid(1.702 * x))


class EncoderLayer(nn.Module):
    """Pre-norm transformer layer."""

    def __init__(self, width, heads, inner):
        super().__init__()
        self.layer_norm1, self.layer_norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.self_attn = SelfAttention(width, heads)
        self.mlp = Mlp(width, inner)

    def forward(self, x):
        x = x + self.self_attn(self.layer_norm1(x))
        return x + self.mlp(self.layer_norm2(x))


class Embeddings(nn.Module):
    """Patches, class token, positions."""

    def __init__(self, width, size, patch):
        super().__init__()
        self.class_embedding = nn.Parameter(torch.randn(width) * 0.02)
        self.patch_embedding = nn.Conv2d(3, width, patch, patch, bias=False)
        self.position_embedding = nn.Embedding((size // patch) ** 2 + 1, width)
        nn.init.normal_(self.position_embedding.weight, std=0.02)

    def forward(self, x):
        x = self.patch_embedding(x).flatten(2).transpose(1, 2)
        x = torch.cat([self.class_embedding.expand(len(x), 1, -1), x], 1)
        return x + self.position_embedding.weight


class Layers(nn.Module):
    """Container that gives the layers their checkpoint names."""

    def __init__(self, width, heads, inner, depth):
        super().__init__()
        self.layers = nn.ModuleList(EncoderLayer(width, heads, inner) for _ in range(depth))


class VisionTransformer(nn.Module):
    """Body of the encoder."""

    def __init__(self, width, heads, inner, depth, size, patch):
        super().__init__()
        self.embeddings = Embeddings(width, size, patch)
        self.pre_layrnorm = nn.LayerNorm(width)
        self.encoder = Layers(width, heads, inner, depth)
        self.post_layernorm = nn.LayerNorm(width)


class ImageEncoder(nn.Module):
    """CLIPVisionModel; `forward` gives the hidden states of every layer, (n, depth, tokens, width)."""

    def __init__(self, width=192, heads=3, depth=5, size=128, patch=16):
        super().__init__()
        self.settings = dict(width=width, heads=heads, depth=depth, size=size, patch=patch)
        self.vision_model = VisionTransformer(width, heads, 4 * width, depth, size, patch)

    def forward(self, x):
        model = self.vision_model
        x = model.pre_layrnorm(model.embeddings(x))
        states = []
        for layer in model.encoder.layers:
            x = layer(x)
            states.append(x)
        return torch.stack(states, 1)

    def config(self):
        """Configuration in the Hugging Face layout; pictures are in [-1, 1] (mean and std 0.5)."""
        s = self.settings
        return {"architectures": ["CLIPVisionModel"], "model_type": "clip_vision_model",
                "hidden_size": s["width"], "intermediate_size": 4 * s["width"],
                "num_hidden_layers": s["depth"], "num_attention_heads": s["heads"],
                "image_size": s["size"], "patch_size": s["patch"], "num_channels": 3,
                "hidden_act": "quick_gelu", "layer_norm_eps": 1e-05,
                "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5]}


class StageEmbedding(nn.Module):
    """MSI: learned queries of each stage attend to the tokens of all encoder depths.

    For stage s: context = concat over depths l of projections[l](normalise(hidden[l])) + depth[l];
    a = attention(queries[s], context); embedding = a + mlp(norm(a)). The null embedding is the
    unconditional context.
    """

    def __init__(self, width=192, context=256, tokens=8, depth=5, heads=4):
        super().__init__()
        self.settings = dict(width=width, context=context, tokens=tokens, depth=depth, heads=heads)
        self.queries = nn.Parameter(torch.randn(STAGES, tokens, context) * 0.5)
        self.depth = nn.Parameter(torch.randn(depth, context) * 0.1)
        self.projections = nn.ModuleList(nn.Linear(width, context) for _ in range(depth))
        self.attention = SelfAttention(context, heads)
        self.norm = nn.LayerNorm(context)
        self.mlp = Mlp(context, 2 * context)
        self.null_embedding = nn.Parameter(torch.randn(tokens, context) * 0.02)

    def context(self, states):
        """Keys and values of all depths, (n, depth * tokens, context)."""
        width = states.shape[-1:]
        return torch.cat([projection(F.layer_norm(states[:, i], width)) + self.depth[i]
                          for i, projection in enumerate(self.projections)], 1)

    def forward(self, states, stage):
        """Embedding of one stage index a picture: (n, tokens, context)."""
        return self._attend(self.queries[stage], self.context(states))

    def all_stages(self, states):
        """Key-E: (n, stages, tokens, context)."""
        context = self.context(states)
        return torch.stack([self._attend(self.queries[s].expand(len(states), -1, -1), context)
                            for s in range(STAGES)], 1)

    def _attend(self, queries, context):
        a = self.attention(queries, context)
        return a + self.mlp(self.norm(a))

    def config(self):
        """Configuration of the product's own format."""
        s = self.settings
        return {"_class_name": "MultiStageEmbedding", "stages": STAGES, "tokens": s["tokens"],
                "cross_attention_dim": s["context"], "hidden_size": s["width"],
                "hidden_states": list(range(1, s["depth"] + 1)), "num_attention_heads": s["heads"],
                "intermediate_size": 2 * s["context"], "hidden_act": "quick_gelu",
                "layer_norm_eps": 1e-05, "input_layer_norm": "plain, without weights"}
