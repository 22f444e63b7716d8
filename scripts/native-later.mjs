// The native engine, prepared with what everything else leaves of the processors: `npm start` runs this once its results
// are there, and ends it when it ends.

import { constants, setPriority } from 'node:os';
import { prepareNativeEngine } from './setup/native-engine.mjs';

setPriority(constants.priority.PRIORITY_LOW);
await prepareNativeEngine('wanted');
