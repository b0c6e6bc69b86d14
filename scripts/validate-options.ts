import type { SettleOptions } from './check/settle.ts';
import type { Discovery } from './discover/discover.ts';
import type { ReferenceDeclaration, Repository, Rule, SourceFile } from './model.ts';
import type { PrepareOptions } from './prepare-rules.ts';
import type { Permission } from './render/kustomize.ts';
import type { SchemaChoice } from './schema/schema-choice.ts';

/** What to check, and how. */
export interface ValidateOptions extends SettleOptions, Pick<PrepareOptions, 'ruleSettings'> {
  /** Repository root. */
  readonly root: string;
  /** Only targets at or below these paths from the root; all of them when empty. */
  readonly paths?: readonly string[];
  /** Only targets that these clusters sync; all when empty. */
  readonly clusters?: readonly string[];
  /** The folders of clusters by their names; those in `clusters/` when absent. */
  readonly clusterFolders?: Readonly<Record<string, string>>;
  /** Folders that hold no targets. */
  readonly ignore?: readonly string[];
  /** Files that are in no folder, such as standard input. */
  readonly given?: readonly SourceFile[];
  /** Decides instead of what each cluster says, as `1.34`. */
  readonly kubernetesVersion?: string;
  /** Which schemas decide, and about which kinds. */
  readonly schemas?: SchemaChoice;
  /** Files whose path from the root matches one of these are left out. */
  readonly ignoreFiles?: readonly RegExp[];
  /** What builds may do besides reading the repository; nothing by default. */
  readonly allowed?: ReadonlySet<Permission>;
  /** Folders and files with policies besides those of the repository, absolute. */
  readonly policies?: readonly string[];
  /** Fields of custom resources that name other objects. */
  readonly references?: readonly ReferenceDeclaration[];
  /** How many builds run at a time; one a processor by default. */
  readonly concurrency?: number;
  /** Which of the rules to apply; all by default. */
  readonly selectRule?: (rule: Rule) => boolean;
  /** Rules besides the built-in ones. */
  readonly rules?: readonly Rule[];
  /** Leaves targets out of what was found, for example those in which nothing changed. */
  readonly narrow?: (discovery: Discovery) => Discovery;
  /** What the change starts from, for what only a comparison can tell. */
  readonly base?: NonNullable<Repository['base']>;
  /** Told when builds begin: whatever is needed later can be loaded meanwhile. */
  readonly onBuilding?: () => void;
  /** Told after every rendered target. */
  readonly onProgress?: (done: number, total: number, target: string) => void;
  /** Told what begins after the renders, and of how many manifests or problems. */
  readonly onStage?: (stage: 'checking' | 'locating', count: number) => void;
  /** Handed what was checked, for whoever shows more than the report holds. */
  readonly onRepository?: (repository: Repository) => void;
}
