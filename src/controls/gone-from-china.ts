import type { Facts } from "../domain/facts.ts";
import { type NotApplicable, notApplicable } from "../domain/verdict.ts";
import { defenderInChina } from "./lifecycle.ts";

/** A precondition of what Defender for Containers would do: Azure China has had none since its retirement there. */
export const goneFromChina = {
  needs: ["placement", "clock"] as const,
  evaluate({
    placement: { location },
    clock: { asOf },
  }: Pick<Facts, "placement" | "clock">): NotApplicable | null {
    const { on } = defenderInChina.retirement;
    const isGone = location.toLowerCase().startsWith("china") && asOf >= on;
    return isGone ? notApplicable(`Azure China has had no Defender for Containers since ${on}.`) : null;
  },
};
