import { compareFunctions } from './compare-functions.ts';
import { dataFunctions } from './data-functions.ts';
import { mathFunctions } from './math-functions.ts';
import { stringFunctions } from './string-functions.ts';

/** A function of a template: takes what Go would give it, the piped value last. */
export type TemplateFunction = (values: readonly unknown[]) => unknown;

/** Go's own functions, those of sprig that people use, and those that Argo CD adds. */
export const functions: Readonly<Record<string, TemplateFunction>> = {
  ...compareFunctions,
  ...dataFunctions,
  ...mathFunctions,
  ...stringFunctions,
};
