import type { HttpRequest, HttpResponseInit, InvocationContext } from "@azure/functions";
import { SourceError } from "../application/source-error.ts";
import { problem, problemFrom } from "./problem.ts";

export type Handler = (request: HttpRequest, context: InvocationContext) => Promise<HttpResponseInit>;

/** Answers for a handler that throws: a failed source by its problem, a fault of ours by a 500 whose cause is in the log alone. */
export function answering(handle: Handler): Handler {
  return async (request, context) => {
    try {
      return await handle(request, context);
    } catch (error) {
      if (error instanceof SourceError) return problemFrom(error);
      context.error("request failed", error);
      return problem({
        status: 500,
        title: "The app failed",
        detail: "Its log tells the cause.",
      });
    }
  };
}
