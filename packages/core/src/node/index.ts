// The entry for what needs Node: files and the native engine. Programs on Node prepare and load from here and train
// with the entry `train`; in a browser this entry does not resolve.

export { readCsvFile } from './csv-file.ts';
export { drawData, prepare } from './data.ts';
export { loadEngine } from './engines.ts';
export { foundMemory } from './found-memory.ts';
