import { refuse } from "./refusal.ts";
import type { Token } from "./syntax.ts";

const pieces = new RegExp(
  [
    String.raw`(?<skip>\s+|//[^\n]*)`,
    // A verbatim string knows no escapes; its quote is doubled.
    `(?<verbatim>@'(?:[^']|'')*'|@"(?:[^"]|"")*")`,
    String.raw`(?<string>'(?:[^'\\\n]|\\[\\'"nrt])*'|"(?:[^"\\\n]|\\[\\'"nrt])*")`,
    String.raw`(?<number>\d+(?![\w.]))`,
    // Operators with a hyphen in their name are one word.
    String.raw`(?<name>(?:project|mv|top|make|sample)-[a-z]+|in~(?![\w])|[A-Za-z_]\w*)`,
    String.raw`(?<symbol>!(?:in~|[a-z]+)|==|=~|!=|!~|<=|>=|[|,()[\].=<>*])`,
  ].join("|"),
  "gy",
);

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

/** Cuts a query into tokens, the last of which is `end`. @throws QueryRefusal at a character no token starts with */
export function tokenize(query: string): readonly Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let lineStart = 0;
  let offset = 0;
  pieces.lastIndex = 0;
  while (offset < query.length) {
    const found = pieces.exec(query);
    const at = { line, column: offset - lineStart };
    if (!found?.groups) {
      throw refuse({ kind: "symbol", text: query.charAt(offset), ...at });
    }
    const token = read(found.groups);
    if (token) tokens.push({ ...token, ...at });
    for (const newline of found[0].matchAll(/\n/g)) {
      line += 1;
      lineStart = offset + newline.index + 1;
    }
    offset = pieces.lastIndex;
  }
  tokens.push({ kind: "end", text: "<EOF>", line, column: offset - lineStart });
  return tokens;
}

function read(
  groups: Readonly<Record<string, string | undefined>>,
): Pick<Token, "kind" | "text"> | undefined {
  if (groups.verbatim !== undefined) {
    const quote = groups.verbatim.charAt(1);
    return {
      kind: "string",
      text: groups.verbatim.slice(2, -1).replaceAll(quote + quote, quote),
    };
  }
  if (groups.string !== undefined) {
    const inner = groups.string.slice(1, -1);
    return {
      kind: "string",
      text: inner.replaceAll(/\\(.)/g, (_, char: string) => escapes[char] ?? char),
    };
  }
  if (groups.number !== undefined) return { kind: "number", text: groups.number };
  if (groups.name !== undefined) return { kind: "name", text: groups.name };
  if (groups.symbol !== undefined) return { kind: "symbol", text: groups.symbol };
  return undefined;
}
