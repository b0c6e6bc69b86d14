import { discover } from '../../scripts/discover/discover.ts';
import type { Manifest } from '../../scripts/model.ts';
import { render } from '../../scripts/render/render.ts';
import { root } from '../repository.ts';
import { type Environment, everywhere, type System } from './system.ts';

export const systemNames: readonly string[] = [
  'ai-assistant',
  'grading-system',
  'pdf-processor',
  'suoke-life',
];

/** Every system in every environment, with the definitions of its own kinds. Built once. */
export const systems: readonly System[] = await renderSystems();

async function renderSystems(): Promise<System[]> {
  const { targets, sources } = discover({
    root,
    only: everywhere.flatMap((environment) =>
      [...systemNames, 'platform/crds'].map((name) => `overlays/${environment}/${name}`),
    ),
    ignore: [],
    clusters: [],
    given: [],
    allowed: new Set(),
  });
  const { rendered } = await render(targets, { root, sources });
  const failures = rendered.flatMap((one) => one.failures);
  if (failures.length > 0) throw new Error(JSON.stringify(failures, null, 2));
  const byPath = new Map<string, readonly Manifest[]>(
    rendered.map(({ target, manifests }) => [target.path, manifests]),
  );
  return everywhere.flatMap((environment: Environment) =>
    systemNames.map((name) => {
      const own = byPath.get(`overlays/${environment}/${name}`) ?? [];
      const crds = byPath.get(`overlays/${environment}/platform/crds`) ?? [];
      return { name, environment, manifests: name === 'suoke-life' ? [...own, ...crds] : own };
    }),
  );
}

/** A system as it is deployed to an environment. */
export function systemIn(environment: Environment, name: string): System {
  const found = systems.find((one) => one.environment === environment && one.name === name);
  if (!found) throw new Error(`there is no ${name} in ${environment}`);
  return found;
}
