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
const registry = /^(?:[a-z0-9<>-]+(?:\\\.|\[\.\]|\.))+[a-z]{2,}$/i;

/**
 * Reads an expression of the allowed-images policy. Somebody else's expression is not run here, as some take for ever:
 * it has to begin with the whole names of registries and a slash behind each, for one that merely holds them admits
 * images of strangers: of `contoso.azurecr.io.example`, or of any registry whose name ends alike.
 */
export function admissionOf(expression: unknown): Admission {
  if (typeof expression !== "string") return "undecided";
  const kinds = split(expression, "|").map(kindOf);
  if (kinds.includes("anything")) return "anything";
  if (kinds.every((kind) => kind === "nothing")) return "nothing";
  return kinds.every((kind) => kind === "named registries") ? "named registries" : "undecided";
}

/** The hosts that an expression of the kind `named registries` begins with, lower case. */
export function registriesIn(expression: string): readonly string[] {
  const hosts = split(expression, "|").flatMap((alternative) =>
    namesIn(alternative).map(([host = ""]) => host),
  );
  return hosts.map((host) => host.replaceAll(/\\|[[\]]/g, "").toLowerCase());
}

function kindOf(alternative: string): Admission {
  const bare = alternative.replaceAll(/^[\^(?:]+|[$)]+$/g, "");
  if (everything.has(bare)) return "anything";
  // The default of the security benchmark: nobody has named a registry yet.
  if (/\{0\}$/.test(bare)) return "nothing";
  if (!alternative.startsWith("^")) return "undecided";
  const areNamed = namesIn(alternative).every(
    ([host = "", after]) => registry.test(host) && isBehindSlash(after),
  );
  return areNamed ? "named registries" : "undecided";
}

/** What an alternative begins with, taken apart at slashes; several where they stand in brackets. */
function namesIn(alternative: string): readonly (readonly string[])[] {
  const [first = "", ...path] = split(alternative.slice(1).replace(/\$$/, ""), "/");
  const group = /^\((?:\?:)?(.*)\)$/.exec(first)?.[1];
  return split(group ?? first, "|").map((one) => [...split(one, "/"), ...path]);
}

/** What follows a slash that has to be there. */
function isBehindSlash(rest: string | undefined): boolean {
  return rest !== undefined && !/^[?*{]/.test(rest);
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
