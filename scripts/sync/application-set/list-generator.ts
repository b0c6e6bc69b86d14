import { isRecord, listAt, textAt } from '../../kubernetes/fields.ts';
import { readYaml } from '../../kubernetes/yaml.ts';
import { TemplateFault } from '../go-template/errors.ts';
import { textOf } from '../go-template/values.ts';
import type { Filler, Parameters } from './filler.ts';

/**
 * The elements of a list generator. Without `goTemplate` they hold texts alone, and a map
 * of them only in `values`.
 *
 * @throws TemplateFault for an element that the controller refuses
 */
export function listParameters(generator: unknown, { goTemplate }: Filler): Parameters[] {
  const elements = listAt(generator, ['elements']).map((element, index) => {
    if (!isRecord(element)) throw new TemplateFault(`element ${index} is no map`);
    return goTemplate ? element : plainElement(element, index);
  });
  return [...elements, ...elementsIn(textAt(generator, ['elementsYaml']))];
}

function plainElement(element: Parameters, index: number): Parameters {
  const entries = Object.entries(element).flatMap(([key, value]) => {
    if (key !== 'values') return [[key, asText(key, value, index)] as const];
    if (!isRecord(value)) throw new TemplateFault(`values of element ${index} is no map`);
    return Object.entries(value).map(
      ([name, one]) => [`values.${name}`, asText(name, one, index)] as const,
    );
  });
  return Object.fromEntries(entries);
}

function asText(key: string, value: unknown, index: number): string {
  if (typeof value === 'string') return value;
  throw new TemplateFault(
    `${key} of element ${index} is ${textOf(value, 'null')}, which is no string`,
  );
}

/** What a matrix filled into `elementsYaml`. */
function elementsIn(text = ''): Parameters[] {
  if (text.trim() === '') return [];
  const { documents, problems } = readYaml(text, '');
  const [list = []] = documents;
  if (problems.length > 0 || !Array.isArray(list) || !list.every(isRecord)) {
    throw new TemplateFault('elementsYaml is no list of maps');
  }
  return list;
}
