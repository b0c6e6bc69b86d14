/** Work on the files of a build that is done when the build begins, and once. */
export interface Preparation {
  readonly isDone: boolean;
  run(): void;
}

/** @param write writes all files that the build reads */
export function prepareOnce(write: () => void): Preparation {
  let isDone = false;
  return {
    get isDone() {
      return isDone;
    },
    run() {
      if (isDone) return;
      isDone = true;
      write();
    },
  };
}
