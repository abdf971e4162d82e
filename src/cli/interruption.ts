import type { CommandLine, Interruption } from "./command-line.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";

/** The exit code that tells who asked for it. */
export const interruptionExitCodes: Readonly<Record<Interruption, ExitCode>> = {
  SIGINT: exitCodes.interrupted,
  SIGTERM: exitCodes.terminated,
};

/** Runs `work` unless it is interrupted first; then `work` goes on unheeded, and whoever is answered has to stop it. */
export async function unlessInterrupted<T>(
  line: Pick<CommandLine, "onInterrupt">,
  work: () => Promise<T>,
  giveUp: () => Promise<void>,
): Promise<{ readonly answer: T } | { readonly interruption: Interruption }> {
  let stopListening: () => void = () => undefined;
  const interrupted = new Promise<{ readonly interruption: Interruption }>((resolve) => {
    stopListening = line.onInterrupt((interruption) => resolve({ interruption }));
  });
  try {
    const outcome = await Promise.race([work().then((answer) => ({ answer })), interrupted]);
    if ("interruption" in outcome) await giveUp();
    return outcome;
  } finally {
    stopListening();
  }
}
