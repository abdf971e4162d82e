import { SourceError } from "../application/source-error.ts";
import { malformedGap } from "./row.ts";

/** Takes an answer apart; `task` says what was read, as in `the clusters of 3 subscriptions`. @throws SourceError when a property is malformed */
export function mapAnswer<T>(task: string, map: () => T): T {
  try {
    return map();
  } catch (error) {
    const { detail } = malformedGap("", error);
    throw new SourceError(`Could not read ${task}: ${detail}`, { reason: "malformed" });
  }
}
