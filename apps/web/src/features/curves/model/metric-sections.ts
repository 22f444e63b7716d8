import { standardMeasure } from '@whorl/core';
import type { Outline } from '#src/contract/curves.ts';
import { matchesMetric } from '#src/contract/metric-search.ts';
import { drawableMetrics, isOfLayer } from './shown-metrics.ts';

/** The charts of metrics with a common prefix: `train/loss` and `train/accuracy` are of `train`. */
export interface MetricSection {
  /** The prefix without its slash; empty for metrics that have none. */
  readonly name: string;
  readonly keys: readonly string[];
}

/** What the reader chose of the sections. */
export interface SectionChoice {
  /** Only metrics whose keys have these words. */
  readonly find: string;
  /** Metrics that are shown first, in this order. */
  readonly pins: readonly string[];
  /** Sections that were opened or shut by hand, by their names. */
  readonly open: readonly string[];
  readonly shut: readonly string[];
}

/** Some sections as they are shown. */
export interface ShownSections {
  readonly pinned: readonly string[];
  readonly sections: readonly (MetricSection & { readonly isOpen: boolean })[];
}

/** As many charts without a prefix fit on one page. */
const MOST_FLAT = 12;
/** A section shows so many of its charts at first, and so many more at each request. */
export const FIRST_CHARTS = 6;
export const MORE_CHARTS = 12;
/** Sections are open at first as long as no more charts than this are shown. */
const MOST_OPEN = 12;

const prefixOf = (key: string): string => {
  const slash = key.indexOf('/');
  return slash > 0 && slash < key.length - 1 ? key.slice(0, slash) : '';
};

/**
 * Whether the metrics of some runs are shown in sections: where programs gave them prefixes, or where they are too many for
 * one page. Measures of single layers do not count: pages show those as maps.
 */
export function areSectioned(outline: Pick<Outline, 'metrics' | 'once'>): boolean {
  const drawable = drawableMetrics(outline);
  return drawable.some((key) => prefixOf(key) !== '') || drawable.filter((key) => !isOfLayer(key)).length > MOST_FLAT;
}

/** Whether a metric is a measure that everybody knows, as a loss or an accuracy: such are looked at first. */
const isStandard = (key: string, section: string): boolean =>
  standardMeasure(section === '' ? key : key.slice(section.length + 1)) !== null;

/** Machines are looked at last. */
const MACHINE = /^(?:system|sys|gpu|cpu|hardware|machine)s?$/i;

/** What is learnt is looked at first, what measures a machine last. */
function rankOf({ name, keys }: MetricSection): number {
  if (MACHINE.test(name)) return 3;
  if (keys.some((key) => isStandard(key, name))) return 0;
  return name === '' ? 1 : 2;
}

/** Groups metrics by their prefixes. @param keys in natural order, which each section keeps */
function sectionsOf(keys: readonly string[]): MetricSection[] {
  const byName = new Map<string, string[]>();
  for (const key of keys) {
    const name = prefixOf(key);
    const found = byName.get(name);
    if (found) found.push(key);
    else byName.set(name, [key]);
  }
  const ranked = [...byName].map(([name, keys]) => ({ section: { name, keys }, rank: rankOf({ name, keys }) }));
  return ranked.sort((a, b) => a.rank - b.rank).map(({ section }) => section);
}

/**
 * The sections to show, those of losses and accuracies first. A search looks through every metric, also through those of one
 * point, and opens what it finds.
 */
export function shownSections(outline: Pick<Outline, 'metrics' | 'once'>, choice: SectionChoice): ShownSections {
  const { find, pins, open, shut } = choice;
  const isSearched = find.trim() !== '';
  const known = new Set(outline.metrics);
  const matches = (key: string) => !isSearched || matchesMetric(find, key);
  const pinned = pins.filter((key) => known.has(key) && matches(key));
  const isPinned = new Set(pinned);
  const all = isSearched ? outline.metrics : drawableMetrics(outline);
  let room = MOST_OPEN;
  const sections = sectionsOf(all.filter((key) => !isPinned.has(key) && matches(key))).map((section) => {
    const isNatural = isSearched || room > 0;
    room -= Math.min(section.keys.length, FIRST_CHARTS);
    const isOpen = !shut.includes(section.name) && (isNatural || open.includes(section.name));
    return { ...section, keys: mainFirst(section), isOpen };
  });
  return { pinned, sections };
}

/** The keys of a section, with losses and other measures that everybody knows first. */
function mainFirst({ name, keys }: MetricSection): readonly string[] {
  const first = keys.filter((key) => isStandard(key, name));
  return first.length === 0 ? keys : [...first, ...keys.filter((key) => !isStandard(key, name))];
}

/** The choice after a section was opened or shut by hand. */
export function withSection(
  { open, shut }: Pick<SectionChoice, 'open' | 'shut'>,
  name: string,
  isOpen: boolean,
): Pick<SectionChoice, 'open' | 'shut'> {
  const without = (names: readonly string[]) => names.filter((other) => other !== name);
  return isOpen
    ? { open: [...without(open), name], shut: without(shut) }
    : { open: without(open), shut: [...without(shut), name] };
}

/** The pins after a metric was pinned or let go. */
export const withPin = (pins: readonly string[], key: string, isPinned: boolean): readonly string[] => {
  const others = pins.filter((pin) => pin !== key);
  return isPinned ? [...others, key] : others;
};
