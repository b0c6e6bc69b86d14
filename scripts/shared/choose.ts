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
  if (!name) throw new UserError(`name a ${what}: ${names.join(', ')}`);
  const near = nearest(name, names);
  const hint = near ? `did you mean "${near}"?` : `choose from ${names.join(', ')}`;
  throw new UserError(`no ${what} "${name}"; ${hint}`);
}
