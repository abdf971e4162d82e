import { expect, test } from "vitest";
import { azureCniUsed } from "../../../src/controls/network/azure-cni-used.ts";
import { assess } from "../../../src/domain/control.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, set, snapshot } from "../../support/snapshot.ts";

describeControl(azureCniUsed, {
  pass: {
    "as an overlay": {},
    "flat, in the subnet": { networkPlugin: { mode: absent(null) } },
    "in another case": { networkPlugin: { plugin: set("Azure") } },
  },
  fail: {
    kubenet: { networkPlugin: { plugin: set("kubenet"), mode: absent(null) } },
    "kubenet in another case": { networkPlugin: { plugin: set("Kubenet"), mode: absent(null) } },
  },
  unknown: {
    "a plugin of its own": { networkPlugin: { plugin: set("none"), mode: absent(null) } },
    "no plugin named": { networkPlugin: { plugin: absent(null) } },
    "a plugin that Azure may add": { networkPlugin: { plugin: set("azure2") } },
  },
});

test.each([
  ["a plugin of its own", set("none"), "a network plugin of its own"],
  ["no plugin", absent(null), "names no network plugin"],
  ["a plugin that is not known", set("azure2"), '"azure2"'],
])("the reason speaks of %s", (_, plugin, words) => {
  expect(assess(azureCniUsed, snapshot({ networkPlugin: { plugin } })).reason).toContain(words);
});
