import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CELL_FIELDS } from '../src/features/tensor-lab/model/cell-fields.ts';
import { CELLS } from '../src/features/tensor-lab/model/cells.ts';
import { parse } from '../src/features/tensor-lab/model/parse.ts';
import { fixed, scientific, shortest } from '../src/features/tensor-lab/model/print-number.ts';
import { runCell } from '../src/features/tensor-lab/model/run-cell.ts';
import { readView } from '../src/view/view-state.ts';

interface Wanted {
  readonly source: string;
  readonly printed: readonly string[];
  readonly error: string | null;
}
/** What PyTorch itself prints, by fixtures-cells.py. */
const { cells } = JSON.parse(readFileSync(new URL('fixtures-cells.json', import.meta.url), 'utf8')) as {
  cells: Readonly<Record<string, Wanted>>;
};
const errorOf = (source: string) => runCell(source).error?.line;

describe('a cell', () => {
  it.each(Object.entries(cells).filter(([name]) => name !== 'empty'))(
    'prints what PyTorch prints, with its errors: %s',
    (_, { source, printed, error }) => {
      const found = runCell(source);
      expect(found.printed).toEqual(printed);
      expect(found.error?.line ?? null).toBe(error);
    },
  );

  it('is one of those that PyTorch was asked', () => {
    for (const [id, source] of Object.entries(CELLS)) if (id !== 'runaway') expect(cells[id]?.source, id).toBe(source);
    expect(parse(CELLS.runaway).map(({ is }) => is)).toEqual(['assign', 'while']);
  });

  it('finds in an empty tensor what the memory held, and what is written into it', () => {
    const { printed } = runCell(CELLS.empty);
    expect(printed).toEqual([
      'tensor([[1.5000, 1.5000, 1.5000],\n        [1.5000, 1.5000, 1.5000]])',
      cells.empty?.printed.at(-1),
    ]);
    expect(runCell('torch.empty(2).shape').printed).toEqual(['torch.Size([2])']);
    const kept = 'x = torch.ones(2)\ny = x.view(1, 2)\nx = None\nz = torch.empty(2)\nz.fill_(5)\ny';
    expect(runCell(kept).printed.at(-1)).toBe('tensor([[1., 1.]])');
  });

  it('names the cast that mends a product of two dtypes', () => {
    expect(runCell(CELLS.dtypes).error?.hint?.en).toContain('a @ b.float()');
    expect(runCell('torch.arange(4).view(2, 2) @ torch.ones(2, 2)').error?.hint?.zh).toContain('a.float() @ b');
  });

  it('reaches nothing of the page', () => {
    for (const name of ['self', 'fetch', 'constructor', '__proto__', 'globalThis'])
      expect(errorOf(name)).toBe(`NameError: name '${name}' is not defined`);
    for (const name of ['constructor', '__proto__', 'toString', 'numbers'])
      expect(errorOf(`torch.ones(1).${name}`)).toBe(`AttributeError: 'Tensor' object has no attribute '${name}'`);
    expect(errorOf('torch.constructor')).toBe("AttributeError: module 'torch' has no attribute 'constructor'");
    expect(errorOf('import os')).toBe("ModuleNotFoundError: No module named 'os'");
  });

  it.each([
    ['x = ', 'SyntaxError: line 1: expected an expression, got the end of the line'],
    ['x = 1\n  y = 2', 'SyntaxError: line 2: expected an expression, got an indent'],
    ['torch.ones(2', 'SyntaxError: line 1: expected , or ), got the end'],
    ['while True\n  x = 1', 'SyntaxError: line 1: expected :, got the end of the line'],
    ['x = $', 'SyntaxError: line 1: "$" cannot be read'],
    ['torch.ones(1_000_000, 1_000)', 'RuntimeError: a tensor of 1000000000 numbers'],
  ])('says what it cannot read: %s', (source, line) => {
    expect(errorOf(source)).toBe(line);
  });

  it('stands in the address where it was changed, and is cut by no length that is short', () => {
    const { view, bad } = readView(
      CELL_FIELDS,
      new URLSearchParams({ views: 'torch.ones(2)', cast: 'x'.repeat(1001) }),
    );
    expect([view.views, view.cast, view.product]).toEqual(['torch.ones(2)', CELLS.cast, CELLS.product]);
    expect(bad.map(({ name }) => name)).toEqual(['cast']);
  });
});

describe('numbers', () => {
  // By Python 3: f"{x:.4f}", f"{x:.4e}", repr(x).
  it.each([
    [0.03125, '0.0312', '3.1250e-02', '0.03125'],
    [0.09375, '0.0938', '9.3750e-02', '0.09375'],
    [1e22, '10000000000000000000000.0000', '1.0000e+22', '1e+22'],
    [-0, '-0.0000', '-0.0000e+00', '-0.0'],
    [123456.78905, '123456.7891', '1.2346e+05', '123456.78905'],
    [5e-324, '0.0000', '4.9407e-324', '5e-324'],
    [Number.NEGATIVE_INFINITY, '-inf', '-inf', '-inf'],
  ])('%s is written as Python writes it', (value, decimals, power, short) => {
    expect([fixed(value, 4), scientific(value, 4), shortest(value)]).toEqual([decimals, power, short]);
  });
});
