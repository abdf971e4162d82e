import { type EstateSize, serveAzure } from "../emulated-azure.ts";
import { runWorker } from "../worker.ts";
import type { JudgeMeasurement } from "../workers/judge.ts";
import type { Judging } from "./nights.ts";

export async function measureJudging(
  size: EstateSize,
  { profile, sampled }: Judging,
): Promise<JudgeMeasurement> {
  const azure = await serveAzure(size);
  try {
    return await runWorker<JudgeMeasurement>("judge", [profile, sampled.join()], azure.environment);
  } finally {
    await azure.stop();
  }
}
