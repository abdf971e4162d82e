import type { Direction } from "../../../../domain/inspection.ts";
import {
  MalformedPropertyError,
  type Place,
  readBoolean,
  readList,
  readNumber,
  readRequiredText,
  readText,
  readTexts,
} from "../../../row.ts";
import { at, readBlock } from "../field.ts";
import { allHold, type BlanketRule, directionsWhere } from "./blanket-rule.ts";
import { namespaceSelectorOf } from "./cilium-selector.ts";
import { areEveryAddress } from "./every-address.ts";

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
        means: (one) => allHold([namespace === null || one.name === namespace, means(one)]),
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

/**
 * Everything is what lies in the cluster and what lies outside, be it in one entry or in several, and all ports of
 * whatever peer. An entry that says nothing lets nothing through.
 */
function allowsAll(rule: Place, direction: Direction): boolean {
  const way = direction === "ingress" ? "from" : "to";
  const open = listOf(rule, direction).filter(leavesPorts);
  if (open.some((entry) => isForAnyPeer(entry, way))) return true;
  const entities = new Set(open.flatMap((entry) => entitiesIn(entry, way)));
  const isWorld = entities.has("world") || areEveryAddress(open.flatMap((entry) => rangesIn(entry, way)));
  return entities.has("all") || (isWorld && entities.has("cluster"));
}

/** Ports without a peer are those of all peers (https://docs.cilium.io/en/stable/security/policy/language/#layer-4-examples). */
function isForAnyPeer(entry: Place, way: "from" | "to"): boolean {
  const said = Object.entries(readBlock(entry) ?? {}).filter(
    ([, value]) => value !== undefined && value !== null,
  );
  const names = said.map(([name]) => name);
  return names.includes("toPorts") && !names.some((name) => name !== "toPorts" && name.startsWith(way));
}

function entitiesIn(entry: Place, way: "from" | "to"): readonly string[] {
  return (readTexts(at(entry, `${way}Entities`)) ?? []).map((entity) =>
    entity === "world-ipv4" ? "world" : entity,
  );
}

function rangesIn(entry: Place, way: "from" | "to"): readonly string[] {
  return [
    ...(readTexts(at(entry, `${way}CIDR`)) ?? []),
    ...(readList(at(entry, `${way}CIDRSet`)) ?? []).flatMap((set) =>
      (readList(at(set, "except")) ?? []).length === 0 ? (readText(at(set, "cidr")) ?? []) : [],
    ),
  ];
}

function leavesPorts(entry: Place): boolean {
  if ((readList(at(entry, "icmps")) ?? []).length > 0) return false;
  const lists = readList(at(entry, "toPorts")) ?? [];
  return lists.length === 0 || lists.some((list) => (readList(at(list, "ports")) ?? []).some(isEveryPort));
}

/** Port 0 is any port; all of TCP counts as everything, since hardly anything else is spoken. */
function isEveryPort(entry: Place): boolean {
  if (!["ANY", "TCP"].includes((readText(at(entry, "protocol")) ?? "ANY").toUpperCase())) return false;
  const port = readText(at(entry, "port")) ?? "";
  return port === "0" || (port === "1" && (readNumber(at(entry, "endPort")) ?? 0) >= 65_535);
}

function listOf(rule: Place, property: string): readonly Place[] {
  return readList(at(rule, property)) ?? [];
}
