import { expect, test } from "vitest";
import { publicIpsAbsent } from "../../../src/controls/nodes/public-ips-absent.ts";
import { assess } from "../../../src/domain/control.ts";
import { describeControl } from "../../support/describe-control.ts";
import { snapshot } from "../../support/snapshot.ts";

const networkInterface = {
  path: "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/mc_payments/providers/Microsoft.Network/networkInterfaces/nap-1-nic",
  name: "nap-1-nic",
  pool: null,
};

describeControl(publicIpsAbsent, {
  pass: {
    "none on either pool": {},
    "none on a machine that no pool lists": { nodeAddresses: [{}, {}, networkInterface] },
  },
  fail: {
    "every pool has them": { nodeAddresses: [{ isPublic: true, observed: true }] },
    "one pool beside a good one": { nodeAddresses: [{}, { isPublic: true, observed: true }] },
    "a machine with an address that its pool does not admit to": {
      nodeAddresses: [{}, { ...networkInterface, isPublic: true }],
    },
  },
  unknown: { "no pool and no machine": { nodeAddresses: [] } },
});

test("a failure names each offender and no one else", () => {
  const changes = {
    nodeAddresses: [
      { isPublic: true, observed: true },
      {},
      { ...networkInterface, isPublic: true, observed: "20.0.0.1" },
    ],
  };
  expect(assess(publicIpsAbsent, snapshot(changes)).evidence).toEqual([
    {
      path: "properties.agentPoolProfiles[0].enableNodePublicIP",
      observed: true,
      expected: "no public IP address",
      pool: "system",
    },
    { path: networkInterface.path, observed: "20.0.0.1", expected: "no public IP address" },
  ]);
});

test("a pass names everything that was looked at", () => {
  expect(assess(publicIpsAbsent, snapshot()).evidence.map(({ pool }) => pool)).toEqual(["system", "apps"]);
});
