import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPace } from "../../../src/adapters/azure/pace.ts";
import { createResourceGraph } from "../../../src/adapters/azure/resource-graph.ts";
import { createEmulatedAzure, type EmulatedAzure } from "../../../src/emulator/azure.ts";
import { emulatedCredential } from "../../../src/emulator/emulated-credential.ts";
import { createEmulatedTransport } from "../../../src/emulator/transport.ts";
import { listed } from "../../support/outcomes.ts";
import { createTurnedClock, type TurnedClock } from "../../support/turned-clock.ts";
import { estateOf, payments } from "../../support/world-small.ts";

const seed = Number(process.env.MIDWATCH_SEED ?? 20_261_121);
const arm = "https://management.azure.com";
const query = {
  query:
    "resources | where type =~ 'microsoft.containerservice/managedclusters' | project id | order by id asc",
  subscriptions: [payments],
  task: "the clusters",
  remedy: "Grant it.",
};

/** Milliseconds until a query reaches Azure, and until its answer is back. */
type Latency = readonly [number, number];

interface Errand {
  readonly queries: number;
  /** How many are under way at once. */
  readonly lanes: number;
  /** Of one query after another, over and over. */
  readonly latencies: readonly Latency[];
  /** Another caller of the same identity: so many queries at once, after so long a pause that a window keeps some for us. */
  readonly others: readonly { readonly queries: number; readonly pauseInMs: number }[];
}

const windowInMs = 5_000;

const latency = fc.tuple(fc.integer({ min: 0, max: 1_500 }), fc.integer({ min: 0, max: 1_500 }));
const errand = {
  queries: fc.integer({ min: 1, max: 60 }),
  lanes: fc.integer({ min: 1, max: 5 }),
  latencies: fc.array(latency, { minLength: 1, maxLength: 6 }),
};
const others = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 6_000 })), {
    minLength: 1,
    maxLength: 5,
  })
  .map((bursts) =>
    bursts.map(([queries, more]) => ({ queries, pauseInMs: (queries * windowInMs) / 12 + more })),
  );

describe("queries under a quota that is enforced", () => {
  it("are never refused when nobody else asks, however many are under way and in whatever order answers come", async () => {
    const alone = fc.asyncProperty(fc.record({ ...errand, others: fc.constant([]) }), async (one) => {
      expect(await run(one)).toMatchObject({ refused: 0, unread: 0 });
    });
    await fc.assert(alone, { numRuns: 100, seed });
  });

  it("bring every answer when others use the quota up at any time and leave a little", async () => {
    const shared = fc.asyncProperty(fc.record({ ...errand, others }), async (one) => {
      expect(await run(one)).toMatchObject({ unread: 0 });
    });
    await fc.assert(shared, { numRuns: 100, seed });
  });

  it("use the quota to the full: a window's queries in little more than a window", async () => {
    const { tookInMs } = await run({ queries: 60, lanes: 1, latencies: [[20, 20]], others: [] });
    // Three windows are waited for: their queries, what is left of the window in whole seconds, and one second more.
    expect(tookInMs).toBe(60 * 40 + 3 * (windowInMs + 1_000));
  });

  it("are not refused when answers overtake each other and the one of most quota comes last", async () => {
    const latencies: readonly Latency[] = [
      [0, 0],
      [0, 1],
    ];
    expect(await run({ queries: 17, lanes: 4, latencies, others: [] })).toMatchObject({ refused: 0 });
  });

  it("wait for nothing when they come slower than the quota allows", async () => {
    const { tookInMs } = await run({ queries: 60, lanes: 1, latencies: [[200, 200]], others: [] });
    expect(tookInMs).toBe(60 * 400);
  });
});

/** Runs an errand; `refused` counts its own 429s, `unread` the queries that failed for good. */
async function run({ queries, lanes, latencies, others: bursts }: Errand) {
  const clock = createTurnedClock();
  const azure = createEmulatedAzure({ estate: estateOf(), quota: "enforced", clock: clock.now });
  const graph = createResourceGraph(
    accessOf(azure, clock, latencies),
    createPace({ now: clock.now, sleep: clock.sleep }),
  );
  let left = queries;
  let unread = 0;
  const lane = async () => {
    while (left > 0) {
      left -= 1;
      await listed(graph(query)).catch(() => {
        unread += 1;
      });
    }
  };
  let isOver = false;
  const other = async () => {
    for (let index = 0; bursts.length > 0; index += 1) {
      const burst = bursts[index % bursts.length];
      await clock.sleep(burst?.pauseInMs ?? 0);
      if (isOver) return;
      for (let sent = 0; sent < (burst?.queries ?? 0); sent += 1) await askAsOther(azure);
    }
  };
  void other();
  await clock.passUntil(Promise.all(Array.from({ length: lanes }, lane)));
  isOver = true;
  const refused = azure.requests.filter(({ query: text, status }) => text === query.query && status === 429);
  return { refused: refused.length, unread, tookInMs: clock.now() };
}

function accessOf(azure: EmulatedAzure, { sleep }: TurnedClock, latencies: readonly Latency[]) {
  const transport = createEmulatedTransport(azure);
  const { token } = azure.issueToken(arm);
  let sent = 0;
  return {
    // The turned clock stands near 1970: by the machine's own the token would be no good.
    credential: { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) },
    endpoint: arm,
    scopes: [`${arm}/.default`],
    httpClient: {
      async sendRequest(request: Parameters<typeof transport.sendRequest>[0]) {
        const [there = 0, back = 0] = latencies[sent % latencies.length] ?? [];
        sent += 1;
        await sleep(there);
        const answer = await transport.sendRequest(request);
        await sleep(back);
        return answer;
      },
    },
    patience: { tries: 5, tryTimeoutInMs: 20_000, longestWaitInMs: 120_000, sleep },
  };
}

async function askAsOther(azure: EmulatedAzure): Promise<void> {
  const { token } = await emulatedCredential(azure).getToken(arm);
  await azure.handle({
    method: "POST",
    url: `${arm}/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01`,
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: "resources | project id" }),
  });
}
