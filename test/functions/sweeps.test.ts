import { describe, expect, it } from "vitest";
import { createInProcessEngine } from "../../src/application/in-process-engine.ts";
import {
  createListHandler,
  createShowHandler,
  createStartHandler,
  type EngineOf,
} from "../../src/functions/sweeps.ts";
import { ask, expectProblem } from "./ask.ts";
import { createTestApp } from "./test-app.ts";

const engineOf: EngineOf = ({ sweep }) => createInProcessEngine(sweep);
const firstSlot = "2026-11-21T09-30-00Z";

describe("POST /api/sweeps", () => {
  it("starts a sweep and says where it can be followed", async () => {
    const { app } = createTestApp();
    const start = createStartHandler(async () => app, engineOf);
    const { status, headers, body } = await ask(start);
    expect(status).toBe(202);
    expect(headers.get("Location")).toBe(`/api/sweeps/${firstSlot}`);
    expect(body).toEqual({ id: firstSlot, state: "running" });
    await settled(app.sweep.history, firstSlot);
  });

  it("names the sweep that runs already, and the slot that was swept", async () => {
    const { app, setNow } = createTestApp();
    const start = createStartHandler(async () => app, engineOf);
    await ask(start, {});
    setNow("2026-11-21T09:30:01Z");
    const running = await ask(start);
    expectProblem(running, 409);
    expect(running.body).toMatchObject({ title: "A sweep is running", sweepId: firstSlot });
    expect(running.headers.get("Location")).toBe(`/api/sweeps/${firstSlot}`);

    await settled(app.sweep.history, firstSlot);
    setNow("2026-11-21T09:30:00Z");
    const done = await ask(start);
    expectProblem(done, 409);
    expect(done.body).toMatchObject({ title: "This slot was swept already", sweepId: firstSlot });
  });

  it("refuses a body that asks for more", async () => {
    const { app } = createTestApp();
    const start = createStartHandler(async () => app, engineOf);
    expectProblem(await ask(start, { scope: "everything" }), 400);
    expectProblem(await ask(start, "{"), 400);
    expect(await app.sweep.history.sweeps(1)).toEqual([]);
  });
});

describe("GET /api/sweeps", () => {
  it("lists the newest first, and shows one with its figures", async () => {
    const { app, setNow } = createTestApp();
    const start = createStartHandler(async () => app, engineOf);
    for (const second of ["00", "01"]) {
      setNow(`2026-11-21T09:30:${second}Z`);
      await ask(start);
      await settled(app.sweep.history, `2026-11-21T09-30-${second}Z`);
    }
    const list = await ask(createListHandler(async () => app));
    expect(list.status).toBe(200);
    expect(list.body.sweeps).toMatchObject([{ id: "2026-11-21T09-30-01Z" }, { id: firstSlot }]);

    const one = await ask(
      createShowHandler(async () => app),
      undefined,
      { id: firstSlot },
    );
    expect(one.status).toBe(200);
    expect(one.body).toMatchObject({
      id: firstSlot,
      state: "finished",
      complete: false,
      summary: { clusters: expect.any(Number), findings: { unknown: expect.any(Number) } },
      failure: null,
    });
    expect(one.body.gaps).not.toEqual([]);
  });

  it("is empty before the first sweep", async () => {
    const { app } = createTestApp();
    expect((await ask(createListHandler(async () => app))).body).toEqual({ sweeps: [] });
  });

  it("refuses what is no sweep's id, and tells it from one that is not there", async () => {
    const { app } = createTestApp();
    const show = createShowHandler(async () => app);
    for (const id of ["", "latest", "2026-11-21", "2026-11-21T01:00:00Z", "' or 1 eq 1", `${firstSlot}/..`])
      expectProblem(await ask(show, undefined, { id }), 400);
    expectProblem(await ask(show, undefined, { id: "2020-01-01T00-00-00Z" }), 404);
  });
});

type TestHistory = ReturnType<typeof createTestApp>["app"]["sweep"]["history"];

async function settled(history: TestHistory, id: string): Promise<void> {
  await expect.poll(async () => (await history.sweep(id))?.state, { interval: 5 }).toBe("finished");
}
