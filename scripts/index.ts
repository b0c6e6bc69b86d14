/** The npm library. What is not exported here is free to change. */
export {
  type Config,
  defineConfig,
  defineRule,
  type Level,
  type LevelWithOptions,
  type PinnedTagOptions,
  type RefreshedOptions,
  type RuleLevels,
} from './config/config.ts';
export type * from './model.ts';
export { validate } from './pipeline.ts';
export { type Reporter, type ReporterOptions, reporters } from './report/reporters.ts';
export { rules } from './rules/registry.ts';
export type { ValidateOptions } from './validate-options.ts';
