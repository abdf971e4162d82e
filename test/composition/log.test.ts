import { afterEach, describe, expect, it, vi } from "vitest";
import { createStderrLog } from "../../src/composition/log.ts";

describe("the log", () => {
  afterEach(() => vi.restoreAllMocks());

  it("writes one JSON object a line to standard error, whatever the fields hold", () => {
    const lines: string[] = [];
    vi.spyOn(process.stderr, "write").mockImplementation((text) => lines.push(String(text)) > 0);
    const log = createStderrLog();
    log.info("sweep planned", { sweepId: "a\nb", batches: 2 });
    log.warn("one\ntwo");
    log.error("sweep failed", { failure: null });
    expect(lines.map((line) => line.split("\n").length)).toEqual([2, 2, 2]);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: "info", message: "sweep planned", sweepId: "a\nb", batches: 2 },
      { level: "warn", message: "one\ntwo" },
      { level: "error", message: "sweep failed", failure: null },
    ]);
    expect(Date.parse(JSON.parse(lines[0] ?? "").time)).toBeGreaterThan(0);
  });
});
