/** What a regular expression for images lets in, as far as its text tells without being run. */
export type Admission = "named registries" | "anything" | "nothing" | "undecided";

/** Expressions that match whatever there is, without their anchors and brackets. */
const everything: ReadonlySet<string> = new Set([
  "",
  ".",
  ".*",
  ".+",
  ".*?",
  ".+?",
  "[\\s\\S]*",
  "[\\s\\S]+",
  "\\S+",
  "\\S*",
]);

/** A name such as `contoso.azurecr.io` in the text of an expression, its full stops escaped, in brackets or bare. */
const registry = /[a-z0-9-]+(?:\\\.|\[\.\]|\.)[a-z]{2,}$/i;

/**
 * Reads an expression of the allowed-images policy. Somebody else's expression is not run here, as some take for ever:
 * it has to begin with the names of registries, for one that merely holds them somewhere admits images of strangers.
 */
export function admissionOf(expression: unknown): Admission {
  if (typeof expression !== "string") return "undecided";
  const kinds = split(expression, "|").map(kindOf);
  if (kinds.includes("anything")) return "anything";
  if (kinds.every((kind) => kind === "nothing")) return "nothing";
  return kinds.every((kind) => kind === "named registries") ? "named registries" : "undecided";
}

function kindOf(alternative: string): Admission {
  const bare = alternative.replaceAll(/^[\^(?:]+|[$)]+$/g, "");
  if (everything.has(bare)) return "anything";
  // The default of the security benchmark: nobody has named a registry yet.
  if (/\{0\}$/.test(bare)) return "nothing";
  if (!alternative.startsWith("^")) return "undecided";
  const body = alternative.slice(1).replace(/\$$/, "");
  const [host = ""] = split(body, "/");
  const group = /^\((?:\?:)?(.*)\)$/.exec(host)?.[1];
  const hosts = split(group ?? host, "|").map((one) => split(one, "/")[0] ?? "");
  const areNamed = hosts.every((one) => registry.test(one) && !/\.[*+{]/.test(one));
  return areNamed ? "named registries" : "undecided";
}

/** Splits an expression where the character stands outside of brackets; a slash may be escaped. */
function split(expression: string, separator: "|" | "/"): readonly string[] {
  const parts = [""];
  let depth = 0;
  for (const [atom] of expression.matchAll(/\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[\s\S]/g)) {
    if (atom === "(") depth += 1;
    if (atom === ")") depth -= 1;
    const isSeparator = atom === separator || atom === `\\${separator}`;
    if (depth === 0 && isSeparator && (separator === "/" || atom === separator)) parts.push("");
    else parts.push(`${parts.pop() ?? ""}${atom}`);
  }
  return parts;
}
