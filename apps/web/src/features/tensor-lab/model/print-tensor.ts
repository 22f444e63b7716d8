import { isFloating, type Num } from './dtypes.ts';
import { fixed, scientific } from './print-number.ts';
import type { TorchTensor } from './tensor.ts';

// Tensors as PyTorch prints them: torch/_tensor_str.py with its first settings.

const PRECISION = 4;
const THRESHOLD = 1000;
const EDGE = 3;
const LINE = 80;

/** How all numbers of a tensor are written: as wide as the widest. */
interface Writing {
  readonly width: number;
  readonly write: (value: Num) => string;
}

function writingOf(tensor: TorchTensor, values: readonly Num[]): Writing {
  if (!isFloating(tensor.dtype)) {
    const write = (value: Num) => (tensor.dtype === 'bool' ? (value === 0n ? 'False' : 'True') : String(value));
    return { width: Math.max(1, ...values.map((value) => write(value).length)), write };
  }
  const some = (values as readonly number[]).filter((value) => Number.isFinite(value) && value !== 0);
  const isWhole = some.every(Number.isInteger);
  const sizes = some.map(Math.abs);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const isScientific = some.length > 0 && (most / least > 1000 || most > 1e8 || least < 1e-4);
  const plain = (value: number) => {
    if (isScientific) return scientific(value, PRECISION);
    return isWhole ? `${fixed(value, 0)}${Number.isFinite(value) ? '.' : ''}` : fixed(value, PRECISION);
  };
  const width = Math.max(1, ...some.map((value) => plain(value).length));
  return { width, write: (value) => plain(value as number) };
}

/** What is at the edges of every axis; the whole tensor where that is not much. */
const isLong = (side: number, summarises: boolean): boolean => summarises && side > 2 * EDGE;

function partOf(tensor: TorchTensor, i: number): TorchTensor {
  const stride = tensor.strides[0] as number;
  return tensor.view(tensor.shape.slice(1), tensor.strides.slice(1), tensor.offset + i * stride);
}

const ends = (side: number): number[] => [
  ...Array.from({ length: EDGE }, (_, i) => i),
  ...Array.from({ length: EDGE }, (_, i) => side - EDGE + i),
];

function edgesOf(tensor: TorchTensor): Num[] {
  if (tensor.rank === 0) return tensor.values();
  const side = tensor.shape[0] as number;
  const places = isLong(side, true) ? ends(side) : Array.from({ length: side }, (_, i) => i);
  return places.flatMap((i) => edgesOf(partOf(tensor, i)));
}

function lineOf(tensor: TorchTensor, indent: number, summarises: boolean, { width, write }: Writing): string {
  const padded = (value: Num) => write(value).padStart(width);
  const side = tensor.shape[0] as number;
  const at = (i: number) => padded(partOf(tensor, i).values()[0] as Num);
  const items = isLong(side, summarises)
    ? [...ends(side).slice(0, EDGE).map(at), ' ...', ...ends(side).slice(EDGE).map(at)]
    : Array.from({ length: side }, (_, i) => at(i));
  const each = Math.max(1, Math.floor((LINE - indent) / (width + 2)));
  const lines: string[] = [];
  for (let first = 0; first < items.length; first += each) lines.push(items.slice(first, first + each).join(', '));
  return `[${lines.join(`,\n${' '.repeat(indent + 1)}`)}]`;
}

function textOf(tensor: TorchTensor, indent: number, summarises: boolean, writing: Writing): string {
  if (tensor.rank === 0) return writing.write(tensor.values()[0] as Num).padStart(writing.width);
  if (tensor.rank === 1) return lineOf(tensor, indent, summarises, writing);
  const side = tensor.shape[0] as number;
  const part = (i: number) => textOf(partOf(tensor, i), indent + 1, summarises, writing);
  const parts = isLong(side, summarises)
    ? [...ends(side).slice(0, EDGE).map(part), '...', ...ends(side).slice(EDGE).map(part)]
    : Array.from({ length: side }, (_, i) => part(i));
  return `[${parts.join(`,${'\n'.repeat(tensor.rank - 1)}${' '.repeat(indent + 1)}`)}]`;
}

/** Dtypes that a tensor has by itself are not told. */
const FIRST: readonly string[] = ['float32', 'int64', 'bool'];

export function tensorText(tensor: TorchTensor): string {
  const isEmpty = tensor.size === 0;
  const suffixes = [
    ...(isEmpty && tensor.rank !== 1 ? [`size=(${tensor.shape.join(', ')})`] : []),
    ...(!FIRST.includes(tensor.dtype) || (isEmpty && tensor.dtype !== 'float32')
      ? [`dtype=torch.${tensor.dtype}`]
      : []),
  ];
  const summarises = tensor.size > THRESHOLD;
  const body = isEmpty
    ? '[]'
    : textOf(tensor, 'tensor('.length, summarises, writingOf(tensor, summarises ? edgesOf(tensor) : tensor.values()));
  return `tensor(${withSuffixes(body, suffixes)})`;
}

function withSuffixes(body: string, suffixes: readonly string[]): string {
  let text = body;
  let last = 'tensor('.length + body.length - (body.lastIndexOf('\n') + 1);
  for (const suffix of suffixes) {
    const isTooLong = last + suffix.length + 2 > LINE;
    text += isTooLong ? `,\n${' '.repeat('tensor('.length)}${suffix}` : `, ${suffix}`;
    last = isTooLong ? 'tensor('.length + suffix.length : last + suffix.length + 2;
  }
  return text;
}
