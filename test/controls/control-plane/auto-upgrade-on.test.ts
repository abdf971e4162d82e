import { expect, test } from "vitest";
import { autoUpgradeOn } from "../../../src/controls/control-plane/auto-upgrade-on.ts";
import { assess } from "../../../src/domain/control.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, type Changes, set, snapshot } from "../../support/snapshot.ts";

describeControl(autoUpgradeOn, {
  pass: {
    "the channel patch": {},
    "the channel stable": channel("stable"),
    "the channel rapid": channel("rapid"),
    "a channel in another case": channel("Stable"),
    "a channel, whatever the nodes' images do": { upgrades: { nodeOsChannel: set("None") } },
  },
  fail: {
    "no profile, so no channel": { upgrades: { channel: absent("none") } },
    "none, which is a value": channel("none"),
    "none in another case": channel("None"),
    "images alone": channel("node-image"),
    "images alone by the nodes' own channel": {
      upgrades: { channel: absent("none"), nodeOsChannel: set("NodeImage") },
    },
  },
  unknown: {
    "a channel that Azure may add": channel("lts"),
    "a channel that begins like a good one": channel("stable-minus-two"),
  },
});

test("images alone are said to leave Kubernetes itself behind", () => {
  const [evidence] = assess(autoUpgradeOn, snapshot(channel("node-image"))).evidence;
  expect(evidence?.expected).toMatch(/does not upgrade Kubernetes itself/);
  const [plain] = assess(autoUpgradeOn, snapshot(channel("none"))).evidence;
  expect(plain?.expected).not.toMatch(/node-image/);
});

test("an unknown channel is quoted", () => {
  expect(assess(autoUpgradeOn, snapshot(channel("lts"))).reason).toContain('"lts"');
});

function channel(value: string): Changes {
  return { upgrades: { channel: set(value) } };
}
