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
    if (response.status !== 200) throw new Error(`Sweep ${id} cannot be followed: ${await told(response)}`);
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
    if (response.status === 202) {
      // As above; a 202 always names the sweep.
      const { id } = (await response.json()) as { readonly id: string };
      return id;
    }
    const fault = await told(response);
    if (response.status !== 409) throw new Error(`The sweep was not started: ${fault}`);
    await delay(250);
  }
}

/** What an answer that is no success says, in a line. */
async function told(response: Response): Promise<string> {
  const text = await response.text();
  return `${response.status} ${text.slice(0, 500)}`.trim();
}
