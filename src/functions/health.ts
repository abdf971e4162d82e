import type { HttpResponseInit } from "@azure/functions";
import { json } from "./problem.ts";

/** `GET /api/health`: the app runs and its settings hold. Says no more, since everybody may ask. */
export async function health(): Promise<HttpResponseInit> {
  return json(200, { status: "ok" });
}
