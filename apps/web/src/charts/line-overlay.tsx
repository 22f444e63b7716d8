'use client';

import { numberFormat } from '@whorl/core';
import { type KeyboardEvent, type PointerEvent, useId, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useFormat } from '#src/i18n/use-format.ts';
import { CutName } from '#src/ui/cut-name.tsx';
import { useCrosshair } from './crosshair.ts';
import type { PlotFrame } from './line-axes.ts';
import type { LinePicture } from './line-picture.ts';
import { type LineReading, type ReadLine, readAt } from './line-reading.ts';
import { type LineScale, placeOn, valueAt } from './line-scale.ts';
import { Swatch } from './swatch.tsx';

interface Props {
  readonly title: string;
  readonly picture: LinePicture;
  readonly x: LineScale;
  readonly y: LineScale;
  /** The room around the picture. */
  readonly frame: PlotFrame;
  /** The text for a place on the horizontal axis. */
  readonly placeText: (x: number) => string;
  /** Called with the range to zoom to; null for everything. */
  readonly onRange: (range: readonly [number, number] | null) => void;
}

/** A drag of fewer pixels is a click. */
const SHORTEST_DRAG = 6;
const KEY_STEP = 0.02;
/** Pixels between the crosshair and its tooltip. */
const GAP = 12;

const leftOf = ({ left, right }: PlotFrame, place: number): string =>
  `calc(${left}px + ${place} * (100% - ${left + right}px))`;
const bottomOf = ({ top, bottom }: PlotFrame, place: number): string =>
  `calc(${bottom}px + ${place} * (100% - ${top + bottom}px))`;
const inside = (place: number): number => Math.min(1, Math.max(0, place));

/** The layer over a chart of lines: the crosshair with its tooltip, and the drag that zooms. */
export function LineOverlay({ title, picture, x, y, frame, placeText, onRange }: Props) {
  const t = useTranslations('curves');
  const id = useId();
  const [pointed, point] = useCrosshair();
  const host = useRef<HTMLFieldSetElement>(null);
  const [drag, setDrag] = useState<readonly [number, number] | null>(null);

  const [sides, ends] = [frame.left + frame.right, frame.top + frame.bottom];
  // Pixels of the window above and below the picture, measured when the pointer moves: then the page is laid out anyway.
  const around = useRef({ above: 0, below: 0 });
  const look = () => {
    const box = (host.current as HTMLElement).getBoundingClientRect();
    around.current = { above: box.top + frame.top, below: innerHeight - box.bottom + frame.bottom };
    return box;
  };

  const placeOf = (event: { clientX: number; clientY: number }): [number, number] => {
    const box = look();
    return [
      inside((event.clientX - box.left - frame.left) / (box.width - sides)),
      inside((box.bottom - frame.bottom - event.clientY) / (box.height - ends)),
    ];
  };
  const pointAt = (place: number, height: number | null) => point({ x: valueAt(x, place), height, chart: id });

  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    const [place] = placeOf(event);
    host.current?.setPointerCapture(event.pointerId);
    setDrag([place, place]);
  };
  const onPointerMove = (event: PointerEvent) => {
    const [place, height] = placeOf(event);
    pointAt(place, height);
    if (drag) setDrag([drag[0], place]);
  };
  const onPointerUp = (event: PointerEvent) => {
    const width = (host.current as HTMLElement).getBoundingClientRect().width - sides;
    if (drag && Math.abs(drag[1] - drag[0]) * width >= SHORTEST_DRAG) {
      const [from, to] = [Math.min(...drag), Math.max(...drag)];
      onRange([valueAt(x, from), valueAt(x, to)]);
    }
    setDrag(null);
    if (event.pointerType === 'mouse') return;
    const [place, height] = placeOf(event);
    pointAt(place, height);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const here = pointed ? inside(placeOn(x, pointed.x) || 0) : 0.5;
    const action = keyAction(event, here, {
      point: (place) => pointAt(place, null),
      zoom: (from, to) => onRange([valueAt(x, from), valueAt(x, to)]),
      showAll: () => onRange(null),
      leave: () => point(null),
    });
    if (!action) return;
    event.preventDefault();
    look();
    action();
  };

  const mine = pointed?.chart === id;
  const reading = pointed && !drag ? readAt(picture, { x, y }, pointed.x, mine ? pointed.height : null) : null;
  const place = reading ? placeOn(x, reading.x) : Number.NaN;
  return (
    // A fieldset, because it is a group that can take the focus and has a name.
    <fieldset
      ref={host}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys read the chart, + and - zoom it
      tabIndex={0}
      aria-label={t('readChart', { title })}
      className="absolute inset-0 cursor-crosshair touch-pan-y select-none"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={() => setDrag(null)}
      onPointerLeave={() => !drag && mine && point(null)}
      onDoubleClick={() => onRange(null)}
      onKeyDown={onKeyDown}
      onBlur={() => mine && point(null)}
    >
      {drag && (
        <div
          className="pointer-events-none absolute border-x border-accent bg-accent/10"
          style={{
            left: leftOf(frame, Math.min(...drag)),
            right: `calc(${frame.right}px + ${1 - Math.max(...drag)} * (100% - ${sides}px))`,
            top: frame.top,
            bottom: frame.bottom,
          }}
        />
      )}
      {reading && place >= 0 && place <= 1 && (
        <>
          <div
            className="pointer-events-none absolute w-px bg-edge"
            style={{ left: leftOf(frame, place), top: frame.top, bottom: frame.bottom }}
          />
          {reading.lines.map((line) => (
            <Dot key={line.id} line={line} place={place} frame={frame} />
          ))}
          {mine && <Tip reading={reading} place={place} frame={frame} around={around.current} placeText={placeText} />}
        </>
      )}
      <output className="sr-only" aria-live="polite">
        {mine && pointed?.height === null && reading ? <Spoken reading={reading} placeText={placeText} /> : null}
      </output>
    </fieldset>
  );
}

interface KeyActions {
  readonly point: (place: number) => void;
  readonly zoom: (from: number, to: number) => void;
  readonly showAll: () => void;
  readonly leave: () => void;
}

/** What a key does in the chart; places are shares of the horizontal axis, and `here` is that of the crosshair. */
function keyAction(event: KeyboardEvent, here: number, does: KeyActions): (() => void) | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const step = (event.shiftKey ? 5 : 1) * KEY_STEP;
  const zoom = (width: number) => {
    const from = here - here * width;
    does.zoom(from, from + width);
  };
  const actions: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => does.point(inside(here - step)),
    ArrowRight: () => does.point(inside(here + step)),
    Home: () => does.point(0),
    End: () => does.point(1),
    '+': () => zoom(0.5),
    '=': () => zoom(0.5),
    '-': () => zoom(2),
    '0': does.showAll,
    Escape: does.leave,
  };
  return actions[event.key];
}

function Dot({
  line: { look, place: height },
  place,
  frame,
}: {
  readonly line: ReadLine;
  readonly place: number;
  readonly frame: PlotFrame;
}) {
  if (!(height >= 0 && height <= 1)) return null;
  return (
    <div
      className="pointer-events-none absolute size-[7px] -translate-x-1/2 translate-y-1/2 rounded-full border border-ground"
      style={{
        left: leftOf(frame, place),
        bottom: bottomOf(frame, height),
        background: `light-dark(${look.colour.light}, ${look.colour.dark})`,
      }}
    />
  );
}

interface TipProps {
  readonly reading: LineReading;
  readonly placeText: (x: number) => string;
}

interface TipPlace {
  readonly place: number;
  readonly frame: PlotFrame;
  /** Pixels of the window above and below the picture. */
  readonly around: { readonly above: number; readonly below: number };
}

/** Pixels of a row of the tip, and of what is around its rows. */
const [TIP_ROW, TIP_EDGE] = [20, 48];

/**
 * Puts the tooltip below or above the picture, so that it covers no curve; beside the crosshair where there is no room for
 * that.
 */
function tipStyle({ frame: { top, bottom }, around: { above, below } }: TipPlace, rows: number) {
  const needed = TIP_EDGE + rows * TIP_ROW;
  if (needed <= below) return { top: `calc(100% - ${bottom - 4}px)` };
  return needed <= above ? { bottom: `calc(100% - ${top - 4}px)` } : { top: 8 };
}

function Tip({ reading, placeText, ...at }: TipProps & TipPlace) {
  const t = useTranslations('curves');
  const metric = numberFormat(
    reading.lines.flatMap(({ value, smooth, low, high }) => [value, smooth, low, high]),
    reading.lines.map(({ value }) => value),
  );
  const { place, frame } = at;
  const isSmooth = reading.lines.some(({ smooth }) => smooth !== undefined);
  // Beside the crosshair, on the side with more room. The style keeps the tooltip inside of the chart without measuring it,
  // which would need a layout for every move of the pointer.
  const before = place <= 0.5;
  const here = leftOf(frame, place);
  const distance = before ? `calc(${here} + ${GAP}px)` : `calc(100% - ${here} + ${GAP}px)`;
  const rows = reading.lines.length + Number(isSmooth) + Number(reading.more > 0);
  return (
    <div
      className={`pointer-events-none absolute inset-x-0 z-20 flex ${before ? '' : 'flex-row-reverse'}`}
      style={tipStyle(at, rows)}
      data-tip
    >
      <div style={{ flex: `0 1 ${distance}` }} />
      <div className="max-w-full flex-none rounded-[6px] border border-line bg-raised px-3 py-2 text-small shadow-sm">
        <p className="text-muted">{placeText(reading.x)}</p>
        <table className="mt-1">
          {isSmooth && (
            <thead className="text-muted">
              <tr>
                <td />
                <th scope="col" className="pr-2 text-end font-normal">
                  {t('recorded')}
                </th>
                <th scope="col" className="pr-2 text-end font-normal">
                  {t('smoothed')}
                </th>
              </tr>
            </thead>
          )}
          <tbody>
            {reading.lines.map(({ id, name, look, value, smooth, low, high, n, seeds = 0, members = 0, nonFinite }) => (
              <tr key={id}>
                <td className="pr-3">
                  <span className="flex items-center gap-2">
                    <Swatch look={look} />
                    <span className="max-w-[28ch] truncate max-sm:max-w-[14ch]">
                      <CutName text={name} most={28} />
                    </span>
                  </span>
                </td>
                <td className="pr-2 text-end font-medium whitespace-nowrap">{metric(value)}</td>
                {isSmooth && (
                  <td className="pr-2 text-end whitespace-nowrap">{smooth === undefined ? '' : metric(smooth)}</td>
                )}
                {n !== undefined && (
                  <>
                    <td className="pr-2 whitespace-nowrap text-muted max-sm:hidden">
                      {low !== undefined && high !== undefined && Number.isFinite(low)
                        ? t('interval', { low: metric(low), high: metric(high) })
                        : ''}
                    </td>
                    <td className={`text-end whitespace-nowrap ${n < members ? 'text-caution' : 'text-muted'}`}>
                      {n < members
                        ? t('nOf', { n, members, seeds, isSame: String(seeds === n) })
                        : t('n', { n, seeds, isSame: String(seeds === n) })}
                      {nonFinite ? ` ${t('andNotFinite', { count: nonFinite })}` : ''}
                    </td>
                  </>
                )}
              </tr>
            ))}
          </tbody>
        </table>
        {reading.more > 0 && <p className="text-muted">{t('moreLines', { count: reading.more })}</p>}
      </div>
    </div>
  );
}

function Spoken({ reading, placeText }: TipProps) {
  const { metric } = useFormat();
  return (
    <>{[placeText(reading.x), ...reading.lines.map(({ name, value }) => `${name}: ${metric(value)}`)].join('; ')}</>
  );
}
