import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mapBinding } from "../../../../src/adapters/kubernetes/objects/map-binding.ts";
import { mapPod } from "../../../../src/adapters/kubernetes/objects/map-pod.ts";
import { mapRole } from "../../../../src/adapters/kubernetes/objects/map-role.ts";
import { rulesMeaning } from "../../../../src/adapters/kubernetes/objects/policies/blanket-rule.ts";
import { mapCalicoPolicy } from "../../../../src/adapters/kubernetes/objects/policies/calico-policy.ts";
import { mapCiliumPolicy } from "../../../../src/adapters/kubernetes/objects/policies/cilium-policy.ts";
import { mapKubernetesPolicy } from "../../../../src/adapters/kubernetes/objects/policies/kubernetes-policy.ts";
import { MalformedPropertyError, type Place } from "../../../../src/adapters/row.ts";
import { podRules } from "../../../../src/domain/pods/pod-rules.ts";
import { createPodTally } from "../../../../src/domain/pods/pod-tally.ts";
import type { RawObject } from "../../../../src/emulator/estate/world.ts";
import { inspect } from "../support/inspect.ts";
import {
  rawBinding,
  rawContainer,
  rawNamespace,
  rawPod,
  rawPolicy,
  rawRole,
} from "../support/raw-objects.ts";

/** Breaks every rule there is, and has secrets in every way. */
const offender = rawPod({
  namespace: "default",
  metadata: { labels: { app: "web" } },
  spec: {
    automountServiceAccountToken: true,
    hostPID: true,
    hostIPC: true,
    hostNetwork: true,
    securityContext: { runAsUser: 0, runAsNonRoot: false, seccompProfile: { type: "Unconfined" } },
    volumes: [
      { name: "logs", hostPath: { path: "/var/log" } },
      { name: "tls", secret: { secretName: "web-tls" } },
    ],
    containers: [
      {
        name: "api",
        image: "busybox",
        securityContext: {
          privileged: true,
          allowPrivilegeEscalation: true,
          readOnlyRootFilesystem: false,
          capabilities: { add: ["SYS_ADMIN"], drop: ["NET_RAW"] },
        },
        ports: [{ containerPort: 80, hostPort: 80 }],
        env: [
          { name: "DB_PASSWORD", value: "x1" },
          { name: "USER", valueFrom: { secretKeyRef: { name: "database", key: "user" } } },
        ],
        envFrom: [{ secretRef: { name: "all" } }],
      },
      rawContainer({ name: "sidecar" }),
    ],
  },
});

const peers = [{ ipBlock: { cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] } }, { podSelector: {} }];
const objects: Readonly<Record<string, { readonly raw: RawObject; readonly map: (root: Place) => unknown }>> =
  {
    pod: { raw: offender, map: mapPod },
    "hardened pod": { raw: rawPod({ spec: { nodeSelector: { "kubernetes.io/os": "linux" } } }), map: mapPod },
    "network policy": {
      raw: rawPolicy("web", "p", {
        podSelector: { matchLabels: {}, matchExpressions: [] },
        policyTypes: ["Ingress", "Egress"],
        ingress: [{ from: peers, ports: [{ port: 80, protocol: "TCP", endPort: 90 }] }],
        egress: [{}],
      }),
      map: mapKubernetesPolicy,
    },
    "policy of Cilium": {
      raw: rawPolicy("web", "p", {
        endpointSelector: {
          matchExpressions: [{ key: "io.kubernetes.pod.namespace", operator: "In", values: ["web"] }],
        },
        enableDefaultDeny: { ingress: true },
        ingress: [
          { fromEntities: ["world"], toPorts: [{ ports: [{ port: "80" }] }] },
          { fromCIDRSet: [{ cidr: "0.0.0.0/0", except: [] }] },
        ],
      }),
      map: mapCiliumPolicy,
    },
    "policy of Calico": {
      raw: rawPolicy("web", "p", {
        selector: "all()",
        namespaceSelector: "has(team)",
        types: ["Ingress"],
        order: 10,
        ingress: [
          {
            action: "Allow",
            protocol: "TCP",
            source: { nets: ["10.0.0.0/8"] },
            destination: { ports: [80] },
          },
        ],
      }),
      map: mapCalicoPolicy,
    },
    role: { raw: rawRole("r", [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }]), map: mapRole },
    binding: {
      raw: rawBinding(
        "b",
        "ClusterRole/cluster-admin",
        [{ kind: "ServiceAccount", name: "x", namespace: "y" }],
        "web",
      ),
      map: mapBinding,
    },
  };

/** Where something stands in an object, from its root on. */
type Path = readonly (string | number)[];

function pathsIn(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const children: readonly Path[] = Array.isArray(value)
    ? value.flatMap((entry, index) => pathsIn(entry, [...path, index]))
    : Object.entries(value).flatMap(([key, entry]) => pathsIn(entry, [...path, key]));
  return path.length === 0 ? children : [path, ...children];
}

function altered(value: unknown, [first, ...rest]: Path, change: (old: unknown) => unknown): unknown {
  if (first === undefined) return change(value);
  if (Array.isArray(value))
    return value.map((entry, index) => (index === first ? altered(entry, rest, change) : entry));
  return Object.fromEntries(
    Object.entries(value as RawObject).map(([key, entry]) => [
      key,
      key === first ? altered(entry, rest, change) : entry,
    ]),
  );
}

const samples: readonly unknown[] = ["", "text", 7, 0, true, false, [], ["text"], [{}], {}, { a: 1 }];
const typeOf = (value: unknown) => (Array.isArray(value) ? "list" : typeof value);

/** An object with something else at one place: of another type than stood there. */
function wronglyTyped(raw: RawObject): fc.Arbitrary<unknown> {
  return fc
    .tuple(fc.constantFrom(...pathsIn(raw)), fc.constantFrom(...samples))
    .map(([path, value]) => altered(raw, path, (old) => (typeOf(value) === typeOf(old) ? [[old]] : value)));
}

describe.each(Object.entries(objects))("a %s with anything anywhere", (_, { raw, map }) => {
  it("is read or malformed, and nothing else happens", () => {
    const anything = fc
      .tuple(fc.constantFrom(...pathsIn(raw)), fc.jsonValue())
      .map(([path, value]) => altered(raw, path, () => value));
    fc.assert(
      fc.property(anything, (value) => {
        try {
          map({ path: "", value });
        } catch (error) {
          if (!(error instanceof MalformedPropertyError)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("a pod that offends", () => {
  it("still does, or cannot be read, whatever is of a wrong type in it", () => {
    fc.assert(
      fc.property(wronglyTyped(offender), (value) => {
        let pod: ReturnType<typeof mapPod>;
        try {
          pod = mapPod({ path: "", value });
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedPropertyError);
          return;
        }
        expect(podRules.filter(({ isBroken }) => !isBroken(pod))).toEqual([]);
        const tally = createPodTally();
        tally.take(pod);
        const ways = [tally.environmentSecrets(), tally.mountedSecrets(() => false)];
        expect(ways.map(({ uses }) => uses.length)).toEqual([1, 1]);
      }),
      { numRuns: 1_000 },
    );
  });

  it("leaves its cluster partly told when it cannot be read, and never passed", async () => {
    const samplesOfIt = fc.sample(wronglyTyped(offender), { numRuns: 60, seed: 1 });
    const malformed = samplesOfIt.filter((value) => {
      try {
        mapPod({ path: "", value });
        return false;
      } catch {
        return true;
      }
    });
    expect(malformed.length).toBeGreaterThan(20);
    const { readings } = await inspect({
      lists: { "/api/v1/namespaces": [rawNamespace("default")], "/api/v1/pods": [rawPod(), ...malformed] },
    });
    for (const group of [
      "environmentSecrets",
      "mountedSecrets",
      "podImages",
      "inspectedWorkloads",
      "namespaceIsolation",
    ] as const)
      expect(readings[group]).toMatchObject({ state: "partial", gap: { reason: "malformed" } });
  });
});

describe("a policy that lets everything through", () => {
  const open: Readonly<Record<string, { readonly raw: RawObject; readonly map: typeof mapCiliumPolicy }>> = {
    Kubernetes: {
      raw: rawPolicy("web", "p", {
        podSelector: {},
        policyTypes: ["Ingress"],
        ingress: [{ from: [], ports: [] }],
      }),
      map: mapKubernetesPolicy,
    },
    Cilium: {
      raw: rawPolicy("web", "p", { endpointSelector: {}, ingress: [{ fromEntities: ["all"] }] }),
      map: mapCiliumPolicy,
    },
    Calico: {
      raw: rawPolicy("web", "p", { selector: "all()", types: ["Ingress"], ingress: [{ action: "Allow" }] }),
      map: mapCalicoPolicy,
    },
  };

  it.each(Object.entries(open))(
    "in the words of %s still does, or cannot be read, whatever is of a wrong type in it",
    (_, { raw, map }) => {
      fc.assert(
        fc.property(wronglyTyped(raw), (value) => {
          let rules: ReturnType<typeof map>;
          try {
            rules = map({ path: "", value });
          } catch (error) {
            expect(error).toBeInstanceOf(MalformedPropertyError);
            return;
          }
          const told = rulesMeaning({ name: "web", labels: new Map() }, rules);
          const denies = told.some((one) => one.denies.includes("ingress"));
          const allows = told.some((one) => one.allows.includes("ingress"));
          expect(denies && !allows).toBe(false);
        }),
        { numRuns: 500 },
      );
    },
  );
});
