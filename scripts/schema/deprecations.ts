import type { Manifest } from '../model.ts';
import { chooseVersion } from './catalogue.ts';
import { deprecatedVersions, successors } from './deprecated-versions.ts';
import type { SchemaProblem } from './problems.ts';
import { builtInResources } from './resources.ts';
import { type VersionSources, versionsOf } from './versions-of.ts';

/**
 * Tells of apiVersions that a manifest's clusters still serve and will not serve for ever. It
 * says nothing where one of the clusters has no other version yet, nor of kinds that one of
 * them does not serve: those are errors, and not for it.
 */
export function deprecations(
  sources: VersionSources,
): (manifest: Manifest) => readonly SchemaProblem[] {
  const versionsFor = versionsOf(sources);
  return (manifest) => {
    const { apiVersion, kind } = manifest;
    const key = `${apiVersion}/${kind}`;
    const path = ['apiVersion'];
    const successor = successors.get(key);
    if (successor) {
      const { use, release } = successor;
      const message = `${apiVersion} ${kind} is deprecated: ${release} brought ${use}`;
      return [{ path, message, fix: `Write \`apiVersion: ${use}\`.` }];
    }
    const entry = deprecatedVersions.get(key);
    if (!entry && !/v\d+(?:alpha|beta)\d+$/.test(apiVersion)) return [];
    const minors = versionsFor(manifest).map((one) => chooseVersion(one).kubernetes);
    if (!minors.every((minor) => serves(minor, apiVersion, kind))) return [];
    const newer = minors.map((minor) => newerHome(minor, apiVersion, kind, entry !== undefined));
    const [use] = newer;
    if (!entry) {
      if (use === undefined || newer.some((one) => one !== use)) return [];
      const message = `${apiVersion} ${kind} is deprecated: Kubernetes ${oldest(minors)} has ${use}`;
      return [{ path, message, fix: `Write \`apiVersion: ${use}\`.` }];
    }
    if (minors.some((minor) => minorOf(minor) < minorOf(entry.since))) return [];
    const end = entry.removed ? ` and removed in ${entry.removed}` : '';
    const message = `${apiVersion} ${kind} is deprecated since Kubernetes ${entry.since}${end}`;
    const common = newer.every((one) => one === use) ? use : undefined;
    const fix = entry.use ? `Use ${entry.use}.` : common && `Write \`apiVersion: ${common}\`.`;
    return [{ path, message, ...(fix ? { fix } : {}) }];
  };
}

function serves(minor: string, apiVersion: string, kind: string): boolean {
  const kinds = builtInResources(minor)[apiVersion];
  return kinds !== undefined && Object.hasOwn(kinds, kind);
}

/** The stable version of the kind in its group, or a beta where that is wanted too. */
function newerHome(minor: string, apiVersion: string, kind: string, betaToo: boolean) {
  const group = apiVersion.slice(0, apiVersion.indexOf('/') + 1);
  if (group === '') return undefined;
  const homes = Object.keys(builtInResources(minor)).filter(
    (one) => one !== apiVersion && one.startsWith(group) && serves(minor, one, kind),
  );
  const beta = betaToo ? homes.find((one) => /v\d+beta\d+$/.test(one)) : undefined;
  return homes.find((one) => /\/v\d+$/.test(one)) ?? beta;
}

function oldest(minors: readonly string[]): string {
  return minors.toSorted((one, other) => minorOf(one) - minorOf(other))[0] as string;
}

function minorOf(version: string): number {
  return Number(version.split('.')[1]);
}
