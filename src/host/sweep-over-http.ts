import { setTimeout as delay } from "node:timers/promises";

/** A sweep as `GET /api/sweeps/{id}` shows it; only what is looked at here. */
export interface SweepView {
  readonly id: string;
  readonly state: "running" | "finished" | "failed";
  readonly progress: { readonly done: number; readonly total: number };
  readonly failure: string | null;
}

/** Starts a sweep through the API and follows it to its end; throws when it failed. */
export async function sweepOverHttp(
  appUrl: string,
  onProgress: (progress: SweepView["progress"]) => void,
): Promise<SweepView> {
  const id = await start(appUrl);
  for (;;) {
    const response = await fetch(`${appUrl}/api/sweeps/${id}`);
    // Our own API, one process away; its shape is sweep-summary.ts.
    const sweep = (await response.json()) as SweepView;
    onProgress(sweep.progress);
    if (sweep.state === "finished") return sweep;
    if (sweep.state === "failed") throw new Error(`Sweep ${id} failed: ${sweep.failure}`);
    await delay(150);
  }
}

/** A sweep's id is its second: two sweeps within one second are one, so the later waits for the next. */
async function start(appUrl: string): Promise<string> {
  for (;;) {
    const response = await fetch(`${appUrl}/api/sweeps`, { method: "POST" });
    const body = (await response.json()) as { readonly id?: string; readonly detail?: string };
    if (response.status === 202 && body.id !== undefined) return body.id;
    if (response.status !== 409)
      throw new Error(`The sweep was not started (${response.status}): ${body.detail}`);
    await delay(250);
  }
}
