import { describe, expect, it } from "vitest";
import { createDirectory } from "../../../src/adapters/azure/directory.ts";
import type { DirectoryMember } from "../../../src/emulator/estate/world.ts";
import type { Fault } from "../../../src/emulator/faults.ts";
import { emulatedAccess } from "../../support/emulated-access.ts";
import { smallWorld } from "../../support/world-small.ts";

const everybody: readonly DirectoryMember[] = Array.from({ length: 1_500 }, (_, number) => ({
  kind: "user",
  id: `person-${number}`,
  displayName: `engineer ${number}`,
  userType: "Member",
}));

function directoryWith(...faults: readonly Fault[]) {
  const { access, azure } = emulatedAccess(smallWorld({ groups: { all: everybody } }), { faults });
  return { directory: createDirectory(access), azure };
}

describe("the names of principals", () => {
  it("come in batches of a thousand, each id once", async () => {
    const { directory, azure } = directoryWith();
    const ids = everybody.map(({ id }) => id.toUpperCase());
    const names = await directory.names([...ids, ...ids]);
    expect(names.size).toBe(1_500);
    expect(names.get("person-1499")).toBe("engineer 1499");
    expect(azure.requests.map(({ service }) => service)).toEqual(["directory", "directory"]);
  });

  it("leave out those who are gone", async () => {
    const { directory } = directoryWith();
    expect(await directory.names(["person-1", "nobody"])).toEqual(new Map([["person-1", "engineer 1"]]));
  });

  it("are not asked for when there is nobody to name", async () => {
    const { directory, azure } = directoryWith();
    expect(await directory.names([])).toEqual(new Map());
    expect(azure.requests).toEqual([]);
  });

  it("are refused with the permission named", async () => {
    const { directory } = directoryWith({ match: { service: "directory" }, kind: "403" });
    await expect(directory.names(["person-1"])).rejects.toMatchObject({
      name: "SourceError",
      reason: "accessDenied",
      remedy: expect.stringContaining("Directory.Read.All"),
    });
  });

  it.each(["jsonNull", "jsonText", "emptyBody"] as const)(
    "are no names when what comes is %s",
    async (kind) => {
      const { directory } = directoryWith({ match: { service: "directory" }, kind });
      await expect(directory.names(["person-1"])).rejects.toMatchObject({ reason: "malformed" });
    },
  );
});

describe("the members of a group", () => {
  it("are asked for with a token for Microsoft Graph, at its address in the cloud", async () => {
    const { access, azure } = emulatedAccess(smallWorld({ groups: { all: everybody.slice(0, 3) } }));
    const graph = {
      endpoint: "https://graph.microsoft.us/",
      scopes: ["https://graph.microsoft.us/.default"],
    };
    expect(await createDirectory({ ...access, graph }).members("all")).toHaveLength(3);
    const other = { ...graph, scopes: ["https://management.azure.com/.default"] };
    await expect(createDirectory({ ...access, graph: other }).members("all")).rejects.toMatchObject({
      reason: "accessDenied",
    });
    expect(azure.requests.every(({ service }) => service === "directory")).toBe(true);
  });

  it("are none of a group that is not there", async () => {
    expect(await directoryWith().directory.members("none")).toBeNull();
  });
});
