import type { ClusterView, Problem } from '../../model.ts';

/** What the policies of a view say, by the rule that tells it. */
export type PolicyCheck = (
  view: ClusterView,
) => Readonly<Record<PolicyConcern, readonly Problem[]>>;

type PolicyConcern =
  | 'satisfied'
  | 'decidable'
  | 'namespacesKnown'
  | 'compiled'
  | 'typed'
  | 'explained'
  | 'excepted'
  | 'portable'
  | 'bound';

/** For telling about the rules, not for running them. */
export const saysNothing: PolicyCheck = () => ({
  satisfied: [],
  decidable: [],
  namespacesKnown: [],
  compiled: [],
  typed: [],
  explained: [],
  excepted: [],
  portable: [],
  bound: [],
});
