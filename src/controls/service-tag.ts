/** By form, since Azure adds tags; words for everybody are no tag of Azure's, and nobody documents what it makes of them. */
export function isServiceTag(entry: string): boolean {
  const tag = entry.trim();
  if (/^azurecloud(\.|$)/i.test(tag)) return true;
  if (/^(any|all|public|everyone|everybody|world)\b/i.test(tag)) return false;
  return /^[A-Z][A-Za-z0-9]+(\.[A-Za-z0-9]+)?$/.test(tag);
}
