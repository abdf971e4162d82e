import { allHold, type Meaning } from "./blanket-rule.ts";

/**
 * Which namespaces a selector of pods, or of their service accounts, means with all that is in them; null when it asks
 * for a label that some have and others have not. Of what is not understood, and of what is only not to be there, that
 * cannot be told.
 */
export function selectsPods(selector: string | null): Meaning | null {
  const conditions = conditionsIn(selector);
  if (conditions.some((one) => one?.isWanted === true && !isOfAll(one.key))) return null;
  return ({ name }) =>
    allHold(conditions.map((one) => (one?.key === "projectcalico.org/namespace" ? one.isMet(name) : null)));
}

/** Which namespaces a selector of namespaces means; where it is not understood that cannot be told. */
export function selectsNamespace(selector: string | null): Meaning {
  const conditions = conditionsIn(selector);
  return ({ name, labels }) =>
    allHold(
      conditions.map((one) =>
        one === null ? null : one.isMet(one.key === "projectcalico.org/name" ? name : labels.get(one.key)),
      ),
    );
}

/** Labels that Calico gives all pods of a namespace, or of the cluster (https://docs.tigera.io/calico/latest/reference/resources/globalnetworkpolicy#selectors). */
function isOfAll(name: string): boolean {
  return (
    ["projectcalico.org/namespace", "projectcalico.org/orchestrator"].includes(name) ||
    name.startsWith("pcns.")
  );
}

/** None of a selector that says nothing, or `all()`; null for one that is not understood. */
function conditionsIn(selector: string | null): readonly (Condition | null)[] {
  if (selector === null || /^\s*(?:all\(\)\s*)?$/.test(selector)) return [];
  // Brackets and alternatives may turn around, or widen, any of the conditions within.
  const bare = selector.replace(/"[^"]*"|'[^']*'/g, "").replace(/\bhas\([^()]*\)/g, "");
  if (/[()]|\|\|/.test(bare)) return [null];
  return selector.split("&&").map((one) => readCondition(one.trim()));
}

interface Condition {
  readonly key: string;
  /** Asks for the label to be there. */
  readonly isWanted: boolean;
  /** Null when that cannot be told. */
  readonly isMet: (value: string | undefined) => boolean | null;
}

const key = String.raw`(?<key>[\w./-]+)`;
const text = `(?:"[^"]*"|'[^']*')`;
const presence = new RegExp(String.raw`^(?<not>!)?\s*has\(\s*${key}\s*\)$`);
const comparison = new RegExp(String.raw`^${key}\s*(?<operator>==|!=)\s*(?<value>${text})$`);
const membership = new RegExp(
  String.raw`^${key}\s+(?<not>not\s+)?in\s*\{(?<values>\s*${text}\s*(?:,\s*${text}\s*)*)\}$`,
);
const part = new RegExp(String.raw`^${key}\s+(?:starts\s+with|ends\s+with|contains)\s*${text}$`);

function readCondition(condition: string): Condition | null {
  const has = presence.exec(condition)?.groups;
  if (has) {
    const isWanted = has.not === undefined;
    return { key: has.key ?? "", isWanted, isMet: (value) => (value !== undefined) === isWanted };
  }
  const compared = comparison.exec(condition)?.groups;
  if (compared) {
    const wanted = (compared.value ?? "").slice(1, -1);
    const isWanted = compared.operator === "==";
    return { key: compared.key ?? "", isWanted, isMet: (value) => (value === wanted) === isWanted };
  }
  const member = membership.exec(condition)?.groups;
  if (member) {
    const values = [...(member.values ?? "").matchAll(/"([^"]*)"|'([^']*)'/g)].map(([, a, b]) => a ?? b);
    const isWanted = member.not === undefined;
    return { key: member.key ?? "", isWanted, isMet: (value) => values.includes(value) === isWanted };
  }
  const begun = part.exec(condition)?.groups;
  return begun ? { key: begun.key ?? "", isWanted: true, isMet: () => null } : null;
}
