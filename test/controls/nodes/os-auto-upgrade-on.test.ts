import { expect, test } from "vitest";
import { osAutoUpgradeOn } from "../../../src/controls/nodes/os-auto-upgrade-on.ts";
import { assess } from "../../../src/domain/control.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, set, snapshot } from "../../support/snapshot.ts";

describeControl(osAutoUpgradeOn, {
  pass: {
    "whole images": {},
    "fixes alone": { upgrades: { nodeOsChannel: set("SecurityPatch") } },
    "in another case": { upgrades: { nodeOsChannel: set("securitypatch") } },
    "absent, but set along with the cluster's channel": {
      upgrades: { channel: set("node-image"), nodeOsChannel: absent(null) },
    },
  },
  fail: {
    unmanaged: { upgrades: { nodeOsChannel: set("Unmanaged") } },
    "the value none": { upgrades: { nodeOsChannel: set("None") } },
    "none, though Kubernetes itself is upgraded": {
      upgrades: { channel: set("stable"), nodeOsChannel: set("none") },
    },
  },
  unknown: {
    "absent, which may be either default": { upgrades: { nodeOsChannel: absent(null) } },
    "absent like the cluster's channel": {
      upgrades: { channel: absent("none"), nodeOsChannel: absent(null) },
    },
    "a channel Azure may add": { upgrades: { nodeOsChannel: set("LivePatch") } },
  },
});

test("a channel this version does not know is quoted", () => {
  const verdict = assess(osAutoUpgradeOn, snapshot({ upgrades: { nodeOsChannel: set("LivePatch") } }));
  expect(verdict.reason).toContain('"LivePatch"');
});

test("a pass by the cluster's channel shows that channel too", () => {
  const changes = { upgrades: { channel: set("node-image"), nodeOsChannel: absent(null) } };
  expect(assess(osAutoUpgradeOn, snapshot(changes)).evidence.map(({ observed }) => observed)).toEqual([
    null,
    "node-image",
  ]);
});
