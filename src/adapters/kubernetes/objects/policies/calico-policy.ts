import type { Direction } from "../../../../domain/inspection.ts";
import { type Place, readBoolean, readList, readRequiredText, readText, readTexts } from "../../../row.ts";
import { at, readBlock } from "../field.ts";
import { allHold, type BlanketRule, directionsWhere, type SelectedNamespace } from "./blanket-rule.ts";
import { selectsNamespace, selectsPods } from "./calico-selector.ts";
import { areEveryAddress } from "./every-address.ts";

/**
 * A NetworkPolicy or GlobalNetworkPolicy of Calico that selects all pods of namespaces, or may, else none
 * (https://docs.tigera.io/calico/latest/reference/resources/globalnetworkpolicy). @throws MalformedPropertyError
 */
export function mapCalicoPolicy(root: Place): readonly BlanketRule[] {
  const namespace = readText(at(root, "metadata.namespace"));
  const name = readRequiredText(at(root, "metadata.name"));
  const spec = at(root, "spec");
  const selector = readText(at(spec, "selector"));
  const isForHosts = ["doNotTrack", "preDNAT"].some((property) => readBoolean(at(spec, property)) === true);
  const selected = selectsPods(selector);
  const ofAccounts = selectsPods(readText(at(spec, "serviceAccountSelector")));
  if (isForHosts || selected === null || ofAccounts === null) return [];

  const rules: Readonly<Record<Direction, readonly Place[]>> = {
    ingress: readList(at(spec, "ingress")) ?? [],
    egress: readList(at(spec, "egress")) ?? [],
  };
  const types = readTexts(at(spec, "types")) ?? typesBy(rules);
  const isFor = { ingress: types.includes("Ingress"), egress: types.includes("Egress") };
  // What ends a tier of somebody's own is that tier's affair.
  const isInDefaultTier = (readText(at(spec, "tier")) ?? "default") === "default";
  const among =
    namespace === null
      ? selectsNamespace(readText(at(spec, "namespaceSelector")))
      : (one: SelectedNamespace) => one.name === namespace;
  return [
    {
      path:
        namespace === null
          ? `GlobalNetworkPolicy/${name}`
          : // Kubernetes has policies of the same kind.
            `${namespace}/NetworkPolicy.crd.projectcalico.org/${name}`,
      denies: directionsWhere((direction) => isInDefaultTier && isFor[direction]),
      allows: directionsWhere((direction) => isFor[direction] && allowsAll(rules[direction])),
      means: (one) => allHold([among(one), selected(one), ofAccounts(one)]),
    },
  ];
}

/** For ingress, unless there are rules for egress alone. */
function typesBy({ ingress, egress }: Readonly<Record<Direction, readonly Place[]>>): readonly string[] {
  if (egress.length === 0) return ["Ingress"];
  return ingress.length === 0 ? ["Egress"] : ["Ingress", "Egress"];
}

/** The first rule for everything decides. What is passed on meets the namespace's profile next, which lets everything through. */
function allowsAll(rules: readonly Place[]): boolean {
  for (const rule of rules) {
    const action = readRequiredText(at(rule, "action")).toLowerCase();
    if (action === "log" || !isForEverything(rule)) continue;
    return action !== "deny";
  }
  return false;
}

/** All of TCP counts as everything, since hardly anything else is spoken. */
function isForEverything(rule: Place): boolean {
  const protocol = at(rule, "protocol").value;
  const isOfTcp =
    protocol === undefined || protocol === null || protocol === 6 || /^tcp$/i.test(String(protocol));
  const narrowing = ["notProtocol", "icmp", "notICMP", "http"].some((property) => isSet(at(rule, property)));
  return isOfTcp && !narrowing && isOpen(at(rule, "source")) && isOpen(at(rule, "destination"));
}

/** Says nothing, or names every address. */
function isOpen(end: Place): boolean {
  const said = Object.keys(readBlock(end) ?? {}).filter((property) => isSet(at(end, property)));
  if (said.length === 0) return true;
  return said.every((property) => property === "nets") && areEveryAddress(readTexts(at(end, "nets")) ?? []);
}

function isSet({ value }: Place): boolean {
  return (
    value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0)
  );
}
