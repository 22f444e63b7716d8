import { type RefObject, useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useView } from '#src/view/use-view.ts';
import { Driver, type Shown } from '../model/driver.ts';
import { labFields } from '../model/lab-fields.ts';
import type { LabAsked } from '../model/messages.ts';
import type { OwnData } from '../model/own-data.ts';
import { type LabPlan, labValues, measuresLayers, readsDigits } from '../model/plan.ts';
import { digitStage, planeStage } from './stage.ts';
import { useWake } from './use-wake.ts';

/** What is trained on in place of data that the seed draws; null where it is missing. */
type OwnOf = (set: Readonly<Record<string, unknown>>) => OwnData | null;
const NOTHING: OwnData = { values: {} };
const nothingOwn: OwnOf = () => NOTHING;

/** A lab as its views have it: what is shown, what is set, and what may be done. */
export function useLab(plan: LabPlan, element: RefObject<Element | null>, ownOf: OwnOf = nothingOwn) {
  const fields = useMemo(() => labFields(plan), [plan]);
  const { view, change, bad } = useView(fields);
  const [driver] = useState(() => new Driver(readsDigits(plan) ? digitStage : planeStage));
  const shown: Shown = useSyncExternalStore(driver.subscribe, driver.shown, driver.shown);
  const [awake, wake] = useWake(element);
  const [playsFirst, setPlaysFirst] = useState(false);

  const own = ownOf(view);
  const file = own?.file;
  const key = own && JSON.stringify(labValues(plan, view).map((values) => ({ ...values, ...own.values })));
  const asked = useMemo(
    (): LabAsked | null =>
      key === null
        ? null
        : {
            defaults: plan.defaults,
            cells: JSON.parse(key),
            layers: measuresLayers(plan),
            network: plan.extras.includes('network'),
            grid: plan.grid,
            curvature: plan.extras.includes('curvature'),
            paths: plan.planes !== undefined,
            backwards: plan.cells.flatMap(({ backwards }, i) => (backwards ? [i] : [])),
            ...(file && { file }),
          },
    [plan, key, file],
  );
  useEffect(() => {
    driver.speed = Number(view.speed);
  }, [driver, view.speed]);
  // The step of the address is where the first trainings go; what is set later begins anew.
  const first = useRef<number | null>(view.step);
  useEffect(() => {
    if (!awake) return;
    if (!asked) {
      driver.clear();
      return;
    }
    const { playing } = driver.shown();
    // Gradients are there once a step has been made.
    driver.open(asked, first.current || (plan.extras.includes('layers') ? 1 : 0));
    if (playing) driver.play();
  }, [driver, awake, asked, plan]);
  useEffect(() => () => driver.end(), [driver]);
  useEffect(() => {
    if (!awake || !playsFirst) return;
    driver.play();
    setPlaysFirst(false);
  }, [driver, awake, playsFirst]);

  const { step: told } = view;
  useEffect(() => {
    // As it is now: what was set a moment ago has begun anew.
    const { busy, phase, frame } = driver.shown();
    if (busy || phase !== 'ready' || !frame || shown.busy) return;
    first.current = null;
    if (frame.step !== told) change({ step: frame.step });
  }, [driver, shown, told, change]);

  const set = useCallback(
    (name: string, value: unknown) => {
      first.current = null;
      wake();
      change({ [name]: value, step: 0 });
    },
    [change, wake],
  );
  const play = () => {
    if (shown.playing) driver.pause();
    else if (!own) return;
    else if (awake) driver.play();
    else {
      wake();
      setPlaysFirst(true);
    }
  };
  return { view, bad, change, asked, shown, driver, wake, set, play, own };
}
