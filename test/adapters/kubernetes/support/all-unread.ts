import { expect } from "vitest";
import { inspectedGroups } from "../../../../src/adapters/kubernetes/not-inspected.ts";
import { clusterId } from "./inspect.ts";

/** Everything inside a cluster is unread for one and the same reason. */
export function allUnread(reason: string, detail: RegExp | string, remedy: unknown = expect.anything()) {
  const gap = { scope: clusterId, reason, detail: expect.stringMatching(detail), remedy };
  return Object.fromEntries(inspectedGroups.map((group) => [group, { state: "unavailable", gap }]));
}
