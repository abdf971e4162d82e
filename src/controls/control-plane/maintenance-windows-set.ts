import { defineControl } from "../../domain/control.ts";
import type { Facts } from "../../domain/facts.ts";
import type { Setting } from "../../domain/setting.ts";
import { type Evidence, fail, isSome, notApplicable, pass, seen, unknown } from "../../domain/verdict.ts";

export const maintenanceWindowsSet = defineControl({
  id: "control-plane.maintenance-windows-set",
  title: "Automatic upgrades keep to maintenance windows",
  severity: "low",
  layer: "control-plane",
  rationale:
    "Without a window an automatic upgrade drains nodes whenever it comes out, in the middle of a working day as well; whoever that hits once turns upgrades off.",
  remediation: {
    summary:
      "Give each channel that is on a window of at least four hours. Nothing is disrupted now. Azure keeps to windows as well as it can and breaks them for urgent fixes.",
    commands: [schedule("aksManagedAutoUpgradeSchedule"), schedule("aksManagedNodeOSUpgradeSchedule")],
  },
  references: {
    docs: "https://learn.microsoft.com/azure/aks/planned-maintenance",
    guides: ["B"],
  },
  precondition: {
    needs: ["upgrades"],
    evaluate({ upgrades }) {
      const channels = channelsOf(upgrades);
      return channels.every(({ isOn }) => isOn === false)
        ? notApplicable(
            "No channel upgrades anything by itself.",
            ...channels.map(({ channel }) => seen(channel, "a channel that upgrades by itself")),
          )
        : null;
    },
  },
  needs: ["upgrades", "maintenanceWindows"],
  evaluate({ upgrades, maintenanceWindows: { configurations } }) {
    const present = configurations.value.map((name) => name.toLowerCase());
    const asked = channelsOf(upgrades)
      .filter(({ isOn }) => isOn !== false)
      .map(({ schedule, channel, isOn }) => ({
        isOn,
        isThere: present.includes(schedule.toLowerCase()),
        evidence: seen(configurations, `${schedule} for the channel ${channel.value ?? "of the default"}`),
        channel: seen(channel, "a channel this version knows"),
      }));
    const missing: readonly Evidence[] = asked
      .filter(({ isThere, isOn }) => !isThere && isOn)
      .map(({ evidence }) => evidence);
    if (isSome(missing)) return fail(...missing);

    const undecided = asked.filter(({ isThere }) => !isThere);
    if (undecided.length > 0) {
      const quoted = undecided.map(
        ({ channel: { path, observed } }) => `${path} is ${JSON.stringify(observed)}`,
      );
      return unknown(
        `Whether a window is needed cannot be told: ${quoted.join(", ")}. Set the channel, to None or another.`,
        ...undecided.flatMap(({ channel, evidence }) => [channel, evidence]),
      );
    }
    return pass(...asked.map(({ evidence }) => evidence));
  },
});

interface Channel {
  readonly channel: Setting<string | null>;
  /** Null when that cannot be told. */
  readonly isOn: boolean | null;
  readonly schedule: string;
}

/** What upgrades by itself, and the name of the configuration that gives it a window. */
function channelsOf({ channel, nodeOsChannel }: Facts["upgrades"]): readonly Channel[] {
  return [
    {
      channel,
      isOn: isOneOf(channel, ["rapid", "stable", "patch", "node-image"], ["none"]),
      schedule: "aksManagedAutoUpgradeSchedule",
    },
    {
      channel: nodeOsChannel,
      // Unmanaged leaves patches to the operating system, which knows no window.
      isOn: isOneOf(nodeOsChannel, ["nodeimage", "securitypatch"], ["none", "unmanaged"]),
      schedule: "aksManagedNodeOSUpgradeSchedule",
    },
  ];
}

function isOneOf(
  { value }: Setting<string | null>,
  on: readonly string[],
  off: readonly string[],
): boolean | null {
  const name = value?.toLowerCase() ?? "";
  if (on.includes(name)) return true;
  return off.includes(name) ? false : null;
}

function schedule(name: string): string {
  return `az aks maintenanceconfiguration add --subscription {subscription} --resource-group {resourceGroup} --cluster-name {cluster} --name ${name} --schedule-type Weekly --interval-weeks 1 --day-of-week '<day>' --start-time '<hh:mm>' --utc-offset '<+hh:mm>' --duration 4`;
}
