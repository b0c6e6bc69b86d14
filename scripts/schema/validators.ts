import { type Checks, chooseVersion, loadBuiltIn, loadCustom, upstreamOf } from './catalogue.ts';
import { type CompiledCheck, problemsFrom, type SchemaProblem } from './problems.ts';

/** Tells what is wrong with objects by the schemas of one Kubernetes version. */
export interface Validators {
  /** The Kubernetes minor whose schemas decide, as `1.34`. */
  readonly kubernetes: string;
  /** Whether another minor was wanted, and the nearest one that is known had to do. */
  readonly substituted: boolean;
  /**
   * What the API server would refuse in this object by its schema; undefined when no
   * schema is known for its apiVersion and kind.
   */
  problemsOf(data: Fields): readonly SchemaProblem[] | undefined;
}

/** What `loadValidators` needs to know beforehand, so that it loads nothing else. */
export interface ValidatorOptions {
  /** The apiVersion and kind pairs that will be asked for. */
  readonly kinds: Iterable<{ readonly apiVersion: string; readonly kind: string }>;
  /** Wanted minor or patch version (`1.34`, `1.34.2`, `v1.34.0`); the newest known when absent. */
  readonly kubernetes?: string;
  /** CustomResourceDefinition objects that win over the catalogue; later ones over earlier. */
  readonly crds?: readonly Fields[];
  /** Where schemas are, best first: templates, folders, and `default` for the catalogue. */
  readonly locations?: readonly string[];
  /** Whether locations may be on the network. */
  readonly network?: boolean;
}

/** The catalogue that comes with this library, among schema locations. */
export const defaultLocation = 'default';

type Fields = Readonly<Record<string, unknown>>;
type Validate = (data: Fields) => readonly SchemaProblem[];

/** Loads the compiled checks for these kinds. Throws a UserError when the version is none. */
export async function loadValidators(options: ValidatorOptions): Promise<Validators> {
  const { kubernetes, substituted, upper } = chooseVersion(options.kubernetes);
  const groups = new Set<string>();
  for (const { apiVersion } of options.kinds) groups.add(groupOf(apiVersion));
  const validators = new Map<string, Validate>();
  for (const location of (options.locations ?? [defaultLocation]).toReversed()) {
    if (location === defaultLocation) await addCatalogue();
    else await addLocated(location);
  }
  const crds = (options.crds ?? []).filter((crd) => groups.has(groupOfCrd(crd)));
  if (crds.length > 0) {
    const { ownResources } = await import('./own-resources.ts');
    for (const [name, validate] of await ownResources(crds, kubernetes)) {
      validators.set(name, validate);
    }
  }
  return {
    kubernetes,
    substituted,
    problemsOf: (data) => validators.get(`${data.apiVersion}/${data.kind}`)?.(data),
  };

  async function addCatalogue(): Promise<void> {
    for (const group of groups) {
      const builtIn = await loadBuiltIn(kubernetes, group);
      const alternative = upper === undefined ? builtIn : await loadBuiltIn(upper, group);
      add(group, builtIn, (check, name) => bothOf(check, alternative[name] ?? check));
      add(group, await loadCustom(group), bundled);
    }
  }

  async function addLocated(location: string): Promise<void> {
    const { locatedSchemas } = await import('./located-schemas.ts');
    const { kinds, network = false } = options;
    const version = folderVersion(options.kubernetes ?? kubernetes);
    for (const [name, check] of await locatedSchemas({ location, kinds, version, network })) {
      validators.set(name, (data) => (check(data) ? [] : problemsFrom(check.errors ?? [], data)));
    }
  }

  function add(
    group: string,
    checks: Checks,
    validate: (check: CompiledCheck, name: string) => Validate,
  ): void {
    for (const [name, check] of Object.entries(checks)) {
      validators.set(group === '' ? name : `${group}/${name}`, validate(check, name));
    }
  }
}

/** What both of two checks refuse, for a version between theirs. */
function bothOf(lower: CompiledCheck, upper: CompiledCheck): Validate {
  return (data) => {
    if (lower(data)) return [];
    const problems = problemsFrom(lower.errors ?? [], data);
    if (upper === lower) return problems;
    if (upper(data)) return [];
    const others = problemsFrom(upper.errors ?? [], data).map(({ path }) => JSON.stringify(path));
    return problems.filter(({ path }) => others.includes(JSON.stringify(path)));
  };
}

/**
 * A bundled schema may be older than the CRD in the cluster. A field or value that is
 * unknown and like no known one is then no certain mistake.
 */
function bundled(check: CompiledCheck): Validate {
  return (data) => {
    if (check(data)) return [];
    return problemsFrom(check.errors ?? [], data).map((problem) => {
      if (!/^unknown field|^\S+ must be one of/.test(problem.message)) return problem;
      const upstream = upstreamOf(String(data.apiVersion), String(data.kind));
      const lag = `The bundled schema is that of ${upstream}; a CRD in the repository wins over it.`;
      if (problem.fix) return { ...problem, fix: `${problem.fix} ${lag}` };
      return { ...problem, fix: lag, severity: 'warning' };
    });
  };
}

/** As kubeconform spells it in folder names: `v1.34.0`. */
function folderVersion(version: string): string {
  const [, minor = version, patch = '.0'] = /^v?(\d+\.\d+)(\.\d+)?$/.exec(version) ?? [];
  return `v${minor}${patch}`;
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] as string) : '';
}

function groupOfCrd({ spec }: Fields): string {
  return String((spec as Fields | undefined)?.group);
}
