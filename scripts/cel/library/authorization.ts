import { fail } from '../errors.ts';
import { declareShared, type Library } from '../overloads.ts';

const prefix = 'kubernetes.authorization.';
const [authorizer, path, group, resource, decision] = [
  'Authorizer',
  'PathCheck',
  'GroupCheck',
  'ResourceCheck',
  'Decision',
].map((name) => `${prefix}${name}`) as [string, string, string, string, string];

const methods: readonly (readonly [string, string, since?: number])[] = [
  ['path', `${authorizer}.(string) -> ${path}`],
  ['check', `${path}.(string) -> ${decision}`],
  ['group', `${authorizer}.(string) -> ${group}`],
  ['serviceAccount', `${authorizer}.(string, string) -> ${authorizer}`],
  ['resource', `${group}.(string) -> ${resource}`],
  ['subresource', `${resource}.(string) -> ${resource}`],
  ['namespace', `${resource}.(string) -> ${resource}`],
  ['name', `${resource}.(string) -> ${resource}`],
  ['check', `${resource}.(string) -> ${decision}`],
  ['errored', `${decision}.() -> bool`],
  ['error', `${decision}.() -> string`],
  ['allowed', `${decision}.() -> bool`],
  ['reason', `${decision}.() -> string`],
  ['fieldSelector', `${resource}.(string) -> ${resource}`, 31],
  ['labelSelector', `${resource}.(string) -> ${resource}`, 31],
];

/** Questions to the authorizer: they compile, but only a cluster can answer. */
export const authorization: Library = { since: 27, functions: declared(false) };

/** Selectors of such questions. */
export const authorizationSelectors: Library = { since: 31, functions: declared(true) };

function declared(later: boolean) {
  return methods
    .filter(([, , since]) => (since !== undefined) === later)
    .map(([name, signature]) =>
      declareShared(name, [signature], () => fail('the authorizer is not available')),
    );
}
