import { type CheckResult, check, manifestsIn, toFindings } from './check/check.ts';
import { settle } from './check/settle.ts';
import { type Discovery, discover } from './discover/discover.ts';
import { readTexts } from './discover/texts.ts';
import type { Finding, Manifest, Rendered, Report, Severity } from './model.ts';
import { beginRules, isUsual, prepareRules } from './prepare-rules.ts';
import type { Answers } from './provenance/answers.ts';
import type { CanaryContext } from './provenance/canary.ts';
import type { Locate } from './provenance/locate.ts';
import { type RenderOptions, render } from './render/render.ts';
import { renderTexts as renderEach } from './render/render-texts.ts';
import { builderOf, type RenderedDiscovery, renderRounds } from './render-rounds.ts';
import { isOneOf } from './schema/schema-choice.ts';
import { isWorthReading } from './secrets/secret-files.ts';
import { secretsByTarget } from './secrets/secrets-by-target.ts';
import { withoutValues } from './secrets/without-values.ts';
import { type RenderedText, substituteTexts } from './sync/substitution/substitute-texts.ts';
import type { ValidateOptions } from './validate-options.ts';

/**
 * Discover → render → check → report. The only place that knows this order.
 *
 * @throws UserError when a path, cluster or version that was asked for is none
 */
export async function validate(options: ValidateOptions): Promise<Report> {
  const started = performance.now();
  const first = discoverFor(options);
  const reading = readTexts(first, options, isWorthReading);
  let code: Promise<ProvenanceCode> | undefined;
  let begun: ReturnType<typeof beginRules> = {};
  const load = () => (code ??= import('./provenance/locate.ts'));
  // What comes next is made ready while kustomize is waited for, and costs no time then.
  const onBuilding = () => {
    if (code) return;
    load().catch(() => undefined);
    begun = beginRules(first, options);
    options.onBuilding?.();
  };
  const done = await renderAll(first, { ...options, onBuilding });
  const { discovery, rendered, kustomize } = done;
  const { sources, clusters, files } = discovery;
  const manifestCount = rendered.reduce((sum, { manifests }) => sum + manifests.length, 0);
  const canary = canaryContext(done, options);
  const prepared = await prepareRules(discovery, rendered, { ...options, ...begun, canary });
  const rules = [...prepared.rules, ...(options.rules ?? [])];
  const repository = {
    sources,
    clusters,
    rendered,
    files,
    ...(await reading),
    ...(kustomize?.version && { kustomizeVersion: kustomize.version }),
    ...(options.base && { base: options.base }),
  };
  options.onRepository?.(repository);
  const selected = rules.filter(options.selectRule ?? isUsual);
  options.onStage?.('checking', manifestCount);
  const result = withoutKinds(check(repository, selected), rendered, options.schemas?.skip);
  options.onStage?.('locating', result.seen.length);
  const found = toFindings(result, repository, await locatorFor(result, canary, load));
  const findings = settle(found, { repository, known: rules, applied: selected }, options);
  return {
    version: 1,
    summary: {
      targets: rendered.length,
      manifests: manifestCount,
      checks: result.checks,
      errors: count(findings, 'error'),
      warnings: count(findings, 'warning'),
      notes: count(findings, 'note'),
      suppressed: findings.filter(({ suppression }) => suppression).length,
      durationMs: Math.round(performance.now() - started),
    },
    targets: rendered.map(({ target, manifests, failures }) => ({
      ...(target.name !== target.path && { name: target.name }),
      path: target.path,
      clusters: target.clusters,
      engines: target.engines,
      syncedBy: target.syncedBy,
      manifests: manifests.length,
      rendered: failures.length === 0,
    })),
    findings,
    notChecked: prepared.notChecked,
  };
}

/** Skipped kinds stay known to the rules, for others may refer to their objects. */
function withoutKinds(
  result: CheckResult,
  rendered: readonly Rendered[],
  skip: readonly string[] = [],
): CheckResult {
  const secrets = secretsByTarget(rendered);
  const secretsOf = ({ target }: Manifest) => secrets.get(target?.name ?? '') ?? [];
  const seen = result.seen.filter(
    ({ problem }) => !('manifest' in problem && isOneOf(problem.manifest, skip)),
  );
  return {
    ...result,
    seen: seen.map((one) => ({ ...one, problem: withoutValues(one.problem, secretsOf) })),
  };
}

type ProvenanceCode = typeof import('./provenance/locate.ts');

/** Targets without problems pay nothing; without builds not even for loading the code. */
async function locatorFor(
  result: CheckResult,
  context: CanaryContext,
  load: () => Promise<ProvenanceCode>,
): Promise<Locate> {
  const manifests = manifestsIn(result);
  const nowhere = { location: { file: '', line: 1, column: 1 }, related: [] };
  if (manifests.length === 0) return () => ({ ...nowhere, certainty: 'file' });
  const provenance = await load();
  return provenance.locatorFor(manifests, context);
}

function canaryContext(done: RenderedDiscovery, options: ValidateOptions): CanaryContext {
  const { discovery, rendered, substitutions } = done;
  const { onProgress: _, onBuilding: __, ...quiet } = options;
  return {
    root: discovery.root,
    sources: new Map(discovery.sources.map((source) => [source.path, source])),
    targets: discovery.targets,
    rendered,
    substitutions,
    build: builderOf(done, renderOptions(done.discovery, quiet)),
  };
}

/** Discover → render → who set what: what `explain` tells of a target's objects. */
export async function provenanceOf(options: ValidateOptions): Promise<Answers> {
  const done = await renderAll(discoverFor(options), options);
  const { openAnswers } = await import('./provenance/answers.ts');
  return openAnswers(canaryContext(done, options));
}

/** Discover → render, and the text as its cluster receives it. */
export async function renderTexts(options: ValidateOptions): Promise<RenderedText[]> {
  const done = await renderAll(discoverFor(options), options, renderEach);
  return substituteTexts(done.built, { ...done.discovery, rendered: done.rendered });
}

function renderAll(
  first: Discovery,
  options: ValidateOptions,
  how: typeof render = render,
): Promise<RenderedDiscovery> {
  const { narrow = (all) => all } = options;
  return renderRounds(first, (discovery) => renderOptions(discovery, options), narrow, how);
}

function discoverFor(options: ValidateOptions): Discovery {
  const { root, paths = [], clusters = [], ignore = [], given = [], allowed = new Set() } = options;
  const { ignoreFiles = [], clusterFolders, narrow = (all) => all } = options;
  const only = { only: paths, clusters, ...(clusterFolders && { clusterFolders }) };
  const all = discover({ root, ...only, ignore, ignoreFiles, given, allowed });
  return narrow(all);
}

function renderOptions({ root, sources }: Discovery, options: ValidateOptions): RenderOptions {
  const { allowed, concurrency, onProgress, onBuilding } = options;
  return {
    root,
    sources,
    ...(allowed && { allowed }),
    ...(concurrency && { concurrency }),
    ...(onProgress && { onProgress }),
    ...(onBuilding && { onStarted: onBuilding }),
  };
}

function count(findings: readonly Finding[], severity: Severity): number {
  return findings.filter((one) => one.severity === severity && !one.suppression).length;
}
