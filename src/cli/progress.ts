import cliProgress from "cli-progress";
import type { OutputStream } from "./command-line.ts";

export interface Progress {
  show(progress: { readonly done: number; readonly total: number }): void;
  stop(): void;
}

/** A bar on stderr for whoever sits at a terminal; nothing in logs and pipes. */
export function createProgress(stderr: OutputStream, isQuiet: boolean): Progress {
  if (isQuiet || stderr.isTTY !== true) return { show: () => undefined, stop: () => undefined };
  const bar = new cliProgress.SingleBar({
    format: "Sweeping  {bar} {value}/{total} batches",
    barCompleteChar: "█",
    barIncompleteChar: "░",
    hideCursor: true,
    clearOnComplete: true,
    stream: stderr,
  });
  let isShown = false;
  let isStopped = false;
  return {
    show({ done, total }) {
      // An interrupted sweep may tell of batches when the bar is gone.
      if (total === 0 || isStopped) return;
      if (!isShown) bar.start(total, done);
      isShown = true;
      bar.update(done);
    },
    stop() {
      isStopped = true;
      if (isShown) bar.stop();
    },
  };
}
