import { describe, expect, it } from "vitest";
import type { DirectoryMember, ListedWorld } from "../../../../src/emulator/estate/world.ts";
import type { Fault } from "../../../../src/emulator/faults.ts";
import { readFacts } from "../../../support/fact-source.ts";
import { clusterRow, payments, search, smallWorld } from "../../../support/world-small.ts";

const [one, two, gone] = ["1", "2", "3"].map((digit) => `0000000${digit}-0000-4000-8000-00000000000a`) as [
  string,
  string,
  string,
];

function member(id: string, changes: Partial<DirectoryMember> = {}): DirectoryMember {
  return { kind: "user", id, displayName: `name of ${id}`, userType: "Member", ...changes };
}

function worldWith(
  ids: readonly unknown[],
  groups: ListedWorld["groups"] = {
    [one]: [member("a"), member("b"), member("night", { kind: "group", userType: null })],
  },
): ListedWorld {
  const naming = (subscription: string, name: string) =>
    clusterRow(subscription, name, { aadProfile: { managed: true, adminGroupObjectIDs: ids } });
  return smallWorld({
    groups,
    rows: [
      naming(payments, "aks-pay-1"),
      naming(search, "aks-search-1"),
      clusterRow(search, "aks-plain", { aadProfile: null }),
    ],
  });
}

async function read(world: ListedWorld, faults: readonly Fault[] = [], name = "aks-pay-1") {
  const { of, requests } = await readFacts("adminGroupMembers", world, faults);
  return { reading: of(name).adminGroupMembers, requests };
}

describe("the groups that administer a cluster", () => {
  it("are told with how many are in them, groups in them aside", async () => {
    const { reading } = await read(worldWith([one]));
    expect(reading).toEqual({
      state: "collected",
      value: { groups: [{ id: one, members: { count: 2, guests: [], untold: 0 } }] },
    });
  });

  it("are told with their guests, with applications, and with people of whom nobody says", async () => {
    const { reading } = await read(
      worldWith([one], {
        [one]: [
          member("a", { userType: "Guest" }),
          member("b", { userType: null }),
          member("c", { kind: "servicePrincipal", userType: null }),
        ],
      }),
    );
    expect(reading).toMatchObject({
      value: { groups: [{ members: { count: 3, guests: ["a"], untold: 1 } }] },
    });
  });

  it("may be empty, or nowhere in the directory", async () => {
    const { reading } = await read(worldWith([one, gone], { [one]: [] }));
    expect(reading).toMatchObject({
      state: "collected",
      value: {
        groups: [
          { id: one, members: { count: 0 } },
          { id: gone, members: null },
        ],
      },
    });
  });

  it("are read to their last page", async () => {
    const many = Array.from({ length: 2_500 }, (_, number) => member(`m${number}`));
    const { reading, requests } = await read(worldWith([one], { [one]: many }));
    expect(reading).toMatchObject({ value: { groups: [{ members: { count: 2_500 } }] } });
    expect(requests).toHaveLength(3);
  });

  it("are asked for once, however many clusters name them and in whatever casing", async () => {
    const { requests } = await read(worldWith([one.toUpperCase(), one]));
    expect(requests.map(({ service }) => service)).toEqual(["directory"]);
  });

  it("are none where none is named", async () => {
    const { reading } = await read(worldWith([one]), [], "aks-plain");
    expect(reading).toEqual({ state: "collected", value: { groups: [] } });
  });

  it("are unread without the permission, which is named, and nothing more is asked", async () => {
    const { reading, requests } = await read(worldWith([one, two, gone]), [
      { match: { service: "directory" }, kind: "403" },
    ]);
    expect(reading).toMatchObject({
      state: "partial",
      value: { groups: [] },
      gap: { reason: "accessDenied", remedy: expect.stringContaining("GroupMember.Read.All") },
    });
    expect(requests).toHaveLength(1);
  });

  it.each(["429", "503", "hang", "html", "truncatedJson", "jsonArray"] as const)(
    "are unread when Microsoft Graph answers %s for good",
    async (kind) => {
      const { reading } = await readFacts(
        "adminGroupMembers",
        worldWith([one]),
        [{ match: { service: "directory" }, kind }],
        { patience: { tryTimeoutInMs: 20 } },
      ).then(({ of }) => ({ reading: of("aks-pay-1").adminGroupMembers }));
      expect(reading).toMatchObject({ state: "partial", value: { groups: [] } });
    },
  );

  it("are read once Microsoft Graph has time", async () => {
    const { reading } = await read(worldWith([one]), [
      { match: { service: "directory" }, kind: "429", times: 1 },
    ]);
    expect(reading).toMatchObject({ state: "collected" });
  });

  it("leave out nobody who cannot be made out", async () => {
    const { reading } = await read(
      worldWith([one, two], { [one]: [{ ...member("a"), userType: 7 as never }], [two]: [member("b")] }),
    );
    expect(reading).toMatchObject({
      state: "partial",
      value: { groups: [{ id: two }] },
      gap: { reason: "malformed", detail: expect.stringContaining("userType is a number") },
    });
  });

  it("are unread when the row does not tell them", async () => {
    const { reading } = await read(worldWith([7]));
    expect(reading).toMatchObject({ state: "unavailable", gap: { reason: "malformed" } });
  });
});
