/**
 * The nouns of this library, in the order in which data flows through it:
 * discovery finds clusters, sources and targets, rendering turns targets into
 * manifests, rules find problems in all of those, and a report tells them as
 * findings.
 *
 * Everything here is plain data which nobody changes once it is made.
 */

/** A place in a file. Lines and columns count from 1, as editors show them. */
export interface Location {
  /** Path from the repository root, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The way to a field from the top of an object: `['spec', 'containers', 0, 'image']`. */
export type FieldPath = readonly (string | number)[];

/** Who applies manifests to a cluster. */
export type Engine = 'argocd' | 'flux';

/** A namespace that exists in a cluster without being in Git. */
export interface ExternalNamespace {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** What a Helm chart brings that Git does not show. */
export interface ChartContents {
  /** CRDs as `<plural>.<group>`. */
  readonly crds: readonly string[];
  readonly namespaces: readonly string[];
  readonly webhooks: readonly string[];
}

/** What exists in a cluster and is made by nobody here. */
export interface External {
  readonly namespaces: readonly ExternalNamespace[];
  /** As `namespace/name:port`. */
  readonly services: readonly string[];
  /** As `namespace/name`, or `namespace/name/key` for one key. */
  readonly secrets: readonly string[];
  /** Secret stores as `namespace/name`, cluster-wide ones as `name`. */
  readonly stores: readonly string[];
}

/** A cluster as its `cluster.yaml` describes it, with defaults for what that leaves out. */
export interface Cluster {
  readonly name: string;
  readonly environment: string;
  /** The file that says so, or the cluster's folder when there is no such file. */
  readonly file: string;
  /** Kubernetes minor, as `1.34`; absent when nobody says. */
  readonly kubernetes?: string;
  /** kustomize version of the engine, as `5.8.1`; absent when nobody says. */
  readonly kustomize?: string;
  /** Which wiring is live. */
  readonly engine?: Engine;
  readonly variables: Readonly<Record<string, string>>;
  readonly charts: Readonly<Record<string, ChartContents>>;
  readonly external: External;
}

/** Why a file is not the YAML that Kubernetes could read. */
export interface SyntaxProblem {
  /** Never quotes the file: the text at fault may be a secret. */
  readonly message: string;
  readonly location: Location;
}

/** A YAML file of the repository that a target, a cluster or the user names. */
export interface SourceFile {
  /** Path from the repository root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** Its documents, empty ones left out; none when the file has a syntax problem. */
  readonly documents: readonly unknown[];
  readonly syntaxProblems: readonly SyntaxProblem[];
}

/** A folder or file that is rendered and applied as one, such as `overlays/staging/ai-assistant`. */
export interface Target {
  /** Unique: the path, and when that is rendered in several ways also for whom, as `apps/web@prod`. */
  readonly name: string;
  /** Folder or file from the repository root. */
  readonly path: string;
  /** Built by kustomize, or plain manifests that are applied as they stand. */
  readonly kind: 'kustomization' | 'manifests';
  /** Names of the clusters that sync it; none for a root that nobody syncs. */
  readonly clusters: readonly string[];
  readonly engines: readonly Engine[];
  /** Files whose objects point at it. */
  readonly syncedBy: readonly string[];
  /**
   * What its manifests depend on and Git does not tell, such as `Secret flux-system/vars`; absent
   * when there is no such thing. Of what comes of that nothing sure can be said.
   */
  readonly changedBy?: readonly string[];
}

/** Where an object is written. */
export interface WrittenObject {
  readonly file: string;
  /** Index among the file's documents that are not empty. */
  readonly document: number;
  /** Its place in the document; empty for all of it. */
  readonly at: FieldPath;
}

/** A kustomization as an engine changes it in place before it builds it. */
export interface ChangedKustomization {
  /** Its file from the repository root. */
  readonly file: string;
  readonly text: string;
  /** Fields of it that the engine's object sets. */
  readonly parts: readonly ChangedPart[];
  readonly object: WrittenObject;
  /** Whether the engine makes it for a folder that has none. */
  readonly isGenerated: boolean;
}

/** A field of a kustomization that an engine's object sets. */
export interface ChangedPart {
  /** Where it is in the kustomization. */
  readonly at: FieldPath;
  /** Where it is in the object. */
  readonly from: FieldPath;
  /** All of it is one text there, such as `web:1.0.0` for an image. */
  readonly isWhole?: boolean;
}

/** Variables that Flux puts into what a kustomization renders to. */
export interface PostBuild {
  /** Set in the Flux Kustomization itself; they win. */
  readonly substitute: Readonly<Record<string, string>>;
  /** ConfigMaps and Secrets whose keys are variables; later ones win. */
  readonly from: readonly {
    readonly kind: string;
    readonly name: string;
    readonly optional: boolean;
  }[];
  /** The namespace in which those are. */
  readonly namespace: string;
  readonly cluster: string;
  readonly object: WrittenObject;
}

/** What a target is rendered from, found by following its kustomizations before any build. */
export interface TargetFiles {
  /** Every file the render reads, from the repository root, sorted. */
  readonly files: readonly string[];
  /** Those of them that declare objects, and do not only patch or feed them. */
  readonly resources: readonly string[];
  /** Why the target must not or cannot be built, one by one; none when it may. */
  readonly failures: readonly RenderFailure[];
  /** False when a field of a kustomization acts on the whole build and not on its own resources. */
  readonly batchable: boolean;
  /** Whether objects are generated, whose names kustomize changes at the end of a build. */
  readonly generates: boolean;
  /** Kustomizations that ask KSOPS for Secrets; absent when none does. It is never run. */
  readonly ksops?: readonly string[];
  /** The namespace that the target's own kustomization sets. */
  readonly namespace?: string;
  /** Its kustomization as the engine changes it; absent when it builds what is written. */
  readonly changed?: ChangedKustomization;
  /** Labels and annotations that the engine gives to every object. */
  readonly metadata?: {
    readonly labels: Readonly<Record<string, unknown>>;
    readonly annotations: Readonly<Record<string, unknown>>;
    /** The engine's object that says so. */
    readonly object?: WrittenObject;
  };
  readonly postBuild?: PostBuild;
}

/** Where a manifest comes from, as kustomize tells it. */
export interface Origin {
  /** The file that declares it, or the kustomization whose generator made it. */
  readonly file: string;
  /** The generator's kind, such as `ConfigMapGenerator`, when one made it. */
  readonly generator?: string;
}

/** One Kubernetes object, as written in a file or as rendered for a target. */
export interface Manifest {
  /** Absent when the object was read straight from its file. */
  readonly target?: Target;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  /** The whole object. It may be invalid: rules take nothing in it for granted. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Absent for what kustomize rendered: it is asked only for manifests with a problem. */
  readonly origin?: Origin;
  /** Fields of which only a part is known, since a variable in them has no known value. */
  readonly unknown?: readonly FieldPath[];
}

/** Why a target could not be rendered. */
export interface RenderFailure {
  /** The rule that tells it, such as `render/builds` or `kustomization/path-exists`. */
  readonly rule: string;
  readonly message: string;
  readonly fix?: string;
  readonly location: Location;
}

/** A target with everything it renders to. */
export interface Rendered {
  readonly target: Target;
  readonly manifests: readonly Manifest[];
  /** Files the render was made of, from the repository root. */
  readonly files: readonly string[];
  /** Why it could not be rendered. There are no manifests then. */
  readonly failures: readonly RenderFailure[];
  /** The text of each of its manifests as kustomize writes it, where something is put into it. */
  readonly texts?: readonly string[];
  /** What Flux could not substitute in it. */
  readonly variableProblems?: readonly Problem[];
}

/** Everything that lands in one cluster. */
export interface ClusterView {
  /** Absent for the targets that no cluster syncs: what they meet is not known. */
  readonly cluster?: Cluster;
  readonly rendered: readonly Rendered[];
  /** The files as written, of all clusters. */
  readonly sources?: readonly SourceFile[];
}

/** A file that is no manifest, and that rules about secrets look into. */
export interface TextFile {
  /** Path from the repository root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** What the commit that a change starts from renders to. */
export interface Base {
  readonly sources: readonly SourceFile[];
  readonly clusters: readonly Cluster[];
  readonly rendered: readonly Rendered[];
  readonly files: readonly string[];
  /** False when only a part of it, or of what it is compared with, was rendered. */
  readonly isWhole: boolean;
}

/** All there is to check: the files as written, and what they render to. */
export interface Repository {
  readonly sources: readonly SourceFile[];
  readonly clusters: readonly Cluster[];
  readonly rendered: readonly Rendered[];
  /** Every file of the repository that discovery saw, from its root, sorted. */
  readonly files: readonly string[];
  /** Files besides the sources that may hold secrets: env files, keys, certificates. */
  readonly texts?: readonly TextFile[];
  /** Files that generators are given here, and that Git ignores: a clone has none of them. */
  readonly ignored?: readonly string[];
  /** Version of the kustomize that rendered; absent when nothing needed one. */
  readonly kustomizeVersion?: string;
  /** Absent when nobody says what the change starts from. */
  readonly base?: Base;
}

/** `error` must be fixed before merging, `warning` should be, `note` is for information. */
export type Severity = 'error' | 'warning' | 'note';

/** What a rule has found: what is wrong, and where. */
export type Problem = {
  /** One clause which names the value at fault, without a full stop; never a secret's value. */
  readonly message: string;
  /** What to do about this one, when it is more exact than the rule's own `fix`. */
  readonly fix?: string;
  /** When this one weighs less or more than the rule's usual finding. */
  readonly severity?: Severity;
  /** What tells it from others of the rule in the same field, such as a policy's name. */
  readonly discriminator?: string;
  /** Further places, for a problem with a location of its own. */
  readonly related?: readonly RelatedLocation[];
} & ({ readonly manifest: Manifest; readonly path: FieldPath } | { readonly location: Location });

/** Something of a rule that teams decide differently. */
export interface RuleOption {
  /** What it decides, and what holds without it, as one clause. */
  readonly summary: string;
  /** Says what is wrong with a value, as `must be a list of texts`; undefined for nothing. */
  fault(value: unknown): string | undefined;
}

/** Options by the ids of their rules, as a configuration gives them. */
export type RuleSettings = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What is told about every rule; `explain` and `scripts/rules/README.md` are made from it. */
export interface RuleInfo {
  /** Group and name, the same as the rule's file: `images/pinned-tag`. */
  readonly id: string;
  readonly severity: Severity;
  /** The state of affairs that the rule wants, as one sentence. */
  readonly summary: string;
  /** What goes wrong without it. */
  readonly why: string;
  /** What to do about a finding. */
  readonly fix: string;
  /** The public document that the rule enforces. */
  readonly docs: string;
  /** Other names of the rule, such as its number in a catalogue. */
  readonly aliases?: readonly string[];
  /** Applied only where the configuration gives it a level, or `--only` names it. */
  readonly optIn?: true;
  /** Its problem is left out where a policy refuses the same field of the same object. */
  readonly yieldsToPolicies?: true;
  /** What a configuration may say besides a level: `['error', { name: value }]`. */
  readonly options?: Readonly<Record<string, RuleOption>>;
  /** The rule with options that were found to be without fault. */
  configure?(options: Readonly<Record<string, unknown>>): Rule;
  /** The file that records exceptions; comments do not hold, for a cluster enforces the rule too. */
  readonly exceptedIn?: string;
}

/** A rule that reads files as written, for example for plain secrets. */
export interface SourceRule extends RuleInfo {
  readonly scope: 'source';
  check(file: SourceFile): Iterable<Problem>;
}

/** A rule that looks at one rendered manifest at a time. */
export interface ManifestRule extends RuleInfo {
  readonly scope: 'manifest';
  check(manifest: Manifest): Iterable<Problem>;
}

/** A rule that needs all manifests of a target, for example to compare two of them. */
export interface TargetRule extends RuleInfo {
  readonly scope: 'target';
  check(rendered: Rendered): Iterable<Problem>;
}

/** A rule that needs all that lands in one cluster, for example to follow references. */
export interface ClusterRule extends RuleInfo {
  readonly scope: 'cluster';
  check(view: ClusterView): Iterable<Problem>;
}

/** A rule that needs everything, for example to walk the sync graph. */
export interface RepositoryRule extends RuleInfo {
  readonly scope: 'repository';
  check(repository: Repository): Iterable<Problem>;
}

export type Rule = SourceRule | ManifestRule | TargetRule | ClusterRule | RepositoryRule;

/** A field by which objects of one kind name others, as a configuration declares it. */
export interface ReferenceDeclaration {
  /** `field` as `spec.template.configRef.name`; `[]` stands for every entry of a list. */
  readonly from: { readonly kind: string; readonly field: string };
  /** What must be there; `field` is the one that has the name, `metadata.name` by default. */
  readonly to: { readonly kind: string; readonly field?: string };
}

/** The object that a finding is about. */
export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/**
 * How sure a finding's location is: the very field (`exact`), the resource that
 * has it, at the field or its nearest parent there (`resource`), or only the file.
 */
export type Certainty = 'exact' | 'resource' | 'file';

/** A further place that helps to understand a finding. */
export interface RelatedLocation {
  readonly message: string;
  readonly location: Location;
}

/** Why a finding is told and does not count. */
export interface Suppression {
  /** By a comment beside the line, or by a baseline or configuration elsewhere. */
  readonly kind: 'inSource' | 'external';
  readonly justification: string;
}

/** A problem as it is reported. It survives `JSON.stringify` unchanged. */
export interface Finding {
  /** Id of the rule. */
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly fix: string;
  readonly docs: string;
  readonly location: Location;
  readonly certainty: Certainty;
  readonly object?: ObjectReference;
  /** JSON pointer to the field in the rendered object. */
  readonly path?: string;
  /** The targets that show this problem; one slip in a base shows in many. */
  readonly targets: readonly string[];
  readonly clusters: readonly string[];
  readonly related: readonly RelatedLocation[];
  /** Stays the same while the problem does, whatever happens to the lines around it. */
  readonly fingerprint: string;
  readonly suppression?: Suppression;
}

/** A line of a file as it may be shown: no secret's value is in it. */
export interface ShownLine {
  readonly text: string;
  /** Column of the first character at fault, from 1. */
  readonly start: number;
  /** The first column after it. */
  readonly end: number;
  /** Whether the value is left out, so that columns after it are not those of the file. */
  readonly masked?: boolean;
}

/** The lines around a field of a rendered object, as they may be shown. */
export interface RenderedField {
  readonly target: string;
  /** An empty text stands for lines left out. */
  readonly lines: readonly string[];
  /** Index of the field's line, or of its nearest parent's. */
  readonly marked: number;
}

/** What may be shown of a finding's surroundings. */
export interface Excerpt {
  readonly source?: ShownLine | undefined;
  readonly rendered?: RenderedField | undefined;
}

/** One place that writes a field. */
export interface Writing extends Location {
  /** What is written there; `***` for a secret's. */
  readonly value: unknown;
  /** What writes: `resource`, `patch`, `file`, or the field of a kustomization, such as `images`. */
  readonly by: string;
}

/** Who set a field of a rendered object. */
export interface Explanation {
  readonly object: ObjectReference;
  /** JSON pointer to the field; of one that was removed, as it was asked for. */
  readonly path: string;
  /** The rendered value; absent when there is no such field. */
  readonly value?: unknown;
  readonly certainty: Certainty;
  /** From the first that writes the field to the one that decides. */
  readonly chain: readonly Writing[];
  /** The key beside it that was probably meant, when nobody writes the field. */
  readonly near?: string;
  /** What takes the field away, when something does. */
  readonly removedBy?: Location;
}

/** A line of a rendered object and where it was written. */
export interface ExplainedLine {
  readonly text: string;
  /** Absent when nothing is known of it. */
  readonly location?: Location;
  /** How sure the location is; absent without one. */
  readonly certainty?: Certainty;
}

/** A field that a line of a source file reaches. */
export interface Reach {
  readonly target: string;
  readonly clusters: readonly string[];
  readonly object: ObjectReference;
  /** JSON pointer to the field. */
  readonly path: string;
}

/** A target as it is reported. */
export interface ReportedTarget extends Pick<Target, 'path' | 'clusters' | 'engines' | 'syncedBy'> {
  /** What findings call it, where the path is rendered in several ways. */
  readonly name?: string;
  /** How many objects it renders to. */
  readonly manifests: number;
  /** False when it could not be rendered; a finding says why. */
  readonly rendered: boolean;
}

export interface Summary {
  readonly targets: number;
  readonly manifests: number;
  /** How many times a rule looked at something of its scope. */
  readonly checks: number;
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
  /** Findings that a comment or a baseline suppresses; the three numbers above leave them out. */
  readonly suppressed?: number;
  readonly durationMs: number;
  /** How many targets were not rendered again, for nothing in them had changed. */
  readonly cached?: number;
}

/** All that a run has to tell. Reporters turn it into text and do nothing else. */
export interface Report {
  readonly version: 1;
  readonly summary: Summary;
  readonly targets: readonly ReportedTarget[];
  readonly findings: readonly Finding[];
  /** Kinds that no schema was found for, as `apiVersion/Kind`, sorted. */
  readonly notChecked: readonly string[];
}
