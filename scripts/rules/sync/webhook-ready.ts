import { describe } from '../../kubernetes/manifests.ts';
import type { Problem, RepositoryRule } from '../../model.ts';
import type { Plan, PlannedUnit } from '../../sync/simulate/plan.ts';
import { seenPlansOf } from '../../sync/simulate/plans-of.ts';
import { type Guard, webhooksIn } from '../../sync/simulate/webhooks-in.ts';
import { waitingFix, waitingPlace, wavePlace, withMore } from './waiting.ts';

export const webhookReady: RepositoryRule = {
  id: 'sync/webhook-ready',
  scope: 'repository',
  severity: 'warning',
  summary: 'What an admission webhook guards is applied when something answers that webhook.',
  why: 'From the moment its configuration is there until its pods run, the API server refuses every object that it guards.',
  fix: 'Apply what it guards in a later stage, and let the stage of the webhook wait until it is ready.',
  docs: 'https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#failure-policy',

  *check(repository) {
    for (const plan of seenPlansOf(repository)) {
      const webhooks = webhooksIn(plan);
      for (const planned of plan.units) {
        for (const webhook of webhooks) {
          const problem = judge(plan, planned, webhook);
          if (problem) yield problem;
        }
      }
    }
  },
};

function judge(plan: Plan, { unit, objects }: PlannedUnit, webhook: Guard): Problem | undefined {
  const guarded = objects.filter(({ manifest }) => webhook.guards(manifest));
  const isWithin = webhook.unit.id === unit.id;
  const early = guarded.filter((object) => {
    const order = plan.orderOf(webhook, object);
    // Where nothing says which is first, both engines try again; only who relies on an order is told.
    return isWithin ? order === 'together' : order === 'applied';
  });
  const [first] = early;
  if (!first) return undefined;
  if (isWithin) {
    return {
      ...(unit.kind === 'Application'
        ? wavePlace(first)
        : { manifest: first.manifest, path: ['kind'] }),
      message: `${withMore(early)} is applied together with what answers its webhook ${webhook.name}`,
    };
  }
  return {
    ...waitingPlace(unit),
    message: `${describe(unit)} applies ${withMore(early)} when ${describe(webhook.unit)} is applied but may not answer its webhook ${webhook.name} yet`,
    fix: waitingFix(unit, webhook.unit),
  };
}
