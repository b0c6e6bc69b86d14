/** A family of names that documentation uses and that no cluster can mean. */
export interface StandIn {
  /** An extended regular expression for whoever looks for them with git grep. */
  readonly search: string;
  /** What to do about them, without a full stop. */
  readonly fix: string;
  /** Finds each of them in a text; the first group is the name itself. */
  readonly pattern: RegExp;
}

/**
 * The stand-ins that examples, guides and templates are written with. Only names that are
 * reserved or that nobody can own by accident: anything else may be somebody's.
 */
export const standIns: readonly StandIn[] = [
  {
    // RFC 2606 reserves these three.
    search: 'example[.](com|net|org)',
    fix: 'Put your own registry, repository and hosts there',
    pattern: /(?<![\w.-])((?:[a-z0-9-]+\.)*example\.(?:com|net|org))(?![\w-]|\.\w)/gi,
  },
  {
    search: 'your-?domain[.]com',
    fix: 'Put your own domain there',
    pattern: /(?<![\w.-])((?:[a-z0-9-]+\.)*your-?domain\.com)(?![\w-]|\.\w)/gi,
  },
  {
    // The account numbers of the documentation of AWS, where only an account can stand.
    search: 'arn:aws',
    fix: 'Put the numbers of your own accounts there',
    pattern:
      /\barn:aws[a-z-]{0,12}:[a-z0-9-]{0,40}:[a-z0-9-]{0,40}:(111122223333|123456789012|444455556666|555555555555|777788889999):/g,
  },
];

/** The names of a family in a text, in the order in which they stand there. */
export function namesIn(text: string, { pattern }: StandIn): string[] {
  return [...text.matchAll(pattern)].map(([, name = '']) => name.toLowerCase());
}
