import { describe, expect, it } from "vitest";
import { health } from "../../src/functions/health.ts";
import { read } from "./ask.ts";

describe("GET /api/health", () => {
  it("says that the app lives, and no more", async () => {
    const { status, body } = read(await health());
    expect(status).toBe(200);
    expect(body).toEqual({ status: "ok" });
  });
});
