import type { Rule } from '../model.ts';
import { addressesResolve } from './network/addresses-resolve.ts';
import { challengesAdmitted } from './network/challenges-admitted.ts';
import { defaultDeny } from './network/default-deny.ts';
import { dnsAllowed } from './network/dns-allowed.ts';
import { flowsAllowed } from './network/flows-allowed.ts';
import { hostsUnique } from './network/hosts-unique.ts';
import { ingressAdmitted } from './network/ingress-admitted.ts';
import { scrapesAdmitted } from './network/scrapes-admitted.ts';
import { triggersAdmitted } from './network/triggers-admitted.ts';
import { workloadsIsolated } from './network/workloads-isolated.ts';

/** Rules about who may call whom, and who is called by which name. */
export function networkRules(): readonly Rule[] {
  return [
    defaultDeny,
    workloadsIsolated,
    addressesResolve,
    flowsAllowed,
    dnsAllowed,
    ingressAdmitted,
    scrapesAdmitted,
    triggersAdmitted,
    challengesAdmitted,
    hostsUnique,
  ];
}
