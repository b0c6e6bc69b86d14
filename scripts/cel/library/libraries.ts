import type { Library } from '../overloads.ts';
import { arithmetic } from './arithmetic.ts';
import { authorization, authorizationSelectors } from './authorization.ts';
import { networks } from './cidr.ts';
import { comparison, mixedComparison } from './comparison.ts';
import { conversions } from './conversions.ts';
import { ipAddresses } from './ip.ts';
import { listShapes } from './list-shapes.ts';
import { lists, sets } from './lists.ts';
import { namedFormats } from './named-formats.ts';
import { optional } from './optional.ts';
import { quantities } from './quantities.ts';
import { matches, regexLibrary } from './regex.ts';
import { semanticVersions } from './semver.ts';
import { laterStrings, strings } from './strings.ts';
import { text } from './text.ts';
import { timePartsLibrary } from './time-parts.ts';
import { urls } from './urls.ts';

/** Every library, in the order in which Kubernetes loads them. */
export const libraries: readonly Library[] = [
  arithmetic,
  comparison,
  conversions,
  text,
  matches,
  timePartsLibrary,
  strings,
  laterStrings,
  lists,
  regexLibrary,
  urls,
  authorization,
  authorizationSelectors,
  mixedComparison,
  optional,
  quantities,
  sets,
  ipAddresses,
  networks,
  namedFormats,
  semanticVersions,
  listShapes,
];
