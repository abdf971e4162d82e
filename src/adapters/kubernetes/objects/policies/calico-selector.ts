import type { SelectedNamespace } from "./blanket-rule.ts";

/** A selector that says nothing, or `all()`, selects everything. */
export function selectsAll(selector: string | null): boolean {
  return selector === null || /^\s*(?:all\(\)\s*)?$/.test(selector);
}

/**
 * Which namespaces a selector of Calico's language means; `nameKey` is the label that stands for the namespace's name,
 * and the one label that a selector of pods may ask for here. Null when it tells pods apart, or says what is not
 * understood: only conditions joined by `&&` are.
 */
export function selectsNamespace(
  selector: string | null,
  nameKey: "projectcalico.org/namespace" | "projectcalico.org/name",
): ((namespace: SelectedNamespace) => boolean) | null {
  if (selectsAll(selector)) return () => true;
  const isOfPods = nameKey === "projectcalico.org/namespace";
  const conditions = (selector ?? "").split("&&").map((text) => readCondition(text.trim()));
  const isUnderstood = conditions.every(
    (one) => one !== null && (one.key === nameKey || (!isOfPods && one.key !== "")),
  );
  if (!isUnderstood) return null;
  return ({ name, labels }) =>
    conditions.every((one) => one === null || one.isMet(one.key === nameKey ? name : labels.get(one.key)));
}

interface Condition {
  readonly key: string;
  readonly isMet: (value: string | undefined) => boolean;
}

const key = String.raw`(?<key>[\w./-]+)`;
const text = `(?:"[^"]*"|'[^']*')`;
const presence = new RegExp(String.raw`^(?<not>!)?\s*has\(\s*${key}\s*\)$`);
const comparison = new RegExp(String.raw`^${key}\s*(?<operator>==|!=)\s*(?<value>${text})$`);
const membership = new RegExp(
  String.raw`^${key}\s+(?<not>not\s+)?in\s*\{(?<values>\s*${text}\s*(?:,\s*${text}\s*)*)\}$`,
);

function readCondition(condition: string): Condition | null {
  const has = presence.exec(condition)?.groups;
  if (has) return { key: has.key ?? "", isMet: (value) => (value !== undefined) === (has.not === undefined) };
  const compared = comparison.exec(condition)?.groups;
  if (compared) {
    const wanted = (compared.value ?? "").slice(1, -1);
    const isEqual = compared.operator === "==";
    return { key: compared.key ?? "", isMet: (value) => (value === wanted) === isEqual };
  }
  const member = membership.exec(condition)?.groups;
  if (!member) return null;
  const values = [...(member.values ?? "").matchAll(/"([^"]*)"|'([^']*)'/g)].map(([, a, b]) => a ?? b);
  return { key: member.key ?? "", isMet: (value) => values.includes(value) === (member.not === undefined) };
}
