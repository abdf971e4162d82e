import { type EstateSize, serveAzure } from "../emulated-azure.ts";
import { runWorker } from "../worker.ts";
import type { JudgeMeasurement } from "../workers/judge.ts";

export async function measureJudging(size: EstateSize): Promise<JudgeMeasurement> {
  const azure = await serveAzure(size);
  try {
    return await runWorker<JudgeMeasurement>("judge", [], azure.environment);
  } finally {
    await azure.stop();
  }
}
