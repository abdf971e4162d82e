import type { Direction } from "../../../../domain/inspection.ts";
import {
  MalformedPropertyError,
  type Place,
  readBoolean,
  readList,
  readRequiredText,
  readText,
  readTexts,
} from "../../../row.ts";
import { at, readBlock } from "../field.ts";
import { type BlanketRule, directionsWhere, isEveryAddress } from "./blanket-rule.ts";
import { namespaceSelectorOf } from "./cilium-selector.ts";

/**
 * The rules of a CiliumNetworkPolicy or CiliumClusterwideNetworkPolicy that select all pods of a namespace
 * (https://docs.cilium.io/en/stable/security/policy/language/). @throws MalformedPropertyError
 */
export function mapCiliumPolicy(root: Place): readonly BlanketRule[] {
  const namespace = readText(at(root, "metadata.namespace"));
  const name = readRequiredText(at(root, "metadata.name"));
  const path =
    namespace === null
      ? `CiliumClusterwideNetworkPolicy/${name}`
      : `${namespace}/CiliumNetworkPolicy/${name}`;
  const spec = at(root, "spec");
  const rules = [...(readBlock(spec) === null ? [] : [spec]), ...(readList(at(root, "specs")) ?? [])];
  if (rules.length === 0) throw new MalformedPropertyError("spec", undefined, "an object");
  return rules.flatMap((rule) => {
    const selector = at(rule, "endpointSelector");
    // Rules for nodes have another selector, and mean no pod.
    if (readBlock(selector) === null) return [];
    const means = namespaceSelectorOf(selector);
    if (means === null) return [];
    return [
      {
        path,
        denies: directionsWhere((direction) => isDefaultDeny(rule, direction)),
        allows: directionsWhere((direction) => allowsAll(rule, direction)),
        means: (one) => (namespace === null || one.name === namespace) && means(one),
      },
    ];
  });
}

/**
 * Unless it says otherwise, a rule denies by default where it has entries for a direction, be they empty ones
 * (github.com/cilium/cilium, `pkg/policy/api/rule_validation.go`).
 */
function isDefaultDeny(rule: Place, direction: Direction): boolean {
  const entries = [...listOf(rule, direction), ...listOf(rule, `${direction}Deny`)];
  return readBoolean(at(rule, `enableDefaultDeny.${direction}`)) ?? entries.length > 0;
}

/** Everything is what lies in the cluster and what lies outside, be it in one entry or in several. An entry without peers and ports lets nothing through. */
function allowsAll(rule: Place, direction: Direction): boolean {
  const open = listOf(rule, direction).filter(leavesPorts);
  const entities = new Set(
    open.flatMap((entry) => entitiesIn(entry, direction === "ingress" ? "from" : "to")),
  );
  return entities.has("all") || (entities.has("world") && entities.has("cluster"));
}

function entitiesIn(entry: Place, way: "from" | "to"): readonly string[] {
  const ranges = [
    ...(readTexts(at(entry, `${way}CIDR`)) ?? []),
    ...(readList(at(entry, `${way}CIDRSet`)) ?? []).flatMap((set) =>
      (readList(at(set, "except")) ?? []).length === 0 ? (readText(at(set, "cidr")) ?? []) : [],
    ),
  ];
  const named = (readTexts(at(entry, `${way}Entities`)) ?? []).map((entity) =>
    entity === "world-ipv4" ? "world" : entity,
  );
  return [...named, ...(ranges.some(isEveryAddress) ? ["world"] : [])];
}

function leavesPorts(entry: Place): boolean {
  if ((readList(at(entry, "icmps")) ?? []).length > 0) return false;
  const lists = readList(at(entry, "toPorts")) ?? [];
  return (
    lists.length === 0 ||
    lists.some((list) =>
      (readList(at(list, "ports")) ?? []).some((port) => readText(at(port, "port")) === "0"),
    )
  );
}

function listOf(rule: Place, property: string): readonly Place[] {
  return readList(at(rule, property)) ?? [];
}
