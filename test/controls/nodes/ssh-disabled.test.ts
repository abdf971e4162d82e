import { expect, test } from "vitest";
import { sshDisabled } from "../../../src/controls/nodes/ssh-disabled.ts";
import { assess } from "../../../src/domain/control.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, set, snapshot } from "../../support/snapshot.ts";

describeControl(sshDisabled, {
  pass: {
    "off on both pools": {},
    "sign-in by Entra": { sshAccess: { listed: [{}, set("EntraId")] } },
    "in another case": { sshAccess: { listed: [set("disabled"), set("ENTRAID")] } },
  },
  fail: {
    "the default": { sshAccess: { listed: [absent("LocalUser")] } },
    "a local user, in another case": { sshAccess: { listed: [set("localuser")] } },
    "one pool beside a good one": { sshAccess: { listed: [{}, set("LocalUser")] } },
    "one pool beside a value Azure may add": {
      sshAccess: { listed: [set("Certificate"), set("LocalUser")] },
    },
    "one pool, whatever nodes no pool lists": {
      sshAccess: { listed: [{}, set("LocalUser")], unlisted: "There are others." },
    },
  },
  unknown: {
    "a value Azure may add": { sshAccess: { listed: [{}, set("Certificate")] } },
    "nodes that no pool lists": { sshAccess: { unlisted: "There are others." } },
    "no pool": { sshAccess: { listed: [] } },
  },
});

test("a failure names the offending pool alone", () => {
  const changes = { sshAccess: { listed: [{}, { pool: "apps", ...absent("LocalUser") }] } };
  expect(assess(sshDisabled, snapshot(changes)).evidence).toEqual([
    {
      path: "properties.agentPoolProfiles[1].securityProfile.sshAccess",
      observed: null,
      expected: "Disabled or EntraId",
      pool: "apps",
    },
  ]);
});

test("a value this version does not know is quoted with its pool", () => {
  const changes = { sshAccess: { listed: [{}, { pool: "apps", ...set("Certificate") }] } };
  expect(assess(sshDisabled, snapshot(changes)).reason).toContain('apps: "Certificate"');
});
