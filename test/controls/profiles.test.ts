import { describe, expect, test } from "vitest";
import { catalogue } from "../../src/controls/index.ts";
import { findProfile, type ProfileRequest, profileFrom, profileNames } from "../../src/controls/profiles.ts";
import type { References } from "../../src/domain/control.ts";
import type { Profile } from "../../src/domain/profile.ts";

const headline = [
  "identity.local-accounts-disabled",
  "control-plane.api-server-restricted",
  "nodes.azure-linux-current",
  "nodes.public-ips-absent",
  "monitoring.defender-sensor-on",
  "monitoring.defender-plan-on",
];
const openDoor = "control-plane.open-door-absent";

describe("built-in profiles", () => {
  test("are found by name and by nothing else", () => {
    expect(profileNames).toEqual(["default", "headline", "guide-a", "guide-b", "cis-aks", "mcsb"]);
    for (const name of profileNames) expect(findProfile(name)?.name).toBe(name);
    expect(findProfile("toString")).toBeNull();
  });

  test.each(["default", "headline", "guide-a", "guide-b"])(
    "%s holds the headline controls and the combination, as severe as they are",
    (name) => {
      const profile = findProfile(name);
      expect(idsOf(profile)).toEqual(expect.arrayContaining([...headline, openDoor]));
      for (const { control, severity } of profile?.controls ?? []) expect(severity).toBe(control.severity);
    },
  );

  test("default holds the whole catalogue, in its order, but what is only for those who ask", () => {
    const optional = [
      "nodes.azure-linux-preferred",
      "network.traffic-encrypted",
      "secrets.mounted-by-driver",
    ];
    expect(idsOf(findProfile("default"))).toEqual(
      catalogue.map(({ id }) => id).filter((id) => !optional.includes(id)),
    );
  });

  test.each([
    ["guide-a", ({ guides }: References) => guides?.includes("A")],
    ["guide-b", ({ guides }: References) => guides?.includes("B")],
    ["cis-aks", ({ cis }: References) => cis],
    ["mcsb", ({ mcsb }: References) => mcsb],
  ])("%s holds what its source asks for, and the headline controls", (name, isAsked) => {
    const asked = catalogue.filter(({ id, references }) => headline.includes(id) || isAsked(references));
    expect(idsOf(findProfile(name))).toEqual(asked.map(({ id }) => id));
  });
});

describe("profileFrom", () => {
  test("adds the headline controls to whatever is asked", () => {
    expect(idsOf(made({ name: "ours", controls: [] }))).toEqual(headline);
    expect(idsOf(made({ name: "ours", controls: [{ id: openDoor }] }))).toContain(openDoor);
  });

  test("keeps the order of the catalogue", () => {
    const ids = idsOf(made({ name: "ours", controls: catalogue.map(({ id }) => ({ id })).reverse() }));
    expect(ids).toEqual(catalogue.map(({ id }) => id));
  });

  test("gives a control the severity that is asked, up or down, and the others their own", () => {
    const profile = made({
      name: "ours",
      controls: [
        { id: "monitoring.defender-plan-on", severity: "critical" },
        { id: "nodes.azure-linux-current", severity: "low" },
      ],
    });
    expect(profile.controls.map(({ control, severity }) => [control.id, severity])).toEqual([
      ["identity.local-accounts-disabled", "high"],
      ["control-plane.api-server-restricted", "critical"],
      ["nodes.azure-linux-current", "low"],
      ["nodes.public-ips-absent", "high"],
      ["monitoring.defender-sensor-on", "high"],
      ["monitoring.defender-plan-on", "critical"],
    ]);
  });

  test("tells every fault at once", () => {
    const outcome = profileFrom({
      name: "default",
      controls: [{ id: "nodes.gone" }, { id: openDoor, severity: "urgent" }, { id: openDoor }],
    });
    const faults = "faults" in outcome ? outcome.faults : [];
    expect(faults).toHaveLength(4);
    for (const said of ["default", "nodes.gone", "urgent", "twice"])
      expect(faults.join("\n")).toContain(said);
  });
});

function made(request: ProfileRequest): Profile {
  const outcome = profileFrom(request);
  if ("faults" in outcome) throw new Error(outcome.faults.join("\n"));
  return outcome.profile;
}

function idsOf(profile: Profile | null): readonly string[] {
  return profile?.controls.map(({ control }) => control.id) ?? [];
}
