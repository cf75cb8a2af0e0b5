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
    y = torch.conv2d(torch.to(x, 7), torch.to(weight, 7), torch.to(bias, 7), [stride, stride], [padding, padding], [1, 1], groups)
    return torch.type_as(y, x)
