/** The error of a try that was given up because nothing came. */
export class TimeoutError extends Error {
  constructor(timeoutInMs: number) {
    super(`No answer within ${timeoutInMs / 1000} s.`);
    this.name = "TimeoutError";
  }
}

/**
 * Ends with the timer whatever the request does. The SDK's own timeout stops counting once the headers are there,
 * and a compressed body that breaks off never ends.
 */
export async function withTimeout<T>(
  run: (abortSignal: AbortSignal) => Promise<T>,
  timeoutInMs: number,
): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const expiry = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new TimeoutError(timeoutInMs));
      controller.abort();
    }, timeoutInMs);
  });
  try {
    return await Promise.race([run(controller.signal), expiry]);
  } finally {
    clearTimeout(timer);
  }
}
