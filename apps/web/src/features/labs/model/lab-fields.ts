import type { NumberBounds } from '@whorl/core';
import { checked, choiceField, flagField, numberField, type ViewField, type ViewFields } from '#src/view/view-state.ts';
import { lookedField } from './drawing.ts';
import { type Control, type LabPlan, readsDigits, SPEEDS } from './plan.ts';

/** Whether a number of a config may be this. */
export const isWithin = (value: number, { least, most, above, below, whole }: NumberBounds): boolean =>
  (above ? value > least : value >= least) &&
  (below ? value < most : value <= most) &&
  (!whole || Number.isInteger(value));

const boundedField = (fallback: number, bounds: NumberBounds): ViewField<number> => ({
  fallback,
  read: (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    return checked(value, isWithin(value, bounds), expectedOf(bounds));
  },
  write: String,
});

const expectedOf = ({ least, most, above, below, whole }: NumberBounds): string =>
  `${whole ? 'a whole number' : 'a number'} ${above ? 'above' : 'from'} ${least} ${below ? 'to below' : 'to'} ${most}`;

const WHOLE_LIST = /^\s*\d+\s*(,\s*\d+\s*)*$/;

/** The numbers of a list that is typed; null where it is none. Nothing is the empty list. */
export function listOf(text: string, longest: number): readonly number[] | null {
  if (text.trim() === '') return [];
  if (!WHOLE_LIST.test(text)) return null;
  const numbers = text.split(',').map(Number);
  return numbers.length <= longest && numbers.every((number) => number >= 1) ? numbers : null;
}

function listField(fallback: readonly number[], longest: number): ViewField<readonly number[]> {
  const expected = `at most ${longest} whole numbers from 1 on, with commas between them`;
  return {
    fallback,
    read: (text) => {
      const numbers = listOf(text, longest);
      return checked(numbers ?? [], numbers !== null, expected);
    },
    write: (numbers) => numbers.join(','),
  };
}

function fieldOf(control: Control): ViewFields[string] {
  if (control.kind === 'list') return listField(control.fallback, control.longest);
  if (control.kind === 'own-number') return boundedField(Number.NaN, control.bounds);
  if (control.kind === 'number' || control.kind === 'rate') return boundedField(control.fallback, control.bounds);
  const names = control.options.map(({ name }) => name);
  return choiceField(names, control.fallback);
}

/** What of a lab stands in its address: what is set, the speed, the step that is shown, whether the units' lines are. */
export function labFields(plan: LabPlan): ViewFields {
  const step = numberField(0, 0, plan.mostSteps);
  const expected = `a whole number from 0 to ${plan.mostSteps}`;
  return {
    ...Object.fromEntries(plan.controls.map((control) => [control.name, fieldOf(control)])),
    speed: choiceField(SPEEDS.map(String), String(plan.speed)),
    step: { ...step, read: (text) => checked(step.read(text), Number.isInteger(Number(text)), expected) },
    ...(plan.extras.includes('units') && { units: flagField() }),
    ...(plan.planes && {
      plane: choiceField(
        plan.planes.map(({ id }) => id),
        plan.planes[0]?.id ?? '',
      ),
    }),
    ...(plan.seedLooks && { seeds: flagField() }),
    ...(readsDigits(plan) && { digit: lookedField }),
  };
}
