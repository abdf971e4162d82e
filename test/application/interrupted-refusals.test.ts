import { describe, expect, it } from "vitest";
import { openAzurite } from "../support/azurite.ts";
import { shareEventfulNights, slots } from "../support/eventful-night.ts";
import type { FrontAnswer } from "../support/storage-front.ts";
import { countWrites, strike, sweepBehind } from "../support/storage-strikes.ts";
import { expectUndisturbed, undisturbed } from "../support/undisturbed.ts";

const eventfulNight = shareEventfulNights(await openAzurite());
const writes = await countWrites(await eventfulNight());
const withFirst = await undisturbed(await eventfulNight(), slots.first, slots.later);
const withoutFirst = await undisturbed(await eventfulNight(), slots.later);

const json = { "content-type": "application/json;odata=minimalmetadata" };
const errorOf = (code: string) => JSON.stringify({ "odata.error": { code, message: { value: code } } });
/** Of the last one the product knows no more than that storage refuses. */
const refusals: readonly FrontAnswer[] = [
  { status: 500, headers: json, body: errorOf("InternalError") },
  { status: 503, headers: { ...json, "x-ms-error-code": "ServerBusy" }, body: errorOf("ServerBusy") },
  { status: 409, headers: json, body: errorOf("TableBeingDeleted") },
  { status: 412, headers: json, body: errorOf("UpdateConditionNotSatisfied") },
  { status: 507, headers: { "content-type": "text/html" }, body: "<html>Insufficient Storage</html>" },
];
// Each kind of write comes several times, so that it meets several of them.
const cases = writes.map((write, index) => {
  const how = index % 2 === 0 ? ("once" as const) : ("for good" as const);
  const refusal = refusals[index % refusals.length] ?? { status: 500 };
  return { write, title: write.title, how, status: refusal.status, refusal };
});

describe("storage that refuses a write", () => {
  it.each(cases)("ends the sweep before it tells: $title, $status, $how", async ({ write, how, refusal }) => {
    const night = await eventfulNight();
    const ended = await sweepBehind(night, strike(write, refusal, how));
    const isFinished = (await night.stateOf(slots.first)) === "finished";
    if (!isFinished) expect(ended).toMatch(/^The (table|container) test\d+\S+ answered \d{3}/);
    expect(night.told()).toHaveLength(isFinished ? 1 : 0);

    await night.sweep(slots.later);
    await expectUndisturbed(night, { withFirst, withoutFirst });
  });
});
