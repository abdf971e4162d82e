import type { Log, LogFields } from "../application/ports.ts";

/** Log lines as JSON on standard error: what every host collects, and easy to search for a field. */
export function createStderrLog(): Log {
  return {
    info: (message, fields) => write("info", message, fields),
    warn: (message, fields) => write("warn", message, fields),
    error: (message, fields) => write("error", message, fields),
  };
}

/** Keeps nothing: for runs whose report says all there is to say. */
export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

function write(level: string, message: string, fields: LogFields = {}): void {
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`);
}
