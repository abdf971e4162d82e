import type { DefenderPricing } from "../domain/defender-facts.ts";
import type { Evidence } from "../domain/verdict.ts";

/** Whether a plan does what one of its extensions is for; `odd` when it says so in words that are not known. */
export interface ExtensionState {
  readonly state: "on" | "off" | "odd";
  readonly evidence: Evidence;
}

/** An extension works only while its plan is paid for; one that the plan does not list is off. */
export function planExtension({ path, tier, extensions }: DefenderPricing, name: string): ExtensionState {
  const state = (kind: ExtensionState["state"], observed: string | null): ExtensionState => ({
    state: kind,
    evidence: { path: `${path}#${name}`, observed, expected: "True" },
  });
  if (tier.toLowerCase() === "free") return state("off", tier);
  if (tier.toLowerCase() !== "standard") return state("odd", tier);

  const isEnabled =
    extensions.find((extension) => extension.name.toLowerCase() === name.toLowerCase())?.isEnabled ?? null;
  switch (isEnabled?.toLowerCase()) {
    case "true":
      return state("on", isEnabled);
    case "false":
    case undefined:
      return state("off", isEnabled);
    default:
      return state("odd", isEnabled);
  }
}
