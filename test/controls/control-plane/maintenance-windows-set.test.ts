import { maintenanceWindowsSet } from "../../../src/controls/control-plane/maintenance-windows-set.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, set } from "../../support/snapshot.ts";

const [auto, nodeOs] = ["aksManagedAutoUpgradeSchedule", "aksManagedNodeOSUpgradeSchedule"] as const;

function windows(...names: readonly string[]) {
  return { maintenanceWindows: { configurations: set(names) } };
}

describeControl(maintenanceWindowsSet, {
  pass: {
    "a window for both channels": {},
    "in any casing, beside others": windows("default", auto.toLowerCase(), nodeOs.toUpperCase()),
    "the only channel that is on has its window": {
      ...windows(auto),
      upgrades: { channel: set("stable"), nodeOsChannel: set("None") },
    },
    "the operating system patches itself, and knows no window": {
      ...windows(auto),
      upgrades: { channel: set("Rapid"), nodeOsChannel: set("Unmanaged") },
    },
    "both windows, whatever the channel is": { upgrades: { nodeOsChannel: absent(null) } },
  },
  fail: {
    "no window at all": windows(),
    "the window of AKS's own releases alone": windows("default"),
    "no window for Kubernetes": windows(nodeOs),
    "no window for the nodes' system": windows(auto),
    "no window for new node images": {
      ...windows(nodeOs),
      upgrades: { channel: set("node-image"), nodeOsChannel: set("None") },
    },
    "one channel's window missing, another channel not known": {
      ...windows(),
      upgrades: { channel: set("patch"), nodeOsChannel: set("Nightly") },
    },
  },
  notApplicable: {
    "no channel is on": { upgrades: { channel: set("none"), nodeOsChannel: set("None") } },
    "by default, and the system patches itself": {
      ...windows(),
      upgrades: { channel: absent("none"), nodeOsChannel: set("Unmanaged") },
    },
  },
  unknown: {
    "a channel Azure may add": { ...windows(nodeOs), upgrades: { channel: set("weekly") } },
    "the row does not say whether nodes are upgraded": {
      ...windows(auto),
      upgrades: { nodeOsChannel: absent(null) },
    },
  },
});
