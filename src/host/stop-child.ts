import type { ChildProcess } from "node:child_process";

/** Ends a process with SIGTERM and waits for it; who does not listen within the time given is killed. */
export function stopChild(child: ChildProcess, mostInMs: number): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    const timer = setTimeout(() => child.kill("SIGKILL"), mostInMs);
    child.once("exit", () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill("SIGTERM");
  });
}
