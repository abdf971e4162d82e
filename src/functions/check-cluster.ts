import { z } from "zod";
import { checkCluster } from "../application/check-cluster.ts";
import { SourceError } from "../application/source-error.ts";
import { catalogue } from "../controls/index.ts";
import { parseClusterId } from "../domain/cluster.ts";
import { presentResult } from "../presenters/json-result.ts";
import { answering, type Handler } from "./answering.ts";
import type { Connect } from "./context.ts";
import { detailOf, json, problem } from "./problem.ts";
import { readBody } from "./request-body.ts";

const bodySchema = z.strictObject({ resourceId: z.string().max(1000) });

/** `POST /api/checks`: is this cluster fine right now? Answers from live ARM. */
export function createCheckHandler(connect: Connect<"check">): Handler {
  return answering(async (request) => {
    const body = await readBody(request, bodySchema);
    if (!body.isValid)
      return problem({
        status: 400,
        title: "The request cannot be read",
        detail: `${body.fault} Send {"resourceId": "/subscriptions/…"}.`,
      });

    const id = parseClusterId(body.value.resourceId);
    if (!id)
      return problem({
        status: 400,
        title: "No cluster's resource id",
        detail: `resourceId must have the form ${idForm}.`,
      });

    const { check } = await connect();
    try {
      const result = await checkCluster(check, id.id, id.subscriptionId);
      if (result) return json(200, presentResult(result, catalogue));
      return problem({
        status: 404,
        title: "No such cluster",
        detail: "ARM has no managed cluster of this id.",
      });
    } catch (error) {
      if (!(error instanceof SourceError) || error.reason !== "accessDenied") throw error;
      // Told apart from 404, so that nobody takes a missing right for a missing cluster.
      return problem({ status: 403, title: "Azure refused the monitor", detail: detailOf(error) });
    }
  });
}

const idForm =
  "/subscriptions/{guid}/resourceGroups/{name}/providers/Microsoft.ContainerService/managedClusters/{name}";
