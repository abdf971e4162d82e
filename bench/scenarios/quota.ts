import { type EstateSize, serveAzure } from "../emulated-azure.ts";
import { startStorage } from "../storage.ts";
import { type Judging, type Swept, sweepNight } from "./nights.ts";

/** One sweep while the emulated Azure enforces its quota: 15 queries in 5 s. */
export async function measureQuota(size: EstateSize, judging: Judging): Promise<Swept> {
  const storage = await startStorage();
  try {
    const azure = await serveAzure({ ...size, quota: "enforced" });
    try {
      return await sweepNight(azure, storage, judging, 1);
    } finally {
      await azure.stop();
    }
  } finally {
    await storage.stop();
  }
}
