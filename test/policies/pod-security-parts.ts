/** Part of a pod's `spec` or, under `annotations`, of its metadata. */
export type PodPart = Readonly<Record<string, unknown>>;

/** A control of the Pod Security Standards: what it refuses and what it only seems to refuse. */
export interface Control {
  readonly name: string;
  readonly bad: readonly PodPart[];
  readonly good: readonly PodPart[];
}

/** A pod with a part of its container. */
export const containers = (part: PodPart): PodPart => ({ containers: [part] });

/** A pod with an init container. */
export const initContainers = (part: PodPart): PodPart => ({ initContainers: [part] });

/** A pod with a part of its container's security context. */
export const context = (securityContext: PodPart): PodPart => containers({ securityContext });

/** A pod with a part of its own security context. */
export const podContext = (securityContext: PodPart): PodPart => ({ securityContext });

/** A pod with a volume. */
export const volume = (source: PodPart): PodPart => ({ volumes: [{ name: 'data', ...source }] });
