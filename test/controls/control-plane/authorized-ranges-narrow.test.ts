import { expect, test } from "vitest";
import { apiServerRestricted } from "../../../src/controls/control-plane/api-server-restricted.ts";
import { authorizedRangesNarrow } from "../../../src/controls/control-plane/authorized-ranges-narrow.ts";
import { assess } from "../../../src/domain/control.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, type Changes, set, snapshot } from "../../support/snapshot.ts";

describeControl(authorizedRangesNarrow, {
  pass: {
    "an office range": publicWith(["203.0.113.0/24"]),
    "a single address": publicWith(["203.0.113.7"]),
    "the widest that is narrow": publicWith(["10.20.0.0/16", "2001:db8::/32"]),
    "the cluster's own egress alone": publicWith(["0.0.0.0/32"]),
  },
  fail: {
    "one bit wider": publicWith(["10.20.0.0/15"]),
    "one bit wider in IPv6": publicWith(["2001:db8::/31"]),
    "a wide range behind two narrow ones": publicWith(["203.0.113.0/24", "198.51.100.7", "20.0.0.0/8"]),
    everybody: publicWith(["0.0.0.0/0"]),
    "everybody in IPv6": publicWith(["203.0.113.0/24", "::/0"]),
    "a service tag": publicWith(["203.0.113.0/24", "AzureDevOps"]),
    "a service tag of one region": publicWith(["Storage.WestEurope"]),
    "all of Azure, in lower case": publicWith(["azurecloud.westeurope"]),
    "a service tag between blanks": publicWith([" AzureDevOps "]),
    "a wide range beside what cannot be read": publicWith(["office", "20.0.0.0/8"]),
  },
  unknown: {
    "a word that is neither range nor tag": publicWith(["203.0.113.0/24", "office"]),
    "everybody, in words that are none of Azure's": publicWith(["Any"]),
    "a prefix too long": publicWith(["203.0.113.0/33"]),
    "octal, which programs read differently": publicWith(["0203.0.113.0/24"]),
    "an empty entry": publicWith([""]),
  },
  notApplicable: {
    "a private cluster": {},
    "a private cluster that still lists ranges": { apiServer: { authorizedRanges: set(["0.0.0.0/0"]) } },
    "no ranges": { apiServer: { privateCluster: absent(false), authorizedRanges: absent([]) } },
    "an empty list of ranges": publicWith([]),
  },
});

test("a failure names each wide entry and no other", () => {
  const changes = publicWith(["203.0.113.0/24", "20.0.0.0/8", "AzureDevOps"]);
  expect(assess(authorizedRangesNarrow, snapshot(changes)).evidence.map(({ observed }) => observed)).toEqual([
    "20.0.0.0/8",
    "AzureDevOps",
  ]);
});

test("what cannot be read is quoted", () => {
  const changes = publicWith(["203.0.113.0/24", "office", "203.0.113.0/33"]);
  expect(assess(authorizedRangesNarrow, snapshot(changes)).reason).toContain('"office", "203.0.113.0/33"');
});

test("the control it points to without ranges does fail", () => {
  expect(assess(authorizedRangesNarrow, snapshot(publicWith([]))).reason).toContain(apiServerRestricted.id);
  expect(assess(apiServerRestricted, snapshot(publicWith([]))).kind).toBe("fail");
});

function publicWith(ranges: readonly string[]): Changes {
  return { apiServer: { privateCluster: set(false), authorizedRanges: set(ranges) } };
}
