// A process that opens, at the moment it is told, the record it is told: for `fork`. It answers what went wrong, or null.

import { openStore } from '@whorl/store';

process.on('message', async ({ home, at }) => {
  while (Date.now() < at); // a timer would be late, and each process by another time
  try {
    const store = await openStore({ home });
    await store.close();
    process.send(null);
  } catch (error) {
    process.send(`${error.code}: ${error.message}`);
  }
});
