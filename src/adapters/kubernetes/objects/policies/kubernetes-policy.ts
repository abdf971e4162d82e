import type { Direction } from "../../../../domain/inspection.ts";
import {
  MalformedPropertyError,
  type Place,
  readList,
  readNumber,
  readRequiredText,
  readText,
  readTexts,
} from "../../../row.ts";
import { at, readBlock } from "../field.ts";
import { type BlanketRule, directionsWhere, isEveryAddress } from "./blanket-rule.ts";

/**
 * A NetworkPolicy that selects all pods of its namespace, else none
 * (https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/). @throws MalformedPropertyError
 */
export function mapKubernetesPolicy(root: Place): readonly BlanketRule[] {
  const namespace = readRequiredText(at(root, "metadata.namespace"));
  const name = readRequiredText(at(root, "metadata.name"));
  const spec = at(root, "spec");
  if (!selectsAll(at(spec, "podSelector"))) return [];
  const rules: Readonly<Record<Direction, readonly Place[]>> = {
    ingress: readList(at(spec, "ingress")) ?? [],
    egress: readList(at(spec, "egress")) ?? [],
  };
  // Without types a policy is for ingress, and for egress as well where it has rules for it.
  const types =
    readTexts(at(spec, "policyTypes")) ?? (rules.egress.length > 0 ? ["Ingress", "Egress"] : ["Ingress"]);
  const isFor = { ingress: types.includes("Ingress"), egress: types.includes("Egress") };
  return [
    {
      path: `${namespace}/NetworkPolicy/${name}`,
      denies: directionsWhere((direction) => isFor[direction]),
      allows: directionsWhere(
        (direction) =>
          isFor[direction] &&
          rules[direction].some(
            (rule) => meansEverybody(at(rule, peers[direction])) && leavesPorts(at(rule, "ports")),
          ),
      ),
      means: (one) => one.name === namespace,
    },
  ];
}

const peers: Readonly<Record<Direction, string>> = { ingress: "from", egress: "to" };

/** An empty selector. One that is not there at all is nobody's: the API server always writes it. */
function selectsAll(selector: Place): boolean {
  if (readBlock(selector) === null) throw new MalformedPropertyError(selector.path, undefined, "an object");
  const labels = readBlock(at(selector, "matchLabels")) ?? {};
  const expressions = readList(at(selector, "matchExpressions")) ?? [];
  return Object.keys(labels).length === 0 && expressions.length === 0;
}

/** No peers are all peers; so is every address without exception. All pods of the cluster are not. */
function meansEverybody(list: Place): boolean {
  const entries = readList(list) ?? [];
  return (
    entries.length === 0 ||
    entries.some(
      (peer) =>
        isEveryAddress(readText(at(peer, "ipBlock.cidr"))) &&
        (readList(at(peer, "ipBlock.except")) ?? []).length === 0,
    )
  );
}

/** No ports are all ports; so is all of TCP, since hardly anything else is spoken. */
function leavesPorts(list: Place): boolean {
  const entries = readList(list) ?? [];
  return (
    entries.length === 0 ||
    entries.some((entry) => {
      if ((readText(at(entry, "protocol")) ?? "TCP") !== "TCP") return false;
      const port = at(entry, "port");
      if (port.value === undefined || port.value === null) return true;
      return Number(port.value) <= 1 && (readNumber(at(entry, "endPort")) ?? 0) >= 65_535;
    })
  );
}
