import type { AlertChannel } from "../../application/ports.ts";
import { SourceError } from "../../application/source-error.ts";
import { type CardOptions, presentAlert } from "../../presenters/adaptive-card.ts";
import { doubtfulSuccess, refusal, retryAfterInMs } from "./answers.ts";

const mostTries = 4;
const firstPauseInMs = 1_000;
/** A longer wait than this is left to whoever sends the alert again later. */
const longestPauseInMs = 60_000;

/** The part of the global `fetch` that is used. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface TeamsChannelOptions extends CardOptions {
  /** The webhook's whole address, a bearer secret by its `sig`; throws SourceError when it cannot be had. */
  readonly address: () => Promise<string>;
  /** How long one try may take. */
  readonly timeoutInMs: number;
  readonly sleep: (durationInMs: number) => Promise<void>;
  /** Node's own: it obeys Node's settings for proxies and certificate authorities, and nothing in it logs addresses. */
  readonly fetch?: Fetch;
}

/**
 * Posts cards to a Teams Workflows webhook. Its errors name neither the address nor what the platform said about it,
 * because both can hold the secret.
 */
export function createTeamsChannel(options: TeamsChannelOptions): AlertChannel {
  return {
    async send(alert) {
      const address = await options.address();
      if (!URL.canParse(address) || new URL(address).protocol !== "https:") {
        throw new SourceError("The address of the Teams webhook is not an https address.", {
          reason: "malformed",
          remedy: "Copy the address from the workflow's trigger into the secret again.",
        });
      }
      await postPatiently(options, address, JSON.stringify(presentAlert(alert, options)));
    },
  };
}

/** What became of one try that failed. */
interface Failure {
  readonly error: SourceError;
  /** Another try may find things better. Not so after a doubtful success: it might post the card twice. */
  readonly isRepeatable: boolean;
}

async function postPatiently(options: TeamsChannelOptions, address: string, body: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const failure = await post(options, address, body);
    if (failure === null) return;
    const { error, isRepeatable } = failure;
    const pauseInMs = error.retryAfterInMs ?? firstPauseInMs * 2 ** (tries - 1);
    if (!isRepeatable || tries === mostTries || pauseInMs > longestPauseInMs) throw error;
    await options.sleep(pauseInMs);
  }
}

/** One try: null when the card was taken. */
async function post(
  { fetch = globalThis.fetch, timeoutInMs }: TeamsChannelOptions,
  address: string,
  body: string,
): Promise<Failure | null> {
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8" },
      body,
      // A redirect would carry the secret to wherever it points.
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutInMs),
    });
    // Workflows says 202 to a card it takes; of other successes only a silent one is believed.
    const isDoubtful = response.ok && response.status !== 202 && (await hasText(response));
    // The rest says nothing, but unread it would keep the connection; the answer stands, whatever becomes of it.
    await response.body?.cancel().then(undefined, () => undefined);
    if (isDoubtful) return { error: doubtfulSuccess(response.status), isRepeatable: false };
    return response.ok ? null : refused(response);
  } catch (error) {
    const message = `The Teams webhook could not be reached (${failureCode(error)}).`;
    return { error: new SourceError(message, { reason: "unavailable" }), isRepeatable: true };
  }
}

async function hasText(response: Response): Promise<boolean> {
  const reader = response.body?.getReader();
  if (!reader) return false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return false;
      if (value.byteLength > 0) return true;
    }
  } finally {
    reader.releaseLock();
  }
}

function refused({ status, headers }: Response): Failure {
  const error = refusal(status, retryAfterInMs(headers.get("retry-after"), Date.now()));
  return { error, isRepeatable: error.reason === "throttled" || error.reason === "unavailable" };
}

/** Such as `ECONNREFUSED` or `TimeoutError`: of all that an error says, what cannot hold an address. */
function failureCode(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const { cause } = error;
  const code = cause instanceof Error && "code" in cause ? cause.code : null;
  return typeof code === "string" && /^[A-Z][A-Z0-9_]{2,40}$/.test(code)
    ? code
    : error.name.replaceAll(/\W/g, "");
}
