import { writeFileSync } from "node:fs";

/** Loaded before a program of the product: leaves its peak memory in the file that the environment names. */
process.once("exit", () => {
  const file = process.env.BENCH_USAGE_FILE;
  if (file) writeFileSync(file, JSON.stringify({ peakRssInMib: process.resourceUsage().maxRSS / 1024 }));
});
