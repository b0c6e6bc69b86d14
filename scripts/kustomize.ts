/** The typed kustomize wrapper by itself, as `presync/kustomize`. */
export { type BatchItem, buildBatch } from './render/batch.ts';
export {
  findKustomize,
  howToGetKustomize,
  type Kustomize,
  KustomizeNotFoundError,
  kustomizeMinor,
} from './render/binary.ts';
export {
  type BuildOptions,
  build,
  KustomizeError,
  type Permission,
} from './render/kustomize.ts';
