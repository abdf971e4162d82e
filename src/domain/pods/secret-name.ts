/** Words that say a variable holds a secret, wherever they stand in its name. */
const secretWords = /^(?:secrets?|pass(?:words?|wds?|phrases?)|token)$|(?:password|passwd|secret|token)$/;

/** Words that say so at the end alone: `API_KEY`, not `KEY_COUNT`. */
const secretEndings = /^(?:keys?|pwd)$|(?:api|access|account|private|secret|storage|master)keys?$/;

/** Keys that are for everybody to see, or that sort things. */
const openKeys: ReadonlySet<string> = new Set(
  "public partition primary foreign sort cache routing row hash index lookup object group message event".split(
    " ",
  ),
);

/** Last words of what is told about a secret, or of where it lies. */
const descriptions: ReadonlySet<string> = new Set(
  (
    "url uri path file filename dir directory folder location name names id ids endpoint host hosts port ref reference " +
    "ttl age expiry expires expiration lifetime timeout interval seconds minutes hours days ms rotation " +
    "length size count limit type kind algorithm alg version format mode policy regex pattern encoding " +
    "issuer audience scope scopes region provider class store vault server service header prefix suffix field param parameter " +
    "enabled disabled required optional allowed"
  ).split(" "),
);

/**
 * Whether a variable's name says that it holds a secret: `DB_PASSWORD`, `clientSecret`, `API_KEY`, `GITHUB_TOKEN`; not
 * `PASSWORD_FILE`, `KEY_VAULT_URL`, `TOKEN_TTL`, `PUBLIC_KEY` or `MAX_TOKENS`, which tell of one or of something else.
 */
export function saysSecret(name: string): boolean {
  const words = wordsIn(name);
  const last = words.at(-1) ?? "";
  if (words.length === 0 || descriptions.has(last)) return false;
  if (words.some((word) => secretWords.test(word))) return true;
  return secretEndings.test(last) && !openKeys.has(words.at(-2) ?? "") && name !== "PWD" && name !== "OLDPWD";
}

/** In lower case, of names in snake, kebab and camel case; a number at the end is no word. */
function wordsIn(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .map((word) => word.replace(/\d+$/, ""))
    .filter((word) => word !== "");
}
