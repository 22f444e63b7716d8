import { playgroundPlan } from './plans/playground.ts';
import { PlaygroundView } from './views/playground-view.tsx';

const plan = playgroundPlan();

/** One network of the reader's own, trained in the page. */
export const Playground = () => <PlaygroundView plan={plan} />;
