import * as act from './activations';
import { batchNorm, batchNormBack } from './batch-norm';
import * as conv from './convolution/forward';
import { clearMargins, gatherPictures, slopes } from './convolution/pictures';
import { average, averageBack, maximum, maximumBack } from './convolution/pooling';
import { convWeight } from './convolution/weights';
import { winograd, winogradFilters, winogradWeight } from './convolution/winograd';
import { allActive, findActive } from './dense/active';
import { denseBack, denseBackNarrow, turn } from './dense/backward';
import { dense, denseRelu } from './dense/forward';
import { denseWeightSparse } from './dense/sparse-weights';
import { denseWeight } from './dense/weights';
import { denseWeightWide } from './dense/wide-weights';
import { add, drop } from './elementwise';
import { gatherLabels, gatherRows } from './gather';
import * as loss from './losses';
import { adagrad, adam, momentum, rmsprop, sgd } from './optimizers';
import { enterBlock, enterStep } from './place';
import { gradientNorm, watch, watched } from './probes';
import { slope } from './slopes';
import { measure } from './tally';

// A program is a list of operations, each [its length in bytes, its number, arguments ...], and is one step of a training.

// The build reads the names of this list: an operation's number is its place here.
const KERNELS: ((pc: usize) => void)[] = [
  gatherLabels,
  gatherRows,
  findActive,
  allActive,
  dense,
  denseRelu,
  act.actRelu,
  act.actTanh,
  act.actSigmoid,
  act.actGelu,
  act.actSwish,
  act.actSoftplus,
  act.actLeakyRelu,
  act.actElu,
  batchNorm,
  add,
  drop,
  loss.softmaxCrossEntropy,
  loss.naiveSoftmaxCrossEntropy,
  loss.softmaxSquaredError,
  loss.sigmoidCrossEntropy,
  loss.naiveSigmoidCrossEntropy,
  loss.squaredError,
  slope,
  batchNormBack,
  denseWeight,
  denseWeightWide,
  denseWeightSparse,
  turn,
  denseBack,
  denseBackNarrow,
  watch,
  measure,
  gradientNorm,
  watched,
  sgd,
  momentum,
  rmsprop,
  adagrad,
  adam,
  gatherPictures,
  clearMargins,
  slopes,
  conv.flip,
  conv.conv,
  conv.convRelu,
  convWeight,
  winogradFilters,
  winograd,
  winogradWeight,
  average,
  averageBack,
  maximum,
  maximumBack,
];

/** What follows is done for every block of panels, up to END: panels in all, panels of a block. */
// @ts-ignore: decorator
@inline const LOOP: i32 = -1;
// @ts-ignore: decorator
@inline const END: i32 = -2;
// @ts-ignore: decorator
@inline const STOP: i32 = -3;

function pass(start: usize): void {
  let pc = start, loopAt: usize = 0, number = 0, blocks = 0, each = 0, total = 0;
  while (true) {
    const size = <usize>load<i32>(pc), operation = load<i32>(pc, 4);
    if (operation >= 0) KERNELS[operation](pc + 4);
    else if (operation == LOOP) {
      total = load<i32>(pc, 8); each = load<i32>(pc, 12);
      blocks = (total + each - 1) / each; number = 0;
      loopAt = pc + size;
      enterBlock(0, min(each, total), blocks == 1);
    } else if (operation == END) {
      number++;
      if (number < blocks) {
        enterBlock(number, min(each, total - number * each), number == blocks - 1);
        pc = loopAt;
        continue;
      }
    } else return;
    pc += size;
  }
}

/** Runs a program `steps` times: the first of them is step 0 to whatever moves on with every step. */
export function run(program: usize, steps: i32): void {
  for (let s = 0; s < steps; s++) { enterStep(s); pass(program); }
}
