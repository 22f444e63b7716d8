// A process that opens the record and closes it: node fixtures-open.mjs HOME

import { openStore } from '@whorl/store';

const store = await openStore({ home: process.argv[2] });
await store.close();
