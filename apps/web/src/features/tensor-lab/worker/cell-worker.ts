import { type CellResult, runCell } from '../model/run-cell.ts';

// The worker of one run of a cell: it runs it, answers and is ended, and it is ended before where somebody stops it.

/** What of a worker's own scope is used here: pages and workers have types that do not go together. */
const scope = self as unknown as {
  postMessage(message: CellResult): void;
  addEventListener(type: 'message', hear: (event: MessageEvent<string>) => void): void;
};

scope.addEventListener('message', ({ data }) => {
  try {
    scope.postMessage(runCell(data));
  } catch (error) {
    scope.postMessage({ printed: [], error: { line: String(error), hint: null } });
  }
});
