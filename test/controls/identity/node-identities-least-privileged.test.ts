import { expect, test } from "vitest";
import { nodeIdentitiesLeastPrivileged } from "../../../src/controls/identity/node-identities-least-privileged.ts";
import type { RoleGrant } from "../../../src/domain/access.ts";
import { assess } from "../../../src/domain/control.ts";
import { describeControl } from "../../support/describe-control.ts";
import { grant, places } from "../../support/role-grants.ts";
import { type Changes, principalIdOf, set, snapshot } from "../../support/snapshot.ts";

const kubelet = principalIdOf("kubelet");
const registry = `${places.otherGroup}/providers/Microsoft.ContainerRegistry/registries/acr`;
const vault = `${places.otherGroup}/providers/Microsoft.KeyVault/vaults/kv`;

describeControl(nodeIdentitiesLeastPrivileged, {
  pass: {
    "no mighty role": {},
    "only pulling images": holding(grant(kubelet, "ServicePrincipal", "AcrPull", registry)),
    "nodes without an identity": { nodeIdentities: { identities: [] } },
    "pods that are kept from the endpoint": {
      ...holding(grant(kubelet, "ServicePrincipal", "Owner", places.subscription)),
      linkLocal: { access: set("none") },
    },
  },
  fail: {
    Contributor: holding(grant(kubelet, "ServicePrincipal", "Contributor", places.group)),
    "Contributor of the node resource group": holding(
      grant(kubelet, "ServicePrincipal", "Contributor", places.nodeGroup),
    ),
    "pushing images": holding(grant(kubelet, "ServicePrincipal", "AcrPush", registry)),
    "reading a vault": holding(grant(kubelet, "ServicePrincipal", "Key Vault Secrets User", vault)),
    "assigning roles, with the default written out": {
      ...holding(grant(kubelet, "ServicePrincipal", "User Access Administrator", places.tenant)),
      linkLocal: { access: set("IMDS") },
    },
  },
  unknown: {
    "a setting that Azure may add, where nothing is to be had": { linkLocal: { access: set("Wire") } },
    "a role whose definition nobody shows": holding(grant(kubelet, "ServicePrincipal", null, places.group)),
    "a setting that Azure may add": {
      ...holding(grant(kubelet, "ServicePrincipal", "Owner", places.group)),
      linkLocal: { access: set("Wire") },
    },
  },
});

test("a closed endpoint passes with a note on the host's network", () => {
  const { reason } = assess(nodeIdentitiesLeastPrivileged, snapshot({ linkLocal: { access: set("None") } }));
  expect(reason).toContain("host's network");
});

function holding(...grants: readonly RoleGrant[]): Changes {
  return { nodeIdentities: { grants } };
}
