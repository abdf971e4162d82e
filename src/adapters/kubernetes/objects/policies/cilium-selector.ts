import { MalformedPropertyError, type Place, readList, readRequiredText, readTexts } from "../../../row.ts";
import { at, readBlock } from "../field.ts";
import type { SelectedNamespace } from "./blanket-rule.ts";

/** By its namespace and the namespace's labels a pod is selected with all others there. */
const namespaceName = "io.kubernetes.pod.namespace";
const namespaceLabel = "io.cilium.k8s.namespace.labels.";

/**
 * Which namespaces a selector of endpoints means with all their pods; null when it tells pods of one namespace apart.
 * @throws MalformedPropertyError
 */
export function namespaceSelectorOf(selector: Place): ((namespace: SelectedNamespace) => boolean) | null {
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
  const isToldByNamespace = conditions.every(
    ({ key, operator }) =>
      (key === namespaceName || key.startsWith(namespaceLabel)) && operators.has(operator),
  );
  return isToldByNamespace ? (namespace) => conditions.every((one) => isMet(one, namespace)) : null;
}

interface Condition {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

const operators: ReadonlySet<string> = new Set(["In", "NotIn", "Exists", "DoesNotExist"]);

function isMet({ key, operator, values }: Condition, { name, labels }: SelectedNamespace): boolean {
  const value = key === namespaceName ? name : labels.get(key.slice(namespaceLabel.length));
  switch (operator) {
    case "In":
      return value !== undefined && values.includes(value);
    case "NotIn":
      return value === undefined || !values.includes(value);
    case "Exists":
      return value !== undefined;
    default:
      return value === undefined;
  }
}

/** Keys may name where the label comes from. */
function keyOf(key: string): string {
  return key.replace(/^(?:k8s|any):/, "");
}
