import { expect, test } from "vitest";
import { defaultDenyEverywhere } from "../../../src/controls/network/default-deny-everywhere.ts";
import { assess } from "../../../src/domain/control.ts";
import type { BlanketPolicy } from "../../../src/domain/inspection.ts";
import { unavailable } from "../../../src/domain/reading.ts";
import { describeControl } from "../../support/describe-control.ts";
import { absent, gap, inspected, set, snapshot, withReading } from "../../support/snapshot.ts";

const deny = (changes: Partial<BlanketPolicy> = {}): BlanketPolicy => ({
  path: "web/NetworkPolicy/default-deny",
  denies: ["ingress", "egress"],
  allows: [],
  ...changes,
});
const web = (...policies: readonly BlanketPolicy[]) => ({ name: "web", pods: 2, policies });
const holding = (...namespaces: readonly ReturnType<typeof web>[]) => ({
  namespaceIsolation: inspected(namespaces),
});
const notInspected = { state: "notInspected", reason: "Inspection is off." } as const;
const noEngine = { engine: absent("none"), dataplane: absent("azure") };

describeControl(defaultDenyEverywhere, {
  pass: {
    "one policy denies both ways": {},
    "two policies deny one way each": holding(
      web(deny({ denies: ["ingress"] }), deny({ path: "web/NetworkPolicy/egress", denies: ["egress"] })),
    ),
    "one policy of the whole cluster": holding(web(deny({ path: "CiliumClusterwideNetworkPolicy/deny" })), {
      ...web(deny({ path: "CiliumClusterwideNetworkPolicy/deny" })),
      name: "api",
    }),
    "a namespace without pods has no policy": holding(web(deny()), { name: "new", pods: 0, policies: [] }),
  },
  fail: {
    "no policy at all": holding(web()),
    "only ingress is denied": holding(web(deny({ denies: ["ingress"] }))),
    "only egress is denied": holding(web(deny({ denies: ["egress"] }))),
    "the second namespace has none": holding(web(deny()), { name: "api", pods: 1, policies: [] }),
    "a policy lets all egress through beside one that denies": holding(
      web(deny(), deny({ path: "web/NetworkPolicy/allow-egress", denies: [], allows: ["egress"] })),
    ),
    "a policy lets everything through where no pod is yet": holding(web(deny()), {
      name: "new",
      pods: 0,
      policies: [deny({ path: "new/NetworkPolicy/allow-all", denies: [], allows: ["ingress", "egress"] })],
    }),
    "no engine": { networkPolicy: noEngine },
    "no engine, and nobody looked": { networkPolicy: noEngine, namespaceIsolation: notInspected },
    "an engine that does not serve the Windows pools": {
      networkPolicy: { engine: set("azure"), dataplane: absent("azure"), windowsPools: { listed: ["win"] } },
    },
    "a plugin of its own, and no policy": { networkPolicy: { plugin: set("none") }, ...holding(web()) },
  },
  notApplicable: {
    "no namespace has pods that policies reach": holding({ name: "default", pods: 0, policies: [] }),
  },
  unknown: {
    "nobody looked": { namespaceIsolation: notInspected },
    "no namespace is listed": holding(),
    "a plugin of its own, whose engine nobody knows": { networkPolicy: { plugin: set("none") } },
  },
});

test("each namespace is named, with all that is wrong there", () => {
  const open = holding(
    web(deny({ path: "web/NetworkPolicy/allow-egress", denies: ["ingress"], allows: ["egress"] })),
    { name: "api", pods: 1, policies: [] },
    { name: "good", pods: 1, policies: [deny()] },
  );
  expect(
    assess(defaultDenyEverywhere, snapshot(open)).evidence.map(({ path, observed }) => [path, observed]),
  ).toEqual([
    [
      "Namespace/web",
      "open: web/NetworkPolicy/allow-egress lets all egress through; no policy denies egress by default",
    ],
    ["Namespace/api", "open: no policy denies ingress and egress by default"],
  ]);
});

test("a pass names the policies of each namespace", () => {
  expect(assess(defaultDenyEverywhere, snapshot()).evidence).toMatchObject([
    { path: "Namespace/web", observed: ["web/NetworkPolicy/default-deny"] },
  ]);
});

test("without an engine it fails though the namespaces could not be read", () => {
  const blind = withReading(snapshot({ networkPolicy: noEngine }), "namespaceIsolation", unavailable(gap()));
  expect(assess(defaultDenyEverywhere, blind).kind).toBe("fail");
});

test("the reason is why nobody looked", () => {
  expect(assess(defaultDenyEverywhere, snapshot({ namespaceIsolation: notInspected })).reason).toBe(
    "Inspection is off.",
  );
});
