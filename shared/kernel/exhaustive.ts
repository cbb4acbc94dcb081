/** Makes a forgotten case a compile error, and a loud crash should one arrive from outside all the same. */
export function exhaustive(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`);
}
