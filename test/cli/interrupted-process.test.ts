import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { openStorage } from "../../src/adapters/storage/open-storage.ts";
import { descendantsOf } from "../host/child-processes.ts";
import { runProgram } from "../host/run-program.ts";
import { shareAzurite } from "../support/azurite.ts";

const azurite = shareAzurite();

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)(
  "%s to the built command line and all it started ends it with %i and frees the store",
  async (signal, expected) => {
    const connectionString = azurite.connectionString();
    const { history } = await openStorage({ connection: { connectionString } });
    const before = (await history.sweeps(1))[0]?.id;
    const argv = ["sweep", "--estate", "--store", connectionString];
    const program = runProgram(tmpdir(), "dist/cli/main.js", argv);
    const latest = async () => (await history.sweeps(1))[0] ?? null;
    await expect
      .poll(async () => (await latest())?.id !== before, { timeout: 25_000, interval: 20 })
      .toBe(true);

    // A terminal tells every process, and the first passes it on: the sweep hears of it twice.
    for (const { id } of descendantsOf(program.id)) process.kill(id, signal);
    program.child.kill(signal);
    expect(await program.ended).toBe(expected);
    expect(program.stderr()).toContain("the store is free for the next sweep");
    expect(program.stdout()).toBe("");
    expect(await latest()).toMatchObject({ state: "running", finishedAt: null });
    const holder = `after-${signal}`;
    expect(await history.lock(holder, new Date().toISOString(), 3_600_000)).toEqual({
      outcome: "taken",
      holder,
    });
    await history.unlock(holder);
  },
);
