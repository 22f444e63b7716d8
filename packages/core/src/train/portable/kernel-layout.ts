/** The outputs in one panel of a kernel. */
const OUTPUTS = 4;

/**
 * Which element of a kernel [inputs, outputs] the engine has at each place: it stores panels of 4 outputs, [outputs /
 * 4][inputs][4], the last one as narrow as what is left.
 * @param inputOrder which of the variable's inputs each of the engine's is
 */
export function kernelOrder(inputs: number, outputs: number, inputOrder?: Int32Array): Int32Array {
  const order = new Int32Array(inputs * outputs);
  let at = 0;
  for (let first = 0; first < outputs; first += OUTPUTS) {
    const end = Math.min(outputs, first + OUTPUTS);
    for (let k = 0; k < inputs; k++) {
      const input = inputOrder ? (inputOrder[k] as number) : k;
      for (let n = first; n < end; n++) order[at++] = input * outputs + n;
    }
  }
  return order;
}
