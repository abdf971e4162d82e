import type { DiagnosticSetting } from "../domain/diagnostic-setting.ts";
import { type Evidence, isSome, unknown, type Verdict } from "../domain/verdict.ts";

/** A log that is wanted: any of these categories, or of these groups of categories, holds it. */
export interface WantedLog {
  readonly name: string;
  readonly categories: readonly string[];
  readonly groups: readonly string[];
  /** Groups of which nobody documents whether they hold it. */
  readonly doubtfulGroups?: readonly string[];
}

type Fate = "streamed" | "doubtful" | "elsewhere" | "unseenWorkspace" | "goneWorkspace" | "missing";

/** Where the settings would be, under the cluster. */
const noSetting = "providers/Microsoft.Insights/diagnosticSettings";

/** Best first: settings add up, so that of several the best one decides for a log. */
const ranks: readonly Fate[] = [
  "streamed",
  "doubtful",
  "unseenWorkspace",
  "elsewhere",
  "goneWorkspace",
  "missing",
];

/** Judges whether all wanted logs reach a Log Analytics workspace that exists, over all settings together. */
export function judgeStreams(settings: readonly DiagnosticSetting[], wanted: readonly WantedLog[]): Verdict {
  const found = wanted.map((log) => ({ log, fate: bestOf(settings.map((one) => findIn(one, log))) }));
  const named = (...fates: readonly Fate[]) =>
    found.filter(({ fate }) => fates.includes(fate)).map(({ log }) => log.name);

  const evidence = evidenceOf(settings, wanted);
  const gone = named("goneWorkspace");
  const missing = named("missing");
  if (gone.length + missing.length > 0) {
    const parts = [
      ...(missing.length > 0 ? [`Not sent anywhere: ${missing.join(", ")}.`] : []),
      ...(gone.length > 0 ? [`Sent to a workspace that no longer exists: ${gone.join(", ")}.`] : []),
    ];
    return { kind: "fail", evidence, reason: parts.join(" ") };
  }
  const unseen = named("unseenWorkspace");
  if (unseen.length > 0)
    return unknown(
      `Nobody may look whether the workspace that ${unseen.join(", ")} go to still exists: the role Reader on it would tell.`,
      ...evidence,
    );
  const doubtful = named("doubtful");
  if (doubtful.length > 0)
    return unknown(
      `Only the group audit is on, and whether it holds ${doubtful.join(", ")} is not documented: that category on its own would decide.`,
      ...evidence,
    );
  const elsewhere = named("elsewhere");
  const note =
    elsewhere.length === 0 ? null : `Not sent to Log Analytics but elsewhere: ${elsewhere.join(", ")}.`;
  return { kind: "pass", evidence, reason: note };
}

function bestOf(fates: readonly Fate[]): Fate {
  return ranks.find((rank) => fates.includes(rank)) ?? "missing";
}

function findIn(setting: DiagnosticSetting, log: WantedLog): Fate {
  const isOn = holds(setting.categories, log.categories) || holds(setting.categoryGroups, log.groups);
  const isDoubtful = holds(setting.categoryGroups, log.doubtfulGroups ?? []);
  if (!isOn && !isDoubtful) return "missing";
  if (setting.workspace?.presence === "present") return isOn ? "streamed" : "doubtful";
  if (setting.otherDestinations.length > 0) return isOn ? "elsewhere" : "doubtful";
  // Without a destination it sends nothing.
  if (setting.workspace === null) return "missing";
  return setting.workspace.presence === "unread" ? "unseenWorkspace" : "goneWorkspace";
}

function holds(list: readonly string[], wanted: readonly string[]): boolean {
  return list.some((one) => wanted.some((name) => name.toLowerCase() === one.toLowerCase()));
}

function evidenceOf(
  settings: readonly DiagnosticSetting[],
  wanted: readonly WantedLog[],
): readonly [Evidence, ...(readonly Evidence[])] {
  const expected = `${wanted.map(({ name }) => name).join(", ")} to a Log Analytics workspace that exists`;
  const pieces = settings.map((setting) => ({
    path: setting.path,
    observed: [...setting.categories, ...setting.categoryGroups, ...destinationsOf(setting)],
    expected,
  }));
  return isSome(pieces) ? pieces : [{ path: noSetting, observed: null, expected }];
}

function destinationsOf({ workspace, otherDestinations }: DiagnosticSetting): readonly string[] {
  if (workspace === null) return otherDestinations.map((one) => `to ${one}`);
  const state = workspace.presence === "absent" ? " (gone)" : "";
  return [`to ${workspace.id}${state}`, ...otherDestinations.map((one) => `to ${one}`)];
}
