  def conv(self: __torch__.Kit, x: Tensor, weight: Tensor, bias: Optional[Tensor], stride: int, padding: int) -> Tensor:
    return ops.mkldnn._convolution_pointwise(x, weight, bias, [padding, padding], [stride, stride], [1, 1], 1, "none", annotate(List[Optional[number]], []), "")

  # Numbers: stride, padding, and the size of the input, for which the layout is
  # the best.
  def pack(self: __torch__.Kit, a: List[Tensor]) -> Tensor:
    n = a[1]
    stride = int(n[0])
    padding = int(n[1])
    return torch.mkldnn_reorder_conv2d_weight(torch.to_mkldnn(a[0]), [padding, padding], [stride, stride], [1, 1], 1, [int(n[2]), int(n[3]), int(n[4]), int(n[5])])
