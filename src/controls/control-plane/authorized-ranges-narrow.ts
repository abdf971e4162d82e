import { defineControl } from "../../domain/control.ts";
import { type Evidence, fail, isSome, notApplicable, pass, seen, unknown } from "../../domain/verdict.ts";
import { type AddressRange, parseAddressRange } from "../address-ranges.ts";
import { isServiceTag } from "../service-tag.ts";

const narrow = "ranges of /16 or longer (IPv6: /32 or longer), and no service tags";

export const authorizedRangesNarrow = defineControl({
  id: "control-plane.authorized-ranges-narrow",
  title: "Authorized ranges are no wider than a network of one's own",
  severity: "medium",
  layer: "control-plane",
  rationale:
    "A range of millions of addresses, or a service tag, holds other people's machines as well: whoever rents one of them stands where only administrators should.",
  remediation: {
    summary:
      "Replace the list by the networks that administer the cluster and its own egress address (0.0.0.0/32 stands for the latter on the standard load balancer). Whoever is not on the new list loses access within minutes.",
    commands: [
      "az aks update --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --api-server-authorized-ip-ranges '<range>,<range>'",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges",
    cis: ["5.4.1"],
    mcsb: ["NS-2"],
    guides: ["A"],
  },
  needs: ["apiServer"],
  evaluate({ apiServer: { privateCluster, authorizedRanges } }) {
    const { path, value: entries } = authorizedRanges;
    if (privateCluster.value)
      return notApplicable("A private cluster has no authorized ranges.", seen(privateCluster, true));
    if (entries.length === 0) {
      return notApplicable(
        "There are no authorized ranges to be wide or narrow: control-plane.api-server-restricted speaks of that.",
        seen(authorizedRanges, narrow),
      );
    }

    const judged = entries.map((entry) => ({ entry, width: widthOf(entry) }));
    const wide: readonly Evidence[] = judged
      .filter(({ width }) => width === "wide")
      .map(({ entry }) => ({ path, observed: entry, expected: narrow }));
    if (isSome(wide)) return fail(...wide);

    const unread = judged.filter(({ width }) => width === null).map(({ entry }) => entry);
    if (unread.length > 0) {
      return unknown(
        `Authorized ranges that cannot be read as a range or service tag: ${unread.map((entry) => JSON.stringify(entry)).join(", ")}.`,
        { path, observed: unread, expected: narrow },
      );
    }
    return pass(seen(authorizedRanges, narrow));
  },
});

/** Null for what is neither a range nor a service tag. */
function widthOf(entry: string): "narrow" | "wide" | null {
  const range = parseAddressRange(entry);
  if (range === null) return isServiceTag(entry) ? "wide" : null;
  return sizeOf(range) > (range.family === "IPv4" ? 1n << 16n : 1n << 96n) ? "wide" : "narrow";
}

function sizeOf({ first, last }: AddressRange): bigint {
  return last - first + 1n;
}
