import { afterEach, describe, expect, test, vi } from "vitest";
import type { Interruption } from "../../src/cli/command-line.ts";
import type { Store } from "../../src/composition/wiring.ts";
import { nightOne } from "../../src/emulator/estate/nights.ts";
import { createMemoryStore, runCli } from "./run-cli.ts";

const argv = ["sweep", "--store", "https://contosoposture.blob.core.windows.net"];
const says = {
  freed: "midwatch: interrupted: nothing more was recorded, and the store is free for the next sweep\n",
  held: "midwatch: interrupted: nothing more was recorded, but the store could not be freed; it frees itself an hour after its last sign of life\n",
};

/** A run with a terminal whose Ctrl-C the test presses, and the writes to its store in their order. */
function setUp(changed: (store: Store, press: (signal: Interruption) => void) => Partial<Store["history"]>) {
  const listeners = new Set<(signal: Interruption) => void>();
  const press = (signal: Interruption) => {
    for (const listener of listeners) listener(signal);
  };
  const memory = createMemoryStore();
  const store: Store = { ...memory, history: { ...memory.history, ...changed(memory, press) } };
  const onInterrupt = (listener: (signal: Interruption) => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const run = (args = argv) => runCli(args, { world: nightOne(), store, changes: { onInterrupt } });
  return { run, listeners, memory };
}

describe("an interrupted sweep", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("by %s ends with %i, frees the store and records nothing more", async (signal, expected) => {
    const written: string[] = [];
    const { run, listeners, memory } = setUp(({ history }, press) => ({
      async saveSweep(sweep) {
        written.push(sweep.state);
        await history.saveSweep(sweep);
        // The plan is made: batches would follow.
        if (sweep.progress.total > 0) press(signal);
      },
      async store(...changes) {
        written.push("clusters");
        await history.store(...changes);
      },
    }));
    const { exitCode, stdout, stderr } = await run();
    expect(exitCode).toBe(expected);
    expect(stdout).toBe("");
    expect(stderr).toBe(says.freed);
    expect(listeners.size).toBe(0);
    expect(await memory.history.lock("other", "2026-11-21T01:00:01.000Z", 3_600_000)).toEqual({
      outcome: "taken",
      holder: "other",
    });
    expect(written).toEqual(["running", "running"]);
    expect((await memory.history.sweeps(1))[0]).toMatchObject({ state: "running", finishedAt: null });
  });

  test("frees the store after what was being written, which may be the lock itself", async () => {
    const order: string[] = [];
    const { run } = setUp(({ history }, press) => ({
      async lock(...args) {
        press("SIGINT");
        await new Promise(setImmediate);
        order.push("lock");
        return history.lock(...args);
      },
      async unlock(id) {
        order.push("unlock");
        await history.unlock(id);
      },
    }));
    expect((await run()).exitCode).toBe(130);
    expect(order).toEqual(["lock", "unlock"]);
  });

  test("says so when the store cannot be freed", async () => {
    const { run } = setUp((_, press) => ({
      async unlock() {
        throw new Error("gone");
      },
      async rememberedSubscriptions() {
        press("SIGTERM");
        return [];
      },
    }));
    expect(await run()).toMatchObject({ exitCode: 143, stderr: says.held });
  });

  test("does not wait for ever for a store that does not answer", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    const { run } = setUp((_, press) => ({
      unlock() {
        queueMicrotask(() => vi.advanceTimersByTime(10_000));
        return new Promise(() => undefined);
      },
      async rememberedSubscriptions() {
        press("SIGINT");
        return [];
      },
    }));
    expect(await run()).toMatchObject({ exitCode: 130, stderr: says.held });
  });

  test("without a store just ends", async () => {
    const { run } = setUp((_, press) => ({
      async rememberedSubscriptions() {
        press("SIGINT");
        return [];
      },
    }));
    expect(await run(["sweep"])).toEqual({ exitCode: 130, stdout: "", stderr: "" });
  });
});

test("a sweep that nobody interrupts listens no longer than it runs", async () => {
  const { run, listeners } = setUp(() => ({}));
  expect((await run([...argv, "--quiet"])).exitCode).toBe(3);
  expect(listeners.size).toBe(0);
});
