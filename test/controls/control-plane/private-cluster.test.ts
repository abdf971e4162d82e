import { expect, test } from "vitest";
import { privateCluster } from "../../../src/controls/control-plane/private-cluster.ts";
import { assess } from "../../../src/domain/control.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, set, snapshot } from "../../support/snapshot.ts";

const integrated = { apiServer: { privateCluster: set(false), vnetIntegration: set(true) } };

describeControl(privateCluster, {
  pass: {
    "a private cluster": {},
    "a private cluster with VNet integration": { apiServer: { vnetIntegration: set(true) } },
  },
  fail: {
    "no access profile at all": { apiServer: { privateCluster: absent(false) } },
    "a public cluster": { apiServer: { privateCluster: set(false) } },
    "authorized ranges, however narrow": {
      apiServer: { privateCluster: set(false), authorizedRanges: set(["203.0.113.7/32"]) },
    },
    "public access disabled, which is no private endpoint": {
      apiServer: { privateCluster: absent(false), publicNetworkAccess: set("Disabled") },
    },
    "VNet integration alone": integrated,
  },
});

test("a public cluster with VNet integration is told that integration is not enough", () => {
  expect(assess(privateCluster, snapshot(integrated)).evidence.map(({ path }) => path)).toEqual([
    "properties.apiServerAccessProfile.enablePrivateCluster",
    "properties.apiServerAccessProfile.enableVnetIntegration",
  ]);
});
