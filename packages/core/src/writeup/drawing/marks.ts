import { px } from './sheet.ts';

// Lines of one chart are told apart by colour, by stroke and by mark, so that each of these alone is enough.

export interface LineLook {
  readonly colour: string;
  /** As SVG writes it; empty for a solid line. */
  readonly dash: string;
  readonly mark: Mark;
}

const MARKS = ['circle', 'square', 'triangle', 'diamond', 'cross', 'hollow'] as const;
export type Mark = (typeof MARKS)[number];

/** After Okabe and Ito, alternating dark and light so that neighbours differ in grey, too. */
const LOOKS: readonly LineLook[] = [
  { colour: '#0b5aa0', dash: '', mark: 'circle' },
  { colour: '#d1621b', dash: '7 4', mark: 'square' },
  { colour: '#00785a', dash: '2 3', mark: 'triangle' },
  { colour: '#8f3a6d', dash: '9 3 2 3', mark: 'diamond' },
  { colour: '#b58a10', dash: '14 4', mark: 'cross' },
  { colour: '#444a51', dash: '9 3 2 3 2 3', mark: 'hollow' },
];

export const lookAt = (index: number): LineLook => LOOKS[index % LOOKS.length] as LineLook;

/** A mark centred on a place. */
export function markAt(mark: Mark, x: number, y: number, colour: string, radius = 4): string {
  const path = (d: string): string => `<path d="${d}" fill="${colour}"/>`;
  const [r, far] = [radius, radius * 1.25];
  switch (mark) {
    case 'circle':
      return `<circle cx="${px(x)}" cy="${px(y)}" r="${r}" fill="${colour}"/>`;
    case 'hollow':
      return `<circle cx="${px(x)}" cy="${px(y)}" r="${r}" fill="#ffffff" stroke="${colour}" stroke-width="1.8"/>`;
    case 'square':
      return path(`M${px(x - r)} ${px(y - r)}h${2 * r}v${2 * r}h${-2 * r}z`);
    case 'triangle':
      return path(`M${px(x)} ${px(y - far)}L${px(x + far)} ${px(y + r)}H${px(x - far)}z`);
    case 'diamond':
      return path(`M${px(x)} ${px(y - far)}L${px(x + far)} ${px(y)}L${px(x)} ${px(y + far)}L${px(x - far)} ${px(y)}z`);
    case 'cross':
      return `<path d="M${px(x - r)} ${px(y - r)}l${2 * r} ${2 * r}m0 ${-2 * r}l${-2 * r} ${2 * r}" stroke="${colour}" stroke-width="2.2"/>`;
  }
}
