import { describe, expect, it } from "vitest";
import {
  mapEgress,
  mapIngress,
  mapLoadBalancer,
  mapNetworkPlugin,
  mapNetworkPolicy,
  mapTransitEncryption,
} from "../../../../src/adapters/azure/cluster/network-settings.ts";
import { mapManagedCluster } from "../../../../src/adapters/azure/managed-cluster.ts";
import { describeSetting, rowWith } from "../../../support/describe-setting.ts";
import { examplePool } from "../../../support/example-cluster-row.ts";

describeSetting({
  group: "networkPolicy",
  path: "properties.networkProfile.networkPolicy",
  read: (root) => mapNetworkPolicy(root).engine,
  present: ["cilium", "calico", "azure", "none", "Cilium"],
  byDefault: "none",
  expected: "a string",
});

describeSetting({
  group: "networkPlugin",
  path: "properties.networkProfile.networkPluginMode",
  read: (root) => mapNetworkPlugin(root).mode,
  present: ["overlay"],
  byDefault: null,
  expected: "a string",
});

describeSetting({
  group: "loadBalancer",
  path: "properties.networkProfile.loadBalancerSku",
  read: (root) => mapLoadBalancer(root).sku,
  present: ["standard", "basic"],
  byDefault: "standard",
  expected: "a string",
});

describeSetting({
  group: "egress",
  path: "properties.networkProfile.outboundType",
  read: (root) => mapEgress(root).outboundType,
  present: ["loadBalancer", "userDefinedRouting", "managedNATGateway"],
  byDefault: "loadBalancer",
  expected: "a string",
});

describeSetting({
  group: "transitEncryption",
  path: "properties.networkProfile.advancedNetworking.security.transitEncryption.type",
  read: (root) => mapTransitEncryption(root).type,
  present: ["WireGuard", "None"],
  byDefault: "None",
  expected: "a string",
});

describeSetting({
  group: "ingress",
  path: "properties.addonProfiles.httpApplicationRouting.enabled",
  read: (root) => mapIngress(root).httpApplicationRouting,
  present: [true, false],
  byDefault: false,
  expected: "a boolean",
});

describeSetting({
  group: "ingress",
  path: "properties.addonProfiles.kubeDashboard.enabled",
  read: (root) => mapIngress(root).kubeDashboard,
  present: [true, false],
  byDefault: false,
  expected: "a boolean",
});

describeSetting({
  group: "ingress",
  path: "properties.ingressProfile.webAppRouting.enabled",
  read: (root) => mapIngress(root).appRouting,
  present: [true, false],
  byDefault: false,
  expected: "a boolean",
});

describeSetting({
  group: "ingress",
  path: "properties.ingressProfile.webAppRouting.nginx.defaultIngressControllerType",
  read: (root) => mapIngress(root).nginx,
  present: ["AnnotationControlled", "External", "Internal", "None"],
  byDefault: null,
  expected: "a string",
});

describe.each([
  {
    path: "properties.networkProfile.networkPlugin",
    groups: ["networkPlugin", "networkPolicy"],
    reads: [mapNetworkPlugin, mapNetworkPolicy].map(
      (map) => (root: Parameters<typeof map>[0]) => map(root).plugin,
    ),
    present: ["azure", "kubenet", "none"],
    byDefault: null,
  },
  {
    path: "properties.networkProfile.networkDataplane",
    groups: ["networkPolicy", "transitEncryption"],
    reads: [mapNetworkPolicy, mapTransitEncryption].map(
      (map) => (root: Parameters<typeof map>[0]) => map(root).dataplane,
    ),
    present: ["azure", "cilium"],
    byDefault: "azure",
  },
])("$path, which two groups ask for", ({ path, groups, reads, present, byDefault }) => {
  it.for(present)("is taken as it stands by both: %s", (value) => {
    for (const read of reads) expect(read(rowWith(path, value))).toEqual({ path, observed: value, value });
  });

  it.for([undefined, null, ""])("takes the default in both when it is %j", (nothing) => {
    for (const read of reads)
      expect(read(rowWith(path, nothing))).toEqual({ path, observed: null, value: byDefault });
  });

  it.for([7, true, ["azure"], { name: "azure" }])(
    "leaves both and nothing else unread when it is %j",
    (odd) => {
      expect(unreadWith(path, odd)).toEqual(groups);
    },
  );
});

it("a network profile of a wrong type leaves unread what hangs on it alone", () => {
  expect(unreadWith("properties.networkProfile", "azure")).toEqual([
    "egress",
    "linkLocal",
    "loadBalancer",
    "networkPlugin",
    "networkPolicy",
    "transitEncryption",
  ]);
});

describe("the pools that run Windows", () => {
  it.each([
    ["are those that say so, whichever place they have", "Windows"],
    ["are told whatever the casing", "windows"],
  ])("%s", (_, osType) => {
    expect(
      windowsPools([
        examplePool(),
        examplePool({ name: "win1", osType }),
        examplePool({ name: "apps" }),
        examplePool({ name: "win2", osType }),
      ]),
    ).toEqual({ listed: ["win1", "win2"], unlisted: null });
  });

  it.each([
    ["none says so", examplePool()],
    ["one says nothing, so runs Linux", examplePool({ osType: null })],
    ["one spells Linux otherwise", examplePool({ osType: "linux" })],
  ])("are none when %s", (_, pool) => {
    expect(windowsPools([pool])).toEqual({ listed: [], unlisted: null });
  });

  it.each([
    ["absent", undefined],
    ["null", null],
    ["empty", []],
  ])("are not told by a list that is %s", (_, pools) => {
    expect(windowsPools(pools)).toEqual({ listed: [], unlisted: "The cluster lists no node pool." });
  });

  it.each([
    ["sys", "properties.agentPoolProfiles is a string, not a list."],
    [{ name: "sys" }, "properties.agentPoolProfiles is an object, not a list."],
  ])("are not told by a list that is none: %j", (pools, unlisted) => {
    expect(windowsPools(pools)).toEqual({ listed: [], unlisted });
  });

  it.each([
    ["win", "properties.agentPoolProfiles[1] is a string, not an object."],
    [null, "properties.agentPoolProfiles[1] is absent, not an object."],
    [{ name: "odd", osType: 7 }, "properties.agentPoolProfiles[1].osType is a number, not a string."],
    [
      { name: "odd", osType: "NovelWindows" },
      "properties.agentPoolProfiles[1].osType is a string, not a system this version knows (NovelWindows).",
    ],
    [{ osType: "Windows" }, "properties.agentPoolProfiles[1].name is absent, not a string."],
    [{ name: 7, osType: "Windows" }, "properties.agentPoolProfiles[1].name is a number, not a string."],
  ])("may be more than those named beside %j", (odd, unlisted) => {
    const pools = [examplePool(), odd, examplePool({ name: "win", osType: "Windows" })];
    expect(windowsPools(pools)).toEqual({ listed: ["win"], unlisted });
  });

  it.for(["sys", ["sys"], [7], null])("do not hide that there is no engine when the list is %j", (pools) => {
    expect(mapNetworkPolicy(rowWith("properties.agentPoolProfiles", pools)).engine).toEqual({
      path: "properties.networkProfile.networkPolicy",
      observed: null,
      value: "none",
    });
  });
});

describe("subnets of pools", () => {
  const subnetsOf = (pools: unknown) => mapEgress(rowWith("properties.agentPoolProfiles", pools)).subnets;

  it("are told pool by pool, absent or not", () => {
    const pools = [
      examplePool({ name: "sys", vnetSubnetID: "/subnets/one" }),
      examplePool({ name: "apps", vnetSubnetID: null }),
    ];
    expect(subnetsOf(pools)).toEqual({
      listed: [
        {
          path: "properties.agentPoolProfiles[0].vnetSubnetID",
          pool: "sys",
          observed: "/subnets/one",
          value: "/subnets/one",
        },
        { path: "properties.agentPoolProfiles[1].vnetSubnetID", pool: "apps", observed: null, value: null },
      ],
      unlisted: null,
    });
  });

  it.each([
    [
      [{ name: "odd", vnetSubnetID: 7 }],
      "properties.agentPoolProfiles[0].vnetSubnetID is a number, not a string.",
    ],
    ["sys", "properties.agentPoolProfiles is a string, not a list."],
    [[], "The cluster lists no node pool."],
  ])("may be more than those named beside %j", (pools, unlisted) => {
    expect(subnetsOf(pools)).toEqual({ listed: [], unlisted });
  });
});

function windowsPools(pools: unknown) {
  return mapNetworkPolicy(rowWith("properties.agentPoolProfiles", pools)).windowsPools;
}

function unreadWith(path: string, value: unknown): readonly string[] {
  const mapped = mapManagedCluster(rowWith(path, value).value);
  if (!("readings" in mapped)) throw new Error(mapped.detail);
  return Object.entries(mapped.readings)
    .filter(([, { state }]) => state !== "collected")
    .map(([name]) => name)
    .sort();
}
