import type { InvocationContext } from "@azure/functions";
import { z } from "zod";
import type { SweepEngine, SweepStart } from "../application/sweep-engine.ts";
import { type SweepRequest, sweepIdAt } from "../domain/sweep.ts";
import { presentSweep } from "../presenters/sweep-summary.ts";
import { answering, type Handler } from "./answering.ts";
import type { App, Connect } from "./context.ts";
import { json, problem } from "./problem.ts";
import { readBody } from "./request-body.ts";

/** The engine a trigger drives, given what its invocation was handed. */
export type EngineOf = (app: Pick<App, "sweep">, context: InvocationContext) => SweepEngine;

/** `POST /api/sweeps`: starts a sweep of the configured scope, or names the one that runs. */
export function createStartHandler(connect: Connect<"sweep" | "config">, engineOf: EngineOf): Handler {
  return answering(async (request, context) => {
    const body = await readBody(request, z.strictObject({}));
    if (!body.isValid)
      return problem({
        status: 400,
        title: "The request cannot be read",
        detail: `${body.fault} Send no body, or {}.`,
      });

    const app = await connect();
    const start = await engineOf(app, context).start(sweepRequestAt(app, app.sweep.clock.now()));
    const location = `/api/sweeps/${start.id}`;
    if (start.outcome === "started")
      return json(202, { id: start.id, state: "running" }, { Location: location });
    return problem({
      status: 409,
      title: conflicts[start.outcome],
      detail: `Follow it at ${location}.`,
      headers: { Location: location },
      members: { sweepId: start.id },
    });
  });
}

/** `GET /api/sweeps`: the newest sweeps first. */
export function createListHandler(connect: Connect<"sweep">): Handler {
  return answering(async () => {
    const { sweep } = await connect();
    const sweeps = await sweep.history.sweeps(mostListed);
    return json(200, { sweeps: sweeps.map(presentSweep) });
  });
}

/** `GET /api/sweeps/{id}`: progress and figures of one. */
export function createShowHandler(connect: Connect<"sweep">): Handler {
  return answering(async (request) => {
    const id = request.params.id ?? "";
    if (!sweepId.test(id))
      return problem({
        status: 400,
        title: "No sweep's id",
        detail: "A sweep's id has the form 2026-11-21T01-00-00Z.",
      });
    const { sweep } = await connect();
    const found = await sweep.history.sweep(id);
    return found
      ? json(200, presentSweep(found))
      : problem({ status: 404, title: "No such sweep", detail: "GET /api/sweeps lists those there are." });
  });
}

/** What to sweep when the clock shows `startedAt` (ISO 8601): the configured scope, as of that day. */
export function sweepRequestAt({ config }: Pick<App, "config">, startedAt: string): SweepRequest {
  return {
    id: sweepIdAt(startedAt),
    startedAt,
    asOf: startedAt.slice(0, 10),
    profile: config.profile.name,
    scope: config.scope,
  };
}

const conflicts: Readonly<Record<Exclude<SweepStart["outcome"], "started">, string>> = {
  running: "A sweep is running",
  done: "This slot was swept already",
};
const mostListed = 100;
const sweepId = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}Z$/;
