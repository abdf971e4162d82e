import type { SweepRequest } from "../domain/sweep.ts";

export type SweepStart =
  | { readonly outcome: "started"; readonly id: string }
  /** Another sweep runs, or this very slot was swept already. */
  | { readonly outcome: "running" | "done"; readonly id: string };

/** What drives the three steps: Durable Functions on Azure, one process elsewhere. */
export interface SweepEngine {
  start(request: SweepRequest): Promise<SweepStart>;
}
