// The entry "@whorl/core/query": the parser and what it takes. A page loads it when somebody starts to type a query.
export { completeQuery } from './complete.ts';
export { parseQuery } from './parse.ts';
