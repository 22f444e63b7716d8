// The entry "@whorl/core/query": the parser, completion and what they need. A page loads it when somebody starts to
// type a query.
export { completeQuery } from './complete.ts';
export { parseQuery } from './parse.ts';
