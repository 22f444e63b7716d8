import { remembered } from '../../scripts/setup/places.mjs';

/** Whether set-up could make the native engine: without it, benches measure the other engines. */
export const nativeEngine = () => remembered().nativeEngine?.ready === true;
