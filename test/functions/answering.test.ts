import { HttpRequest, InvocationContext } from "@azure/functions";
import { describe, expect, it } from "vitest";
import { createInProcessEngine } from "../../src/application/in-process-engine.ts";
import { SourceError, type SourceErrorReason } from "../../src/application/source-error.ts";
import type { Handler } from "../../src/functions/answering.ts";
import { createCheckHandler } from "../../src/functions/check-cluster.ts";
import { createListHandler, createStartHandler, type EngineOf } from "../../src/functions/sweeps.ts";
import { ask, expectProblem, idOf, read } from "./ask.ts";
import { createTestApp } from "./test-app.ts";

const engineOf: EngineOf = ({ sweep }) => createInProcessEngine(sweep);

describe("an app that cannot work", () => {
  const handlers = (
    connect: Parameters<typeof createStartHandler>[0],
  ): readonly (readonly [Handler, unknown])[] => [
    [createStartHandler(connect, engineOf), undefined],
    [createListHandler(connect), undefined],
  ];

  it.each<[SourceErrorReason, number]>([
    ["unavailable", 503],
    ["throttled", 503],
    ["accessDenied", 502],
    ["notFound", 502],
    ["malformed", 502],
    ["incomplete", 502],
  ])("never blames the caller for its own storage (%s)", async (reason, expected) => {
    const { app } = createTestApp();
    const refuse = () => {
      throw new SourceError("Table sweeps could not be read: storage answered.", { reason });
    };
    const history = { ...app.sweep.history, sweep: refuse, sweeps: refuse };
    for (const [handler, body] of handlers(async () => ({ ...app, sweep: { ...app.sweep, history } })))
      expectProblem(await ask(handler, body), expected);
    for (const [handler, body] of handlers(refuse)) expectProblem(await ask(handler, body), expected);
    expectProblem(
      await ask(createCheckHandler(refuse), { resourceId: idOf("aks-edge-pop-weu-01") }),
      expected,
    );
  });

  it("tells a fault of its own to the log alone", async () => {
    const secret = "AccountKey=abc123==";
    const logged: unknown[] = [];
    const answer = read(
      await createListHandler(() => Promise.reject(new TypeError(`x is not a function, ${secret}`)))(
        new HttpRequest({ method: "GET", url: "http://127.0.0.1/api/sweeps" }),
        new InvocationContext({ logHandler: (...args) => logged.push(args) }),
      ),
    );
    expectProblem(answer, 500);
    expect(JSON.stringify(answer.body)).not.toMatch(/abc123|TypeError|not a function/);
    expect(logged).toHaveLength(1);
  });
});
