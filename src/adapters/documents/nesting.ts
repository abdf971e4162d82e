/**
 * How deep the values of a document may stand in each other. Whatever walks through a document may recurse, because
 * of this: it is several times as deep as anything of Azure's (five deployments within each other, four levels each,
 * around a cluster of some ten), and a small part of the stack.
 */
export const mostLevels = 500;

/** Where a JSON text gets deeper than `mostLevels`, as an offset; null when it nowhere does. Faults in the text may hide it. */
export function tooDeepAt(text: string): number | null {
  let level = 0;
  for (let at = 0; at < text.length; at += 1) {
    switch (text[at]) {
      case '"':
        at = endOfString(text, at);
        break;
      case "[":
      case "{":
        level += 1;
        if (level > mostLevels) return at;
        break;
      case "]":
      case "}":
        level -= 1;
        break;
    }
  }
  return null;
}

/** The closing quote of the string that opens at `start`, or the end of the text. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text[at - 1 - backslashes] === "\\") backslashes += 1;
    if (backslashes % 2 === 0) return at;
  }
  return text.length;
}
