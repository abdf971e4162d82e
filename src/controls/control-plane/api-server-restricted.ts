import { defineControl } from "../../domain/control.ts";
import type { Setting } from "../../domain/setting.ts";
import { type Evidence, fail, isSome, pass, seen, unknown } from "../../domain/verdict.ts";
import { type AddressRange, coversFamily, parseAddressRange } from "../address-ranges.ts";
import { isServiceTag } from "../service-tag.ts";

const restricting = "ranges that leave part of the internet out";

export const apiServerRestricted = defineControl({
  id: "control-plane.api-server-restricted",
  title: "The API server does not answer the whole internet",
  severity: "critical",
  layer: "control-plane",
  rationale:
    "Whoever reaches the API server can try stolen credentials and fresh vulnerabilities on it. A private endpoint, or a list of known networks, takes that chance from everybody else.",
  remediation: {
    summary:
      "List the networks that administer the cluster and its own egress address, with no service tag for all of Azure. The list replaces the one there is. Better still is a private endpoint, which most clusters have to be made with.",
    commands: [
      "az aks update --subscription {subscription} --resource-group {resourceGroup} --name {cluster} --api-server-authorized-ip-ranges '<range>,<range>'",
    ],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges",
    cis: ["5.4.1"],
    mcsb: ["NS-2"],
    policy: ["0e246bcf-5f6f-4f87-bc6f-775d4712c7ea"],
    guides: ["A", "B"],
  },
  needs: ["apiServer"],
  evaluate({ apiServer: { privateCluster, authorizedRanges, publicNetworkAccess, vnetIntegration } }) {
    if (privateCluster.value) return pass(seen(privateCluster, true));

    const access = publicNetworkAccess.value.toLowerCase();
    if (access === "disabled" || access === "securedbyperimeter") {
      return unknown(
        `publicNetworkAccess is ${publicNetworkAccess.value} on a cluster that is not private: Azure does not document that this closes the API server, nor that the authorized ranges still hold. A private cluster, or publicNetworkAccess Enabled beside authorized ranges, would decide.`,
        seen(publicNetworkAccess, "Enabled, or a private cluster"),
      );
    }
    if (access !== "enabled") {
      return unknown(
        `publicNetworkAccess has a value this version does not know: "${publicNetworkAccess.value}".`,
        seen(publicNetworkAccess, "Enabled"),
      );
    }

    const open =
      authorizedRanges.value.length === 0
        ? [seen(authorizedRanges, restricting)]
        : openDoors(authorizedRanges);
    if (isSome(open)) {
      // Often taken for a private endpoint, which it is not.
      const integrated = seen(vnetIntegration, "a private cluster as well: integration alone stays public");
      return fail(
        ...open,
        seen(privateCluster, `true, or ${restricting}`),
        ...(vnetIntegration.value ? [integrated] : []),
      );
    }

    const odd = authorizedRanges.value.filter(
      (entry) => parseAddressRange(entry) === null && !isServiceTag(entry),
    );
    if (odd.length > 0) {
      return unknown(
        `Authorized ranges that cannot be read as a range or service tag: ${odd.map((entry) => JSON.stringify(entry)).join(", ")}.`,
        { path: authorizedRanges.path, observed: odd, expected: "CIDR ranges, addresses or service tags" },
      );
    }
    return pass(seen(authorizedRanges, restricting));
  },
});

/** What in the list admits everybody: a tag for all of Azure, or ranges that together fill an address family. */
function openDoors({ path, value }: Setting<readonly string[]>): readonly Evidence[] {
  const tags = value
    .filter(admitsAnybody)
    .map((tag) => ({ path, observed: tag, expected: "no service tag that stands for anybody" }));
  const ranges = value.flatMap((entry) => parseAddressRange(entry) ?? []);
  const families = (["IPv4", "IPv6"] as const)
    .filter((family) => coversFamily(ranges, family))
    .map((family) => ({
      path,
      observed: culprits(ranges.filter((range) => range.family === family)),
      expected: `ranges that leave part of ${family} out`,
    }));
  return [...tags, ...families];
}

/** Ranges that fill the family on their own, or all of them when it takes several. */
function culprits(ranges: readonly AddressRange[]): readonly string[] {
  const alone = ranges.filter((range) => coversFamily([range], range.family));
  return (alone.length > 0 ? alone : ranges).map(({ text }) => text);
}

/** AzureCloud is every address in Azure, also other customers'; Internet is what its name says. */
function admitsAnybody(entry: string): boolean {
  return /^(azurecloud|internet)/i.test(entry.trim());
}
