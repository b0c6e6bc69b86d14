import { groupOf } from '../kubernetes/manifests.ts';
import type { Manifest } from '../model.ts';
import { UserError } from '../shared/errors.ts';
import { nearest } from '../shared/nearest.ts';
import { type CanaryContext, runCanary } from './canary.ts';
import type { Trace } from './trace.ts';

/** How somebody names an object: `Deployment/api`, `deployment.apps/api` or `Service/shop/api`. */
export interface AskedObject {
  /** In lower case. */
  readonly kind: string;
  readonly group?: string;
  readonly namespace?: string;
  readonly name: string;
}

/** @throws UserError when the text names no object */
export function parseObject(text: string): AskedObject {
  const parts = text.split('/');
  const [type = '', namespace = '', name = namespace] = parts;
  if (parts.length < 2 || parts.length > 3 || parts.includes('')) {
    throw new UserError(
      `name the object as <kind>/<name> or <kind>/<namespace>/<name>; not "${text}"`,
    );
  }
  const [kind = '', ...group] = type.toLowerCase().split('.');
  return {
    kind,
    ...(group.length > 0 && { group: group.join('.') }),
    ...(parts.length === 3 && { namespace }),
    name,
  };
}

/** Whether a rendered object is of the asked kind, and in the asked namespace. */
export function isOfKind(
  { kind, group, namespace }: AskedObject,
  one: Pick<Manifest, 'apiVersion' | 'kind' | 'namespace'>,
): boolean {
  return (
    one.kind.toLowerCase() === kind &&
    (group === undefined || groupOf(one.apiVersion) === group) &&
    (namespace === undefined || one.namespace === namespace)
  );
}

/**
 * The rendered object that somebody names.
 *
 * @throws UserError when there is none, or several in different namespaces
 */
export async function traceObject(text: string, context: CanaryContext): Promise<Trace> {
  const asked = parseObject(text);
  const { name } = asked;
  const manifests = context.rendered.flatMap((one) => one.manifests);
  const ofKind = manifests.filter((one) => isOfKind(asked, one));
  const canary = await runCanary(ofKind, context);
  const traces = ofKind.flatMap((one) => canary.traceOf(one) ?? []);
  for (const isIt of [
    ({ manifest }: Trace) => manifest.name === name,
    ({ manifest, renames }: Trace) => renames.get(manifest.name)?.has(name) === true,
    (trace: Trace) => isNamedWithoutHash(trace, name),
  ]) {
    const [found, ...others] = traces.filter(isIt);
    if (found) return onlyOne(found, others, text);
  }
  throw notFound(text, ofKind.length > 0 ? ofKind : manifests);
}

/** The same object in several targets is one for who asks; in several namespaces it is not. */
function onlyOne(found: Trace, others: readonly Trace[], text: string): Trace {
  const namespaces = [found, ...others].map(({ manifest }) => manifest.namespace ?? '');
  const different = [...new Set(namespaces)];
  if (different.length === 1) return found;
  const { kind, name } = found.manifest;
  const names = different.map((one) => `${kind}/${one}/${name}`).join(', ');
  throw new UserError(`${text} is in several namespaces: name one of ${names}`);
}

/** Whether a generated object has this name, with its prefix and without its hash. */
function isNamedWithoutHash({ manifest, origin, renames }: Trace, name: string): boolean {
  const { name: own } = manifest;
  return !origin && renames.has(own) && own.slice(0, own.lastIndexOf('-')) === name;
}

function notFound(text: string, manifests: readonly Manifest[]): UserError {
  const isLong = text.split('/').length > 2;
  const names = manifests.map(({ kind, namespace, name }) =>
    isLong && namespace ? `${kind}/${namespace}/${name}` : `${kind}/${name}`,
  );
  const near = nearest(text, [...new Set(names)]);
  return new UserError(`no object ${text} in the target${near ? `; did you mean ${near}?` : ''}`);
}
