import { Check } from '#src/features/concepts/check.tsx';
import { Measured } from '#src/features/concepts/measured.tsx';
import { Predict } from '#src/features/concepts/predict.tsx';
import { referring } from '#src/features/concepts/references.tsx';
import { StudyEvidence } from '#src/features/concepts/study-evidence.tsx';
import { SoftmaxLab } from '#src/features/softmax-lab/softmax-lab.tsx';
import { Command } from '#src/ui/command.tsx';

/** What the text of a page of these references may hold. */
export const componentsOf = (references: readonly string[]) => ({
  Check,
  Command,
  Evidence: StudyEvidence,
  Measured,
  Predict,
  SoftmaxLab,
  ...referring(references),
});
