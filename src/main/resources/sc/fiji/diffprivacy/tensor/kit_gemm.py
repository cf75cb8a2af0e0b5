  def conv(self: __torch__.Kit, x: Tensor, weight: Tensor, bias: Optional[Tensor], stride: int, padding: int) -> Tensor:
    kernel = [torch.size(weight, 2), torch.size(weight, 3)]
    y = torch.thnn_conv2d(torch.to(x, 6), torch.to(weight, 6), kernel, None, [stride, stride], [padding, padding])
    if torch.__isnot__(bias, None):
      b = unchecked_cast(Tensor, bias)
      y0 = y + torch.reshape(torch.to(b, 6), [1, -1, 1, 1])
    else:
      y0 = y
    return torch.type_as(y0, x)

  def grouped(self: __torch__.Kit, x: Tensor, weight: Tensor, bias: Tensor, stride: int, padding: int, groups: int) -> Tensor:
    n = torch.size(x, 0)
    out = torch.size(weight, 0)
    kernel = [torch.size(weight, 2), torch.size(weight, 3)]
    height = torch.floordiv(torch.size(x, 2) + 2 * padding - torch.size(weight, 2), stride) + 1
    width = torch.floordiv(torch.size(x, 3) + 2 * padding - torch.size(weight, 3), stride) + 1
    columns = torch.im2col(torch.to(x, 6), kernel, [1, 1], [padding, padding], [stride, stride])
    columns0 = torch.reshape(columns, [n, groups, -1, height * width])
    rows = torch.reshape(torch.to(weight, 6), [1, groups, torch.floordiv(out, groups), -1])
    y = torch.reshape(torch.matmul(rows, columns0), [n, out, height, width])
    return torch.type_as(y + torch.reshape(torch.to(bias, 6), [1, -1, 1, 1]), x)
