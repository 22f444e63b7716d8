import { checked, numberField, type ViewField } from '#src/view/view-state.ts';

/** As many classes as the lab has, called A, B and C. */
export const CLASSES = 3;
/** Sliders reach this far; an address may hold more, to see what overflows. */
export const FARTHEST = 10;
const MOST = 10_000;

/** The logits of the classes, separated by commas. */
const logitsField: ViewField<readonly number[]> = {
  fallback: [2, 1, -1],
  read: (text) => {
    const logits = text.split(',').map(Number);
    const isRight = logits.length === CLASSES && logits.every((logit) => Math.abs(logit) <= MOST);
    return checked(logits, isRight, `${CLASSES} numbers from -${MOST} to ${MOST}`);
  },
  write: (logits) => logits.join(','),
};

/** What the address of the lab says. */
export const SOFTMAX_LAB = {
  z: logitsField,
  t: numberField(1, 0.1, 10),
  y: numberField(0, 0, CLASSES - 1),
} as const;
