import { recordAt, textAt } from '../kubernetes/fields.ts';
import { groupOf } from '../kubernetes/manifests.ts';
import type { Manifest } from '../model.ts';

/** The labels that a Service selects pods by; undefined for those that select none. */
export function selectorOf({
  apiVersion,
  kind,
  data,
}: Manifest): Readonly<Record<string, unknown>> | undefined {
  if (groupOf(apiVersion) !== '' || kind !== 'Service') return undefined;
  if (textAt(data, ['spec', 'type']) === 'ExternalName') return undefined;
  const selector = recordAt(data, ['spec', 'selector']);
  return Object.keys(selector).length > 0 ? selector : undefined;
}
