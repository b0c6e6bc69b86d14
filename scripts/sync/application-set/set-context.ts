import type { SourceFile } from '../../model.ts';

/** More Applications of one ApplicationSet are not followed: no controller runs with so many. */
export const mostParameters = 5000;

/** What generators are expanded from besides the ApplicationSet itself. */
export interface SetContext {
  /** Every file of the repository from its root, sorted. */
  readonly files: readonly string[];
  /** A YAML or JSON file; undefined when it cannot be read. */
  read(path: string): SourceFile | undefined;
  /** Whether a URL is the repository that is checked. */
  isOwn(url: string): boolean;
  /** Clusters that Argo CD knows besides its own, from the Secrets in Git that register them. */
  readonly registered: readonly RegisteredCluster[];
}

/** A cluster that a Secret registers with Argo CD. What is absent is not in Git. */
export interface RegisteredCluster {
  readonly name?: string;
  readonly server?: string;
  readonly project?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}
