import { Check } from '#src/features/concepts/check.tsx';
import { EvidenceBlock } from '#src/features/concepts/evidence-block.tsx';
import { MeasuredNumber } from '#src/features/concepts/measured-number.tsx';
import { Predict } from '#src/features/concepts/predict.tsx';
import { referring } from '#src/features/concepts/references.tsx';
import { CONCEPT_LABS } from '#src/features/labs/concept-labs.tsx';
import { SoftmaxLab } from '#src/features/softmax-lab/softmax-lab.tsx';
import { TensorLab } from '#src/features/tensor-lab/tensor-lab.tsx';
import { Command } from '#src/ui/command.tsx';

/** What the text of a page of these references may hold. */
export const componentsOf = (references: readonly string[]) => ({
  Check,
  Command,
  Evidence: EvidenceBlock,
  Measured: MeasuredNumber,
  Predict,
  SoftmaxLab,
  TensorLab,
  ...CONCEPT_LABS,
  ...referring(references),
});
