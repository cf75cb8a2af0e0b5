# TorchScript in the form in which modules are stored: "torch.x" is the operator
# aten::x, and every local function is a method. Java loads this text at run
# time (KitArchive) and calls its methods (OpKit) with one list each: a[0] is the
# input, a[1] the numbers if the method has any, the rest follows. KitOps is the
# only caller and fixes the order; Ops says what each method computes.
# A sum takes the memory layout of its first term. So residual connections put the
# block's input first: reshaped tokens would turn all that follows into the layout
# with channels last, whose norms and gradients are slower here.
class Kit(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  def to_bf16(self: __torch__.Kit, a: List[Tensor]) -> Tensor:
    return torch.to(a[0], 15)

  def to_f32(self: __torch__.Kit, a: List[Tensor]) -> Tensor:
    return torch.to(a[0], 6)

  # OpKit replaces this method where weights are packed, and this one and the next where
  # oneDNN is wrong. What packed convolutions made has channels last, see above.
  def conv(self: __torch__.Kit, x: Tensor, weight: Tensor, bias: Optional[Tensor], stride: int, padding: int) -> Tensor:
    return torch.conv2d(torch.contiguous(x), weight, bias, [stride, stride], [padding, padding])

  def grouped(self: __torch__.Kit, x: Tensor, weight: Tensor, bias: Tensor, stride: int, padding: int, groups: int) -> Tensor:
    return torch.conv2d(x, weight, bias, [stride, stride], [padding, padding], [1, 1], groups)

  def conv2d(self: __torch__.Kit, a: List[Tensor]) -> Tensor:
    if len(a) > 3:
      y = (self).conv(a[0], a[2], a[3], int(a[1][0]), int(a[1][1]), )
    else:
      y = (self).conv(a[0], a[2], None, int(a[1][0]), int(a[1][1]), )
    return y

  def grouped_conv2d(self: __torch__.Kit, a: List[Tensor]) -> Tensor:
    return (self).grouped(a[0], a[2], a[3], int(a[1][0]), int(a[1][1]), int(a[1][2]), )

  # Bilinear, zeros outside, edges of the pixels as corners.
  def grid_sample(self: __torch__.Kit, a: List[Tensor]) -> Tensor:
    return torch.grid_sampler(a[0], a[1], 0, 0, False)

  def linear(self: __torch__.Kit, a: List[Tensor]) -> Tensor:
    if len(a) > 2:
      y = torch.linear(a[0], a[1], a[2])
    else:
      y = torch.linear(a[0], a[1])
    return y

  def group_norm(self: __torch__.Kit, a: List[Tensor]) -> Tensor:
    return torch.group_norm(a[0], int(a[1][0]), a[2], a[3], float(a[1][1]))

  def group_norm_silu(self: __torch__.Kit, a: List[Tensor]) -> Tensor:
    return torch.silu(torch.group_norm(a[0], int(a[1][0]), a[2], a[3], float(a[1][1])))

  def layer_norm(self: __torch__.Kit, a: List[Tensor]) -> Tensor:
    return torch.layer_norm(a[0], torch.size(a[2]), a[2], a[3], float(a[1][0]))

  def silu(self: __torch__.Kit, a: List[Tensor]) -> Tensor:
    return torch.silu(a[0])

  def gelu(self: __torch__.Kit, a: List[Tensor]) -> Tensor:
    return torch.gelu(a[0])

  def quick_gelu(self: __torch__.Kit, a: List[Tensor]) -> Tensor:
    return a[0] * torch.sigmoid(a[0] * 1.702)

  def relu(self: __torch__.Kit, a: List[Tensor]) -> Tensor:
    return torch.relu(a[0])

  def geglu(self: __torch__.Kit, a: List[Tensor]) -> Tensor:
    h, gate, = torch.chunk(a[0], 2, -1)
    return h * torch.gelu(gate)

  def split_heads(self: __torch__.Kit, x: Tensor, heads: int) -> Tensor:
    return torch.transpose(torch.view(x, [torch.size(x, 0), torch.size(x, 1), heads, -1]), 1, 2)

  def attend(self: __torch__.Kit, q: Tensor, k: Tensor, v: Tensor, heads: int, causal: bool) -> Tensor:
    y = torch.scaled_dot_product_attention((self).split_heads(q, heads, ), (self).split_heads(k, heads, ), (self).split_heads(v, heads, ), None, 0., causal)
    return torch.reshape(torch.transpose(y, 1, 2), [torch.size(q, 0), torch.size(q, 1), torch.size(v, 2)])

  def attention(self: __torch__.Kit, a: List[Tensor]) -> Tensor:
    return (self).attend(a[0], a[2], a[3], int(a[1][0]), int(a[1][1]) > 0, )

  def upsample(self: __torch__.Kit, a: List[Tensor]) -> Tensor:
    return torch.upsample_nearest2d(a[0], [int(a[1][0]), int(a[1][1])], None)

  def upsample_conv(self: __torch__.Kit, a: List[Tensor]) -> Tensor:
    x = torch.upsample_nearest2d(a[0], [int(a[1][0]), int(a[1][1])], None)
    return (self).conv(x, a[2], a[3], 1, 1, )

  def pad_bottom_right(self: __torch__.Kit, a: List[Tensor]) -> Tensor:
    return torch.constant_pad_nd(a[0], [0, 1, 0, 1], 0.)

  # Numbers: groups, eps, scale, has time, has shortcut. Then norm1, conv1, norm2,
  # conv2, [time embedding, its projection], [shortcut].
  def residual(self: __torch__.Kit, a: List[Tensor]) -> Tensor:
    x = a[0]
    n = a[1]
    groups = int(n[0])
    eps = float(n[1])
    scale = float(n[2])
    h = torch.silu(torch.group_norm(x, groups, a[2], a[3], eps))
    h = (self).conv(h, a[4], a[5], 1, 1, )
    if int(n[3]) > 0:
      t = torch.linear(torch.silu(a[10]), a[11], a[12])
      h = h + torch.unsqueeze(torch.unsqueeze(t, -1), -1)
    else:
      h = h
    h = torch.silu(torch.group_norm(h, groups, a[6], a[7], eps))
    h = (self).conv(h, a[8], a[9], 1, 1, )
    if int(n[4]) > 0:
      h = (self).conv(x, a[-2], a[-1], 1, 0, ) + h
    else:
      h = x + h
    if scale != 1.:
      h = h / scale
    else:
      h = h
    return h

  # Attention with projections: query, key, value (no bias), out weight and bias.
  def project_attend(self: __torch__.Kit, x: Tensor, context: Tensor, a: List[Tensor], i: int, heads: int) -> Tensor:
    q = torch.linear(x, a[i])
    k = torch.linear(context, a[i + 1])
    v = torch.linear(context, a[i + 2])
    return torch.linear((self).attend(q, k, v, heads, False, ), a[i + 3], a[i + 4])

  # From a[i]: norm1, self (5), norm2, cross (5), norm3, gate, out: 20 arrays.
  def block(self: __torch__.Kit, x: Tensor, context: Tensor, a: List[Tensor], i: int, heads: int, only_cross: bool) -> Tensor:
    c = torch.size(a[i])
    n = torch.layer_norm(x, c, a[i], a[i + 1], 1e-05)
    if only_cross:
      x1 = (self).project_attend(n, context, a, i + 2, heads, ) + x
    else:
      x1 = (self).project_attend(n, n, a, i + 2, heads, ) + x
    n1 = torch.layer_norm(x1, c, a[i + 7], a[i + 8], 1e-05)
    x2 = (self).project_attend(n1, context, a, i + 9, heads, ) + x1
    n2 = torch.layer_norm(x2, c, a[i + 14], a[i + 15], 1e-05)
    h, gate, = torch.chunk(torch.linear(n2, a[i + 16], a[i + 17]), 2, -1)
    return torch.linear(h * torch.gelu(gate), a[i + 18], a[i + 19]) + x2

  # Numbers: heads, only cross. Then context and the block's 20 arrays.
  def transformer(self: __torch__.Kit, a: List[Tensor]) -> Tensor:
    return (self).block(a[0], a[2], a, 3, int(a[1][0]), int(a[1][1]) > 0, )

  # Numbers: heads, only cross, groups, linear, blocks. Then context, 20 arrays for
  # each block, norm, in, out.
  def spatial_transformer(self: __torch__.Kit, a: List[Tensor]) -> Tensor:
    x = a[0]
    n = a[1]
    heads = int(n[0])
    only_cross = int(n[1]) > 0
    linear = int(n[3]) > 0
    h = torch.group_norm(x, int(n[2]), a[-6], a[-5], 1e-06)
    if linear:
      h = torch.linear(torch.transpose(torch.flatten(h, 2), 1, 2), a[-4], a[-3])
    else:
      h = torch.transpose(torch.flatten((self).conv(h, a[-4], a[-3], 1, 0, ), 2), 1, 2)
    for b in range(int(n[4])):
      h = (self).block(h, a[2], a, 3 + 20 * b, heads, only_cross, )
    if linear:
      h = torch.reshape(torch.transpose(torch.linear(h, a[-2], a[-1]), 1, 2), torch.size(x))
    else:
      h = (self).conv(torch.reshape(torch.transpose(h, 1, 2), torch.size(x)), a[-2], a[-1], 1, 0, )
    return x + h

  # Numbers: heads, groups, eps. Then norm, query, key, value, out, all with bias.
  def spatial_attention(self: __torch__.Kit, a: List[Tensor]) -> Tensor:
    x = a[0]
    n = a[1]
    h = torch.group_norm(x, int(n[1]), a[2], a[3], float(n[2]))
    h = torch.transpose(torch.flatten(h, 2), 1, 2)
    y = (self).attend(torch.linear(h, a[4], a[5]), torch.linear(h, a[6], a[7]), torch.linear(h, a[8], a[9]), int(n[0]), False, )
    y = torch.linear(y, a[10], a[11])
    return x + torch.reshape(torch.transpose(y, 1, 2), torch.size(x))
