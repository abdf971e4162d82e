import { afterAll, describe, expect, it } from "vitest";
import { beginSweep } from "../../src/application/begin-sweep.ts";
import { openAzurite } from "../support/azurite.ts";
import { loadBuiltApp, someSettings } from "../support/built-app.ts";
import { type EventfulNight, shareEventfulNights, slots } from "../support/eventful-night.ts";
import { createLife, type Life } from "../support/life.ts";
import { replay } from "../support/replay.ts";
import { createRunActivity, type RunActivity } from "../support/run-activity.ts";
import { expectTold, leftBy, undisturbed } from "../support/undisturbed.ts";

const eventfulNight = shareEventfulNights(await openAzurite());
const host = await loadBuiltApp({ ...someSettings, MIDWATCH_ENGINE: "durable" });
afterAll(() => host.close());

/** The real orchestrator over activities whose host dies once; another host then runs the activity under way again. */
async function orchestrate(night: EventfulNight, life: Life) {
  const { deps, request } = await night.start(slots.first);
  expect(await beginSweep(deps, request)).toMatchObject({ outcome: "started" });
  const mortal = createRunActivity((await night.start(slots.first, life)).deps);
  let successor: RunActivity | undefined;
  return replay({
    host,
    orchestrator: "sweep",
    instanceId: request.id,
    input: { request, batchesAtOnce: 1 },
    async runActivity(name, input) {
      if (successor) return successor(name, input);
      const outcome = await Promise.race([mortal(name, input), life.death]);
      if (outcome !== "dead") return outcome;
      successor = createRunActivity((await night.start(slots.first)).deps);
      return successor(name, input);
    },
  });
}

const alone = await undisturbed(await eventfulNight(), slots.first);
const requests = await (async () => {
  const life = createLife();
  await orchestrate(await eventfulNight(), life);
  // Reading changes nothing: killed at a read, a host leaves what it leaves after the write before.
  return life.requests.filter(({ isWrite }) => isWrite);
})();

describe("an orchestrated sweep whose host dies after a write", () => {
  it.each(requests)(
    "goes on where it was, and leaves what one process leaves: $title, $nth",
    async (request) => {
      const night = await eventfulNight();
      const ended = await orchestrate(night, createLife(request, "after"));
      expect(ended).toMatchObject({ error: null, output: { state: "finished" } });
      const { history, told } = await leftBy(night);
      expect(history).toEqual(alone.history);
      expectTold(told, alone.told, 1);
    },
  );
});
