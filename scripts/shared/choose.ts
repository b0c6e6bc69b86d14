import { UserError } from './errors.ts';
import { nearest } from './nearest.ts';

/** The choice of that name. Without one, the error says which names there are. */
export function choose<T>(
  what: string,
  choices: Readonly<Record<string, T>>,
  name: string | undefined,
): T {
  if (name !== undefined && Object.hasOwn(choices, name)) return choices[name] as T;
  const names = Object.keys(choices);
  if (!name) throw new UserError(`name a ${what}: ${offeredFor('', names).join(', ')}`);
  const near = nearest(name, names);
  const offered = offeredFor(name, names).join(', ');
  const hint = near ? `did you mean "${near}"?` : `choose from ${offered}`;
  throw new UserError(`no ${what} "${name}"; ${hint}`);
}

/** Nobody reads more in a line; of many names only those of the same group are offered, else groups. */
const most = 20;

function offeredFor(name: string, names: readonly string[]): readonly string[] {
  if (names.length <= most) return names;
  const groupOf = (one: string) => one.split('/', 1)[0] ?? '';
  const grouped = names.filter((one) => one.includes('/'));
  const same = grouped.filter((one) => groupOf(one) === groupOf(name));
  return same.length > 0 ? same : [...new Set(grouped.map((one) => `${groupOf(one)}/…`))];
}
