import type { ReferenceDeclaration, Rule } from '../model.ts';
import { claimExists } from './references/claim-exists.ts';
import { classExists } from './references/class-exists.ts';
import { configMapExists } from './references/config-map-exists.ts';
import { configMapKeyExists } from './references/config-map-key-exists.ts';
import { dashboardsLoaded } from './references/dashboards-loaded.ts';
import { declared } from './references/declared.ts';
import { issuerExists } from './references/issuer-exists.ts';
import { monitorPortExists } from './references/monitor-port-exists.ts';
import { monitorsLoaded } from './references/monitors-loaded.ts';
import { roleExists } from './references/role-exists.ts';
import { scaleTargetExists } from './references/scale-target-exists.ts';
import { serviceAccountExists } from './references/service-account-exists.ts';
import { serviceExists } from './references/service-exists.ts';
import { servicePortExists } from './references/service-port-exists.ts';
import { statefulSetServiceExists } from './references/stateful-set-service-exists.ts';

/** Rules about the objects that others name. */
export function referenceRules(references: readonly ReferenceDeclaration[] = []): readonly Rule[] {
  return [
    configMapExists,
    configMapKeyExists,
    serviceAccountExists,
    claimExists,
    classExists,
    roleExists,
    issuerExists,
    monitorPortExists,
    dashboardsLoaded,
    monitorsLoaded,
    scaleTargetExists,
    statefulSetServiceExists,
    servicePortExists,
    serviceExists,
    declared(references),
  ];
}
