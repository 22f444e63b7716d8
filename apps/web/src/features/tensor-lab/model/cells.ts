/** The cells of the page as they are at first: what PyTorch gives for each stands in test/fixtures-cells.json. */
export const CELLS = {
  creation: `x = torch.tensor([[1, 2, 3], [4, 5, 6]])
x
x.shape, x.dtype
torch.zeros(2, 3)
torch.arange(0, 1, 0.25)
torch.tensor([1.5, float('nan'), torch.inf])`,
  empty: `x = torch.full((2, 3), 1.5)
x = None  # nobody needs it any more
x = torch.empty(2, 3)
x  # whatever the memory holds
x.fill_(7)`,
  views: `x = torch.arange(6)
y = x.view(2, 3)
y[0, 0] = 100
x  # written through the view
y.t().is_contiguous()
y.t().reshape(6)  # a copy
y.t().view(6)`,
  broadcasting: `a = torch.tensor([[0.0], [10.0]])
b = torch.tensor([1.0, 2.0, 3.0])
a + b
(torch.ones(3000, 2) + torch.ones(3000, 1)).shape
torch.ones(3000, 2) + torch.ones(3000)`,
  reductions: `x = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]])
x.sum()
x.mean(dim=1)
x.sum(dim=0, keepdim=True)
x.max(dim=1)
torch.tensor([1, 2, 4]).mean()`,
  product: `a = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
b = torch.tensor([[5.0], [6.0]])
a @ b
(a @ b).shape
b @ a`,
  dtypes: `a = torch.tensor([[1.5, 2.5]])
b = torch.tensor([[2], [4]])
a.dtype, b.dtype
a + b  # converts
a @ b  # does not`,
  cast: `a = torch.tensor([[1.5, 2.5]])
b = torch.tensor([[2], [4]])
a @ b.float()
n = torch.tensor([16777216, 16777217])
n
n.float().long()  # 2**24 + 1 has no float32`,
  runaway: `x = torch.ones(3)
while True:
    x = x * 1.0001`,
} as const;

export type CellId = keyof typeof CELLS;
