import type { ListedPools } from "../domain/setting.ts";
import { type Evidence, pass, unknown, type Verdict } from "../domain/verdict.ts";

/** The verdict when no listed pool fails: a pass, unless there may be nodes that no pool speaks for. */
export function passIfAllListed(
  { listed, unlisted }: Pick<ListedPools<unknown>, "listed" | "unlisted">,
  ...evidence: readonly Evidence[]
): Verdict {
  if (unlisted !== null) return unknown(`${unlisted} What holds for those cannot be told.`, ...evidence);
  if (listed.length === 0) return unknown("The cluster lists no node pool.", ...evidence);
  return pass(...evidence);
}
