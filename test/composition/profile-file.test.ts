import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { isProfileFile, readProfileFile } from "../../src/composition/profile-file.ts";

const controls = ["identity.token-issuers-known"];

describe("the parameters of a profile", () => {
  test("are taken as they are written", () => {
    const parameters = {
      allowedRegistries: [
        "contoso.azurecr.io",
        "mcr.microsoft.com/oss/kubernetes",
        "docker.io/library",
        "registry.contoso.example:5000/team_a/web-shop",
        "localhost",
        "localhost:5000",
        "10.1.2.3/base",
      ],
      knownIssuers: [
        "Microsoft.DataProtection/backupVaults",
        "microsoft.machinelearningservices/workspaces",
        "https://token.actions.example",
        "https://login.example/tenants/7/v2.0/",
      ],
    };
    expect(profileOf({ controls, parameters }).parameters).toEqual(parameters);
  });

  test("may be given one without the other", () => {
    expect(profileOf({ controls, parameters: { knownIssuers: ["https://i.example"] } }).parameters).toEqual({
      allowedRegistries: [],
      knownIssuers: ["https://i.example"],
    });
    expect(profileOf({ controls }).parameters).toBeUndefined();
  });

  test.each([
    ["https://contoso.azurecr.io", "begins with a scheme"],
    ["contoso.azurecr.io:latest", "names a tag or a digest"],
    ["contoso.azurecr.io/web:1.0", "names a tag or a digest"],
    ["contoso.azurecr.io:443/web:8080", "names a tag or a digest"],
    [`contoso.azurecr.io/web@sha256:${"a".repeat(64)}`, "names a tag or a digest"],
    ["Contoso.azurecr.io", "holds capital letters"],
    ["contoso.azurecr.io/Web", "holds capital letters"],
    ["*.azurecr.io", "holds a pattern"],
    ["^contoso[.]azurecr[.]io/.+$", "holds a pattern"],
    ["contoso.azurecr.io/", "ends with a slash"],
    ["contoso", "names no host"],
    ["library/nginx", "names no host"],
    ["", "names no host"],
    ["contoso.azurecr.io//web", "is no registry"],
    ["contoso..azurecr.io", "is no registry"],
    ["-contoso.azurecr.io", "is no registry"],
    ["contoso.azurecr.io /web", "is no registry"],
    ["contoso.azurecr.io/.web", "is no registry"],
  ])("name no registry by %j", (registry, says) => {
    expect(
      faultsOf({ controls, parameters: { allowedRegistries: ["mcr.microsoft.com", registry] } }),
    ).toEqual([
      expect.stringContaining(`parameters allowedRegistries 1 ${JSON.stringify(registry)} ${says}`),
    ]);
  });

  test.each([
    "http://i.example",
    "https://",
    "https://[i.example",
    "https://i.example?x=1",
    "https://i.example#x",
    "https://user@i.example",
    "i.example",
    "backupVaults",
    "Microsoft.DataProtection",
    "/subscriptions/1/providers/Microsoft.DataProtection/backupVaults/v",
    " https://i.example",
    "",
  ])("name no issuer by %j", (issuer) => {
    expect(faultsOf({ controls, parameters: { knownIssuers: [issuer] } })).toEqual([
      expect.stringContaining(
        `parameters knownIssuers 0 ${JSON.stringify(issuer)} is neither a type of resources`,
      ),
    ]);
  });

  test("are refused when they name nothing or something else, all faults at once", () => {
    const faults = faultsOf({
      controls,
      parameters: { allowedRegistries: [], knownIssuers: [7], issuers: [] },
    });
    expect(faults).toHaveLength(3);
    expect(faults).toContain("parameters allowedRegistries names nothing; leave it out to say nothing");
    expect(faults).toContain("parameters knownIssuers 0 is missing or is no string");
    expect(faults).toContain('parameters has no "issuers"; it has allowedRegistries, knownIssuers');
  });
});

describe("a profile of another shape", () => {
  test.each([
    [[], "the profile is missing or is no object"],
    [{ controls: [] }, "controls names none"],
    [{ controls, extra: 1 }, 'the profile has no "extra"; it has name, controls, clusters, parameters'],
    [{ controls: [7] }, "controls 0 is neither the id of a control nor an object with its id"],
    [{ controls: [{ id: controls[0], sev: 1 }] }, 'controls 0 has no "sev"; it has id, severity'],
    [
      { controls, clusters: { only: { tag: {} } } },
      'clusters only has no "tag"; it has tags, subscriptions, resourceGroups',
    ],
    [
      { controls, clusters: { except: { subscriptions: ["s"] } } },
      "clusters except subscriptions 0 is no subscription id",
    ],
  ])("is told in words: %j", (json, fault) => {
    expect(faultsOf(json)).toEqual([fault]);
  });

  test("is told together with the controls that there are not", () => {
    expect(faultsOf({ controls: ["nope.nope"], clusters: { only: { tag: {} } } })).toEqual([
      expect.stringContaining('no "tag"'),
      'There is no control "nope.nope"',
    ]);
  });
});

describe("the file of a profile", () => {
  test("may be the one that the README shows", () => {
    const [, shown = ""] = /```json\n(.*?)```/s.exec(readFileSync("README.md", "utf8")) ?? [];
    expect(shown).toContain('"parameters"');
    expect(profileOf(JSON.parse(shown)).name).toBe("ours");
  });

  test("gives it its name, unless it has one", () => {
    expect(profileOf({ controls }).name).toBe("ours");
    expect(profileOf({ name: "theirs", controls }).name).toBe("theirs");
  });

  test("is told from a built-in profile by a separator or by what its name ends with", () => {
    for (const text of ["ours.json", "Ours.JSON", "profiles/ours", "profiles\\ours", "./ours"])
      expect(isProfileFile(text)).toBe(true);
    for (const text of ["default", "ours", "json", ""]) expect(isProfileFile(text)).toBe(false);
  });
});

function outcomeOf(json: unknown) {
  return readProfileFile("profiles/ours.json", json);
}

function profileOf(json: unknown) {
  const outcome = outcomeOf(json);
  if ("faults" in outcome) throw new Error(outcome.faults.join("\n"));
  return outcome.profile;
}

function faultsOf(json: unknown): readonly string[] {
  const outcome = outcomeOf(json);
  return "faults" in outcome ? outcome.faults : [];
}
