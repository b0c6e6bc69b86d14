import type { FieldPath } from '../model.ts';

/** Stands for the place after a list's last item in a JSON pointer. */
const end = Number.MAX_SAFE_INTEGER;

/** The path that a JSON pointer (RFC 6901) names; whole numbers and `-` are places in lists. */
export function fromPointer(pointer: string): FieldPath {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => {
      if (step === '-') return end;
      if (/^(0|[1-9]\d{0,8})$/.test(step)) return Number(step);
      return step.replaceAll('~1', '/').replaceAll('~0', '~');
    });
}

/** Whether a step of a pointer is the end of a list. */
export function isEnd(step: string | number | undefined): boolean {
  return step === end;
}
