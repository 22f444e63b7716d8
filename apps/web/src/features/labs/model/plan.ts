import type { Config, NumberBounds, Text } from '@whorl/core';
import type { Look } from '#src/charts/looks.ts';
import type { LabValues } from './messages.ts';

interface Named {
  /** Of a parameter of the address, and of its label. */
  readonly name: string;
  /** In the config; null where it chooses what some of the trainings have. */
  readonly path: string | null;
}

interface Option {
  /** In the address. */
  readonly name: string;
  readonly value: unknown;
  /** What people call it; left out where that is its name. */
  readonly label?: string | Text;
}

/** What a reader may set, for all trainings of a lab. */
export type Control = Named &
  (
    | /** A number, typed. */ {
        readonly kind: 'number';
        readonly fallback: number;
        readonly bounds: NumberBounds;
      }
    | /** A number, typed, that has another default for each value of another control; NaN stands for that default. */ {
        readonly kind: 'own-number';
        readonly by: string;
        readonly fallbacks: Readonly<Record<string, number>>;
        readonly bounds: NumberBounds;
      }
    | /** A number on a logarithmic slider, which has `stops`; the address may name any other. */ {
        readonly kind: 'rate';
        readonly fallback: number;
        readonly bounds: NumberBounds;
        readonly stops: readonly number[];
      }
    | /** One of some values. */ {
        readonly kind: 'choice';
        readonly fallback: string;
        readonly options: readonly Option[];
      }
    | /** One of some values that have an order, on a slider. */ {
        readonly kind: 'order';
        readonly fallback: string;
        readonly options: readonly Option[];
      }
    | /** Whole numbers from 1 on, typed with commas between them. */ {
        readonly kind: 'list';
        readonly fallback: readonly number[];
        readonly longest: number;
      }
  );

/** One of the trainings of a lab. */
export interface LabCell {
  readonly name: Text;
  /** What it has in place of what is set for all. */
  readonly values: LabValues;
  /** What it has beside, by the value of a control. */
  readonly chosen?: { readonly by: string; readonly values: Readonly<Record<string, LabValues>> };
  /** What is added to numbers that are set for all, by their paths. */
  readonly plus?: Readonly<Record<string, number>>;
  /** Whether its rows stand backwards. */
  readonly backwards?: boolean;
  readonly look: Look;
  /** Of its activation function, where that is what the lab is about. */
  readonly graph?: ActivationGraph;
}

/** A function and its slope at places that are evenly apart, from -reach to reach. */
export interface ActivationGraph {
  readonly reach: number;
  readonly values: readonly number[];
  readonly slopes: readonly number[];
}

/** What a lab shows beside pictures, accuracies and losses. */
export type Extra =
  /** The lines of the hidden units, where they are asked for. */
  | 'units'
  /** Gradient norms by layer. */
  | 'layers'
  /** The network itself: its units' pictures, its weights as lines, and gradient norms by layer. */
  | 'network'
  /** How many units are dead. */
  | 'dead'
  /** How many trainings diverged, and how many are worse than guessing. */
  | 'diverged'
  /** What every layer makes of the digit that is looked at. */
  | 'maps'
  /** The largest curvature of the loss beside 2 / learning rate. */
  | 'curvature'
  /** How far the losses are from those of the first training, and whether all of their bits are the same. */
  | 'drift';

/** What a network takes: trained numbers, and floating-point operations of one row's way forward. */
export interface NetworkCost {
  readonly parameters: number;
  readonly flops: number;
}

/** Networks that differ by one change each, of which one is trained at a time. */
export interface Ladder {
  /** The control that chooses one. */
  readonly by: string;
  /** The one that the first training always has; the second has the chosen one. */
  readonly first: string;
  readonly rungs: readonly { readonly id: string; readonly name: Text; readonly cost: NetworkCost }[];
}

/** The positions of a slider, one shape of the network each. */
export interface Walk {
  /** The control that is the slider. */
  readonly by: string;
  readonly positions: readonly { readonly id: string; readonly cost: NetworkCost }[];
}

/** Trainings whose paths are drawn together. */
export interface PlaneOfPaths {
  /** In the address. */
  readonly id: string;
  readonly name: Text;
  /** By their places among the trainings. */
  readonly cells: readonly number[];
}

/** A lab: trainings side by side, what may be set and what is looked at. All of it is data, made on the server. */
export interface LabPlan {
  readonly id: string;
  readonly defaults: Config;
  readonly cells: readonly LabCell[];
  readonly controls: readonly Control[];
  readonly extras: readonly Extra[];
  /** Of one network: how it is drawn with the seed that is set, the next one and so on, where its reader wants several at once. */
  readonly seedLooks?: readonly Look[];
  readonly ladder?: Ladder;
  /** What each position of a slider costs, beside how its trainings did. */
  readonly walk?: Walk;
  /** Trainings from the same weights, whose paths are drawn on the loss of one plane; the reader chooses one of these. */
  readonly planes?: readonly PlaneOfPaths[];
  /** Pictures beside each other, where there is room. */
  readonly columns: 2 | 3;
  /** Places of a side of each picture; 0 of networks that read digits. */
  readonly grid: number;
  /** Steps a frame, at first. */
  readonly speed: Speed;
  /** Updates of the whole training as it is set at first. */
  readonly steps: number;
  /** Updates that it may have, however it is set. */
  readonly mostSteps: number;
}

/** Whether a lab's networks read digits, and not points of a plane. */
export const readsDigits = ({ grid }: LabPlan): boolean => grid === 0;

/** Whether what goes through each layer must be measured. */
export const measuresLayers = ({ extras }: LabPlan): boolean =>
  (['layers', 'dead', 'network'] as const).some((extra) => extras.includes(extra));

/** Steps that are trained between two frames. */
export const SPEEDS = [1, 2, 5, 10, 25, 100] as const;
export type Speed = (typeof SPEEDS)[number];

/** What each training of a lab has on top of its defaults. @param set by the names of the controls */
export function labValues(plan: LabPlan, set: Readonly<Record<string, unknown>>): LabValues[] {
  const common = plan.controls.flatMap((control) => {
    const value = isMeant(control, set) ? settingOf(control, set) : Number.NaN;
    return control.path === null || Number.isNaN(value) ? [] : [[control.path, value] as const];
  });
  return trainingsOf(plan, set).map(({ values, chosen, plus = {} }) => ({
    ...Object.fromEntries(
      common.map(([path, value]) => [path, path in plus ? Number(value) + Number(plus[path]) : value]),
    ),
    ...values,
    ...chosen?.values[String(set[chosen.by])],
  }));
}

/** Whether a control is one of what is set: of a schedule that is constant, no number is. */
export const isMeant = (control: Control, set: Readonly<Record<string, unknown>>): boolean =>
  control.kind !== 'own-number' || Number.isFinite(control.fallbacks[String(set[control.by])] ?? Number.NaN);

/** The trainings of a lab as it is set: its own or, of one network, as many as it has looks for seeds, where they are asked for. */
export function trainingsOf({ cells, seedLooks }: LabPlan, set: Readonly<Record<string, unknown>>): readonly LabCell[] {
  if (!seedLooks || set.seeds !== true) return cells;
  return seedLooks.map((look, i) => {
    const seed = Number(set.seed) + i;
    return { name: { en: `seed ${seed}`, zh: `种子 ${seed}` }, values: { seed }, look };
  });
}

function settingOf(control: Control, set: Readonly<Record<string, unknown>>): unknown {
  const value = set[control.name];
  if (control.kind === 'choice' || control.kind === 'order')
    return control.options.find(({ name }) => name === value)?.value;
  return control.kind === 'own-number' && Number.isNaN(value) ? control.fallbacks[String(set[control.by])] : value;
}
