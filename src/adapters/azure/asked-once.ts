/** Asks once for each key, whatever its case, and answers everybody who asks for it the same. */
export function askedOnce<T>(ask: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const answers = new Map<string, Promise<T>>();
  return (key) => {
    const known = answers.get(key.toLowerCase()) ?? ask(key);
    answers.set(key.toLowerCase(), known);
    return known;
  };
}
