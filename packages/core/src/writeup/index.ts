export { courseAnswers } from './answers.ts';
export { courseWriteup } from './course.ts';
export type { Figure } from './drawing/figure.ts';
export { experimentWriteup } from './experiment.ts';
export { writeupHtml } from './html.ts';
export { type MarkdownFlavour, writeupMarkdown } from './markdown.ts';
export { figuresIn, missingIn, type Writeup } from './tree.ts';
