import { isRecord, listAt, recordAt, textAt } from '../kubernetes/fields.ts';
import type { SourceFile } from '../model.ts';
import { UserError } from '../shared/errors.ts';
import type { Panel, Row } from './panels.ts';

/** What a base says of its dashboard, besides what its workloads tell. */
export interface Description {
  /** Identifies the dashboard in Grafana, for good. */
  readonly uid: string;
  readonly title: string;
  readonly text: string;
  /** Rows that only this system has. */
  readonly rows: readonly Row[];
}

/** What marks the object in a base; kustomize leaves it out of what it renders. */
const apiVersion = 'presync.dev/v1alpha1';
const localConfig = 'config.kubernetes.io/local-config';

/**
 * Finds the object of kind `Dashboard` among the files of a target.
 *
 * @param name for a target without one
 * @throws UserError when there are two, or one has not the form it should have
 */
export function descriptionIn(files: readonly SourceFile[], name: string): Description {
  const found = files.flatMap(({ path, documents }) =>
    documents
      .filter((one) => textAt(one, ['apiVersion']) === apiVersion)
      .filter((one) => textAt(one, ['kind']) === 'Dashboard')
      .map((document) => ({ path, document })),
  );
  const [first, second] = found;
  if (second) throw new UserError(`${first?.path} and ${second.path} both describe a dashboard`);
  if (!first) return { uid: name, title: name, text: `The workloads of ${name}.`, rows: [] };
  return read(first.document, first.path);
}

function read(document: unknown, path: string): Description {
  const need = (value: string | undefined, field: string): string => {
    if (value) return value;
    throw new UserError(`${path}: ${field} is missing or no text`);
  };
  if (textAt(document, ['metadata', 'annotations', localConfig]) !== 'true') {
    throw new UserError(
      `${path}: annotation ${localConfig} is not "true", so it would be deployed`,
    );
  }
  return {
    uid: need(textAt(document, ['metadata', 'name']), 'metadata.name'),
    title: need(textAt(document, ['spec', 'title']), 'spec.title'),
    text: need(textAt(document, ['spec', 'description']), 'spec.description'),
    rows: listAt(document, ['spec', 'rows']).map((row, index) => ({
      title: need(textAt(row, ['title']), `spec.rows.${index}.title`),
      panels: listAt(row, ['panels']).map((panel, at) =>
        readPanel(panel, (value, field) => need(value, `spec.rows.${index}.panels.${at}.${field}`)),
      ),
    })),
  };
}

function readPanel(
  panel: unknown,
  need: (value: string | undefined, field: string) => string,
): Panel {
  const queries = recordAt(panel, ['queries']);
  const legends = Object.keys(queries);
  if (!isRecord(panel) || legends.length === 0) need(undefined, 'queries');
  return {
    title: need(textAt(panel, ['title']), 'title'),
    text: need(textAt(panel, ['description']), 'description'),
    unit: need(textAt(panel, ['unit']), 'unit'),
    queries: legends.map((legend) => ({
      legend,
      expression: need(textAt(queries, [legend]), `queries.${legend}`),
    })),
  };
}
