import { expect, test } from "vitest";
import { disksEncryptedAtHost } from "../../../src/controls/nodes/disks-encrypted-at-host.ts";
import { assess } from "../../../src/domain/control.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, set, snapshot } from "../../support/snapshot.ts";

describeControl(disksEncryptedAtHost, {
  pass: { "both pools": {}, "one pool": { hostEncryption: { listed: [{}] } } },
  fail: {
    "the default": { hostEncryption: { listed: [absent(false)] } },
    off: { hostEncryption: { listed: [set(false)] } },
    "one pool beside a good one": { hostEncryption: { listed: [{}, set(false)] } },
    "one pool, whatever nodes no pool lists": {
      hostEncryption: { listed: [{}, set(false)], unlisted: "There are others." },
    },
  },
  unknown: {
    "nodes that no pool lists": { hostEncryption: { unlisted: "There are others." } },
    "no pool": { hostEncryption: { listed: [] } },
  },
});

test("a failure names each offender and no one else", () => {
  const changes = { hostEncryption: { listed: [{}, { pool: "apps", ...absent(false) }] } };
  expect(assess(disksEncryptedAtHost, snapshot(changes)).evidence).toEqual([
    {
      path: "properties.agentPoolProfiles[1].enableEncryptionAtHost",
      observed: null,
      expected: true,
      pool: "apps",
    },
  ]);
});

test("a pass names every pool that was looked at", () => {
  expect(assess(disksEncryptedAtHost, snapshot()).evidence.map(({ pool }) => pool)).toEqual([
    "system",
    "apps",
  ]);
});
