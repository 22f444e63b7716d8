import { remembered } from '../../scripts/setup/places.mjs';

/** Whether set-up could make the native engine: elsewhere the benches measure what there is. */
export const nativeEngine = () => remembered().nativeEngine?.ready === true;
