import { describe, expect, it } from "vitest";
import type { Pod } from "../../../src/domain/pods/pod.ts";
import { createPodTally } from "../../../src/domain/pods/pod-tally.ts";
import { container, pod } from "./pods.ts";

function tallyOf(...pods: readonly Pod[]) {
  const tally = createPodTally();
  for (const one of pods) tally.take(one);
  return tally;
}

const nothingSynced = () => false;
const privileged = "95edb821-ddaf-4404-9732-666045e056b4";

function answer(tally: ReturnType<typeof createPodTally>, definition: string) {
  return tally.look("/api/v1/pods").answers.find((one) => one.definition === definition)?.result;
}

describe("offenders", () => {
  const offender = (workload: string) => pod({ workload, containers: [container({ privileged: true })] });

  it("are named once for all their pods, in order", () => {
    const tally = tallyOf(
      offender("web/Deployment/b"),
      offender("web/Deployment/a"),
      offender("web/Deployment/b"),
    );
    expect(answer(tally, privileged)).toEqual({
      state: "seen",
      offenders: ["web/Deployment/a", "web/Deployment/b"],
      isCutOff: false,
    });
  });

  it.each([
    [1_000, false],
    [1_001, true],
  ])("%i of them are listed up to a thousand", (count, isCutOff) => {
    const tally = tallyOf(...Array.from({ length: count }, (_, index) => offender(`web/Pod/${index}`)));
    expect(answer(tally, privileged)).toMatchObject({ isCutOff, offenders: { length: 1_000 } });
  });

  it("are looked for by every rule even where there is no pod", () => {
    const results = tallyOf().look("/api/v1/pods").answers;
    expect(results).toHaveLength(12);
    expect(results.every(({ result }) => result.state === "seen" && result.offenders.length === 0)).toBe(
      true,
    );
  });
});

describe("pods on the cluster's network", () => {
  it("are counted by namespace, without those that ended and those on their node's", () => {
    const tally = tallyOf(
      pod(),
      pod(),
      pod({ namespace: "shop" }),
      pod({ hasEnded: true }),
      pod({ hostNetwork: true }),
    );
    expect([...tally.networkedPods()]).toEqual([
      ["web", 2],
      ["shop", 1],
    ]);
  });
});

describe("secrets in the environment", () => {
  const variable = { name: "DB_PASSWORD", secret: null, isLiteral: false };

  it("come from Secrets, as one variable or as all of them, or stand there under a telling name", () => {
    const { uses } = tallyOf(
      pod({
        containers: [
          container({
            variables: [{ ...variable, name: "USER", secret: "database" }],
            secretEnvironments: ["all"],
          }),
          container({ name: "init", kind: "init", variables: [{ ...variable, isLiteral: true }] }),
        ],
      }),
    ).environmentSecrets();
    expect(uses).toEqual([
      {
        path: "web/Deployment/api",
        observed:
          "container api: USER from Secret database; container api: all of Secret all; container init: DB_PASSWORD with its value in the pod",
      },
    ]);
  });

  it("are counted beyond the third", () => {
    const variables = ["A", "B", "C", "D", "E"].map((name) => ({ ...variable, name, secret: "database" }));
    const { uses } = tallyOf(pod({ containers: [container({ variables })] })).environmentSecrets();
    expect(uses[0]?.observed).toMatch(
      /^container api: A .*; container api: C from Secret database; and 2 more$/,
    );
  });

  it("are none where the name tells nothing, or nothing stands there", () => {
    const variables = [variable, { name: "LOG_LEVEL", secret: null, isLiteral: true }];
    expect(tallyOf(pod({ containers: [container({ variables })] })).environmentSecrets()).toEqual({
      uses: [],
      isCutOff: false,
      workloads: 1,
    });
  });
});

describe("mounted Secrets", () => {
  const mounting = (workload: string) =>
    pod({
      workload,
      mountedSecrets: [
        { volume: "tls", secret: "web-tls" },
        { volume: "db", secret: "database" },
      ],
    });

  it("are told but for those that the driver keeps up in that namespace", () => {
    const { uses } = tallyOf(mounting("web/Deployment/api")).mountedSecrets(
      (namespace, secret) => namespace === "web" && secret === "web-tls",
    );
    expect(uses).toEqual([{ path: "web/Deployment/api", observed: "volume db: Secret database" }]);
  });

  it.each([
    [1_000, false],
    [1_001, true],
  ])("of %i workloads are listed up to a thousand", (count, isCutOff) => {
    const pods = Array.from({ length: count }, (_, index) => mounting(`web/Pod/${index}`));
    expect(tallyOf(...pods).mountedSecrets(nothingSynced)).toMatchObject({
      isCutOff,
      uses: { length: 1_000 },
      workloads: count,
    });
  });
});

describe("images", () => {
  it("are told once each, with the first workload by name and how many there are", () => {
    const b = container({ image: "b" });
    expect(
      tallyOf(
        pod({ workload: "web/Deployment/z", containers: [b, container({ image: "a", kind: "init" })] }),
        pod({ workload: "web/Deployment/y", containers: [b] }),
        pod({ workload: "web/Deployment/y", containers: [b] }),
      ).images(),
    ).toEqual([
      { image: "a", path: "web/Deployment/z", workloads: 1 },
      { image: "b", path: "web/Deployment/y", workloads: 2 },
    ]);
  });
});
