import { MalformedPropertyError, type Place, readList, readRequiredText, readTexts } from "../../../row.ts";
import { at, readBlock } from "../field.ts";
import { allHold, type Meaning, type SelectedNamespace } from "./blanket-rule.ts";

/** By its namespace and the namespace's labels a pod is selected with all others there. */
const namespaceName = "io.kubernetes.pod.namespace";
const namespaceLabel = "io.cilium.k8s.namespace.labels.";
/** All pods of a cluster have it, and nobody here knows the name of theirs. */
const clusterName = "io.cilium.k8s.policy.cluster";

/**
 * Which namespaces a selector of endpoints means with all their pods; null when it tells pods of one namespace apart. Where
 * it only says which labels pods are not to have, that cannot be told. @throws MalformedPropertyError
 */
export function namespaceSelectorOf(selector: Place): Meaning | null {
  const labels = readBlock(at(selector, "matchLabels")) ?? {};
  const wanted = Object.entries(labels).map(([key, value]) => {
    if (typeof value === "string") return { key: keyOf(key), operator: "In", values: [value] };
    throw new MalformedPropertyError(`${selector.path}.matchLabels["${key}"]`, value, "a string");
  });
  const expressions = (readList(at(selector, "matchExpressions")) ?? []).map((expression) => ({
    key: keyOf(readRequiredText(at(expression, "key"))),
    operator: readRequiredText(at(expression, "operator")),
    values: readTexts(at(expression, "values")) ?? [],
  }));
  const conditions = [...wanted, ...expressions];
  if (conditions.some(tellsPodsApart)) return null;
  return (namespace) => allHold(conditions.map((one) => isMet(one, namespace)));
}

interface Condition {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

function isOfNamespace(key: string): boolean {
  return key === namespaceName || key.startsWith(namespaceLabel);
}

/** Asks for a label that some pods have and others have not. */
function tellsPodsApart({ key, operator }: Condition): boolean {
  return (operator === "In" || operator === "Exists") && key !== clusterName && !isOfNamespace(key);
}

function isMet({ key, operator, values }: Condition, { name, labels }: SelectedNamespace): boolean | null {
  if (!isOfNamespace(key)) return null;
  const value = key === namespaceName ? name : labels.get(key.slice(namespaceLabel.length));
  switch (operator) {
    case "In":
      return value !== undefined && values.includes(value);
    case "NotIn":
      return value === undefined || !values.includes(value);
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
    default:
      return null;
  }
}

/** Keys may name where the label comes from. */
function keyOf(key: string): string {
  return key.replace(/^(?:k8s|any):/, "");
}
