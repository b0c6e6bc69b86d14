import { type CheckResult, check, toFindings } from './check/check.ts';
import { type Discovery, discover } from './discover/discover.ts';
import type { Finding, Manifest, Report, Rule, Severity, SourceFile } from './model.ts';
import { createLocate } from './provenance/locate.ts';
import type { Permission } from './render/kustomize.ts';
import { originsOf } from './render/origins.ts';
import { type RenderOptions, render } from './render/render.ts';
import { type RenderedText, renderTexts as renderEach } from './render/render-texts.ts';
import { rulesFor } from './rules/registry.ts';
import { kubernetesVersions } from './schema/catalogue.ts';
import { loadSchemas } from './schema/load-schemas.ts';

export interface ValidateOptions {
  /** Repository root. */
  readonly root: string;
  /** Only targets at or below these paths from the root; all of them when empty. */
  readonly paths?: readonly string[];
  /** Only targets that these clusters sync; all when empty. */
  readonly clusters?: readonly string[];
  /** Folders that hold no targets. */
  readonly ignore?: readonly string[];
  /** Files that are in no folder, such as standard input. */
  readonly given?: readonly SourceFile[];
  /** Decides instead of what each cluster says, as `1.34`. */
  readonly kubernetesVersion?: string;
  /** What builds may do besides reading the repository; nothing by default. */
  readonly allowed?: ReadonlySet<Permission>;
  /** How many builds run at a time; one a processor by default. */
  readonly concurrency?: number;
  /** Which of the rules to apply; all by default. */
  readonly selectRule?: (rule: Rule) => boolean;
  /** Rules besides the built-in ones. */
  readonly rules?: readonly Rule[];
  /** Told after every rendered target. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Discover → render → check → report. The only place that knows this order.
 *
 * @throws UserError when a path, cluster or version that was asked for is none
 */
export async function validate(options: ValidateOptions): Promise<Report> {
  const started = performance.now();
  const discovery = discoverFor(options);
  const { rendered, kustomizeVersion } = await render(
    discovery.targets,
    renderOptions(discovery, options),
  );
  const { sources, clusters, files } = discovery;
  const schemas = await loadSchemas({
    rendered,
    clusters,
    ...(options.kubernetesVersion && { kubernetesVersion: options.kubernetesVersion }),
    otherCrds: discovery.otherCrds,
  });
  const rules = [
    ...rulesFor({ schemas: schemas.check, kubernetesVersions }),
    ...(options.rules ?? []),
  ];
  const repository = {
    sources,
    clusters,
    rendered,
    files,
    ...(kustomizeVersion && { kustomizeVersion }),
  };
  const selected = rules.filter(options.selectRule ?? (() => true));
  const result = check(repository, selected);
  const originOf = await originsOf(
    manifestsWithProblems(result),
    discovery.targets,
    renderOptions(discovery, options),
  );
  const findings = toFindings(result, repository, createLocate(sources, originOf));
  return {
    version: 1,
    summary: {
      targets: rendered.length,
      manifests: rendered.reduce((sum, { manifests }) => sum + manifests.length, 0),
      checks: result.checks,
      errors: count(findings, 'error'),
      warnings: count(findings, 'warning'),
      notes: count(findings, 'note'),
      durationMs: Math.round(performance.now() - started),
    },
    targets: rendered.map(({ target, manifests, failures }) => ({
      path: target.path,
      clusters: target.clusters,
      engines: target.engines,
      syncedBy: target.syncedBy,
      manifests: manifests.length,
      rendered: failures.length === 0,
    })),
    findings,
    notChecked: schemas.notChecked,
  };
}

function manifestsWithProblems({ seen }: CheckResult): Manifest[] {
  const manifests = seen.flatMap(({ problem }) => ('manifest' in problem ? problem.manifest : []));
  return [...new Set(manifests)];
}

/** Discover → render, and the text as kustomize writes it. */
export async function renderTexts(options: ValidateOptions): Promise<RenderedText[]> {
  const discovery = discoverFor(options);
  return renderEach(discovery.targets, renderOptions(discovery, options));
}

function discoverFor(options: ValidateOptions): Discovery {
  const { root, paths = [], clusters = [], ignore = [], given = [], allowed = new Set() } = options;
  return discover({ root, only: paths, clusters, ignore, given, allowed });
}

function renderOptions({ root, sources }: Discovery, options: ValidateOptions): RenderOptions {
  const { allowed, concurrency, onProgress } = options;
  return {
    root,
    sources,
    ...(allowed && { allowed }),
    ...(concurrency && { concurrency }),
    ...(onProgress && { onProgress }),
  };
}

function count(findings: readonly Finding[], severity: Severity): number {
  return findings.filter((finding) => finding.severity === severity).length;
}
