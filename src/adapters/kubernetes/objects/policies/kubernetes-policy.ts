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
import { type BlanketRule, directionsWhere } from "./blanket-rule.ts";
import { areEveryAddress } from "./every-address.ts";

/**
 * A NetworkPolicy that selects all pods of its namespace, or may, else none
 * (https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/). @throws MalformedPropertyError
 */
export function mapKubernetesPolicy(root: Place): readonly BlanketRule[] {
  const namespace = readRequiredText(at(root, "metadata.namespace"));
  const name = readRequiredText(at(root, "metadata.name"));
  const spec = at(root, "spec");
  const isForAll = selectsAll(at(spec, "podSelector"));
  if (isForAll === false) return [];
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
          meanEverybody(
            rules[direction]
              .filter((rule) => leavesPorts(at(rule, "ports")))
              .map((rule) => at(rule, peers[direction])),
          ),
      ),
      means: (one) => (one.name === namespace ? isForAll : false),
    },
  ];
}

const peers: Readonly<Record<Direction, string>> = { ingress: "from", egress: "to" };

/**
 * An empty selector. One that only says which labels pods are not to have means all of them as long as none has those:
 * null. One that is not there at all is nobody's: the API server always writes it.
 */
function selectsAll(selector: Place): boolean | null {
  if (readBlock(selector) === null) throw new MalformedPropertyError(selector.path, undefined, "an object");
  if (Object.keys(readBlock(at(selector, "matchLabels")) ?? {}).length > 0) return false;
  const operators = (readList(at(selector, "matchExpressions")) ?? []).map((expression) =>
    readRequiredText(at(expression, "operator")),
  );
  if (operators.length === 0) return true;
  return operators.every((operator) => operator === "NotIn" || operator === "DoesNotExist") ? null : false;
}

/** No peers are all peers; so is every address without exception, be it in several pieces. All pods of the cluster are not. */
function meanEverybody(lists: readonly Place[]): boolean {
  const entries = lists.map((list) => readList(list) ?? []);
  const ranges = entries
    .flat()
    .filter((peer) => (readList(at(peer, "ipBlock.except")) ?? []).length === 0)
    .flatMap((peer) => readText(at(peer, "ipBlock.cidr")) ?? []);
  return entries.some((list) => list.length === 0) || areEveryAddress(ranges);
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
