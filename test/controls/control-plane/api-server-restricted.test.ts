import { expect, test } from "vitest";
import { apiServerRestricted } from "../../../src/controls/control-plane/api-server-restricted.ts";
import { assess } from "../../../src/domain/control.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, type Changes, set, snapshot } from "../../support/snapshot.ts";

describeControl(apiServerRestricted, {
  pass: {
    "a private cluster": {},
    "a private cluster, whatever its public network access": {
      apiServer: { publicNetworkAccess: set("Disabled") },
    },
    "an office range": publicWith(["203.0.113.0/24"]),
    "a single address": publicWith(["203.0.113.7"]),
    "only the cluster's own egress": publicWith(["0.0.0.0/32"]),
    "half of the internet, which another row finds too wide": publicWith(["0.0.0.0/1"]),
    "two ranges that leave one address out": publicWith([
      "0.0.0.0/1",
      "128.0.0.0/2",
      "192.0.0.0/3",
      "224.0.0.0/4",
      "240.0.0.0/5",
    ]),
    "the same half twice": publicWith(["128.0.0.0/1", "128.0.0.0/1"]),
    "all but the first address": publicWith(allButTheFirst()),
    "an IPv6 range": publicWith(["2001:db8::/32"]),
    "a service tag that is not all of Azure": publicWith(["AzureDevOps", "203.0.113.0/24"]),
    "a service tag of one region": publicWith(["Storage.WestEurope"]),
    "access spelt in another case": {
      apiServer: { ...publicWith(["203.0.113.0/24"]).apiServer, publicNetworkAccess: set("enabled") },
    },
  },
  fail: {
    "no access profile at all": {
      apiServer: { privateCluster: absent(false), authorizedRanges: absent([]) },
    },
    "an empty list of ranges": publicWith([]),
    "VNet integration alone": { apiServer: { ...publicWith([]).apiServer, vnetIntegration: set(true) } },
    "everybody beside an office range": publicWith(["203.0.113.0/24", "0.0.0.0/0"]),
    "everybody from an address inside": publicWith(["10.1.2.3/0"]),
    "two halves that together admit everybody": publicWith(["0.0.0.0/1", "128.0.0.0/1"]),
    "halves in the other order, overlapping": publicWith([
      "128.0.0.0/1",
      "64.0.0.0/2",
      "0.0.0.0/1",
      "10.0.0.0/8",
    ]),
    "every IPv6 address beside a narrow IPv4 range": publicWith(["203.0.113.0/24", "::/0"]),
    "both halves of IPv6": publicWith(["::/1", "8000::/1"]),
    "the service tag of all of Azure": publicWith(["AzureCloud"]),
    "all of Azure in a region, in lower case": publicWith(["azurecloud.westeurope", "203.0.113.0/24"]),
    "the service tag of the internet": publicWith(["Internet"]),
    "everybody, beside what cannot be read": publicWith(["office", "0.0.0.0/0"]),
  },
  unknown: {
    "public access disabled on a cluster that is not private": withAccess("Disabled", ["203.0.113.0/24"]),
    "public access disabled and no ranges": withAccess("Disabled", []),
    "a network security perimeter": withAccess("SecuredByPerimeter", ["203.0.113.0/24"]),
    "a value of public access that Azure may add": withAccess("Filtered", ["203.0.113.0/24"]),
    "a word that is neither range nor tag": publicWith(["203.0.113.0/24", "office"]),
    "a prefix too long": publicWith(["203.0.113.0/33"]),
    "an IPv6 prefix too long": publicWith(["2001:db8::/129"]),
    "octal, which programs read differently": publicWith(["0203.0.113.0/24"]),
    "an octet too large": publicWith(["300.0.113.0/24"]),
    "IPv4 written as IPv6, all of it": publicWith(["::ffff:0.0.0.0/96"]),
    "an IPv6 address with a zone": publicWith(["fe80::1%eth0/64"]),
    "an empty entry": publicWith([""]),
    "everybody, in words that are none of Azure's service tags": publicWith(["Any", "203.0.113.0/24"]),
    "everything, in the portal's word": publicWith(["All"]),
    "the public, in a region": publicWith(["PUBLIC.WestEurope"]),
    "an asterisk, which means everybody elsewhere": publicWith(["*"]),
    "a tag in three parts": publicWith(["Storage.West.Europe"]),
  },
});

test("a failure names the range that admits everybody, not the office beside it", () => {
  const verdict = assess(apiServerRestricted, snapshot(publicWith(["203.0.113.0/24", "0.0.0.0/0"])));
  expect(verdict.evidence).toContainEqual({
    path: "properties.apiServerAccessProfile.authorizedIPRanges",
    observed: ["0.0.0.0/0"],
    expected: "ranges that leave part of IPv4 out",
  });
});

test("a failure by several ranges together names them all", () => {
  const verdict = assess(
    apiServerRestricted,
    snapshot(publicWith(["0.0.0.0/1", "128.0.0.0/1", "2001:db8::/32"])),
  );
  expect(verdict.evidence[0]?.observed).toEqual(["0.0.0.0/1", "128.0.0.0/1"]);
});

test("an open cluster with VNet integration is told that integration is not enough", () => {
  const changes = { apiServer: { ...publicWith([]).apiServer, vnetIntegration: set(true) } };
  expect(assess(apiServerRestricted, snapshot(changes)).evidence.map(({ path }) => path)).toEqual([
    "properties.apiServerAccessProfile.authorizedIPRanges",
    "properties.apiServerAccessProfile.enablePrivateCluster",
    "properties.apiServerAccessProfile.enableVnetIntegration",
  ]);
});

test.each(["Disabled", "SecuredByPerimeter"])("%s is known, and said to be undocumented", (access) => {
  expect(assess(apiServerRestricted, snapshot(withAccess(access, []))).reason).toMatch(
    new RegExp(`${access}.*does not document`),
  );
});

test("what cannot be read is quoted", () => {
  expect(assess(apiServerRestricted, snapshot(publicWith(["office", "203.0.113.0/33"]))).reason).toContain(
    '"office", "203.0.113.0/33"',
  );
  expect(assess(apiServerRestricted, snapshot(withAccess("Filtered", []))).reason).toContain('"Filtered"');
});

function publicWith(ranges: readonly string[]): Changes {
  return { apiServer: { privateCluster: set(false), authorizedRanges: set(ranges) } };
}

function withAccess(access: string, ranges: readonly string[]): Changes {
  return { apiServer: { ...publicWith(ranges).apiServer, publicNetworkAccess: set(access) } };
}

/** 0.0.0.1 to 255.255.255.255 as one range of each size. */
function allButTheFirst(): readonly string[] {
  return Array.from({ length: 32 }, (_, bit) => {
    const first = 2 ** bit;
    const octets = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
    return `${octets.join(".")}/${32 - bit}`;
  });
}
