import { expect, test } from "vitest";
import { refusal, retryAfterInMs } from "../../../src/adapters/teams/answers.ts";

test("reads Retry-After as seconds or as a date", () => {
  const now = Date.parse("2026-11-21T01:00:00Z");
  expect(retryAfterInMs("30", now)).toBe(30_000);
  expect(retryAfterInMs("Sat, 21 Nov 2026 01:00:10 GMT", now)).toBe(10_000);
  expect(retryAfterInMs("Sat, 21 Nov 2026 00:00:00 GMT", now)).toBe(0);
  expect(retryAfterInMs("soon", now)).toBeNull();
  expect(retryAfterInMs(null, now)).toBeNull();
});

test("says what to do about a refusal that a person can mend", () => {
  expect([400, 401, 403, 404].map((status) => refusal(status, null).remedy)).not.toContain(null);
});

test("carries how long Teams wants to be left alone", () => {
  expect(refusal(429, 5_000).retryAfterInMs).toBe(5_000);
  expect(refusal(503, null)).toMatchObject({ reason: "unavailable", retryAfterInMs: null });
});
