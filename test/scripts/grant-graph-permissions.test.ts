import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type AzAnswer, type AzCall, createStubAz } from "./stub-az.ts";

const script = fileURLToPath(new URL("../../scripts/grant-graph-permissions.mjs", import.meta.url));
const principal = "50b00000-0000-4000-8000-00000000aaaa";
const service = "50b00000-0000-4000-8000-00000000bbbb";
const group = "50b00000-0000-4000-8000-000000000001";
const user = "50b00000-0000-4000-8000-000000000002";

const graph = "https://graph.microsoft.com/v1.0";
const where = "cloud show --query endpoints.microsoftGraphResourceId --output json";
const readService = `GET ${graph}/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')?$select=id,appRoles`;
const readPrincipal = `GET ${graph}/servicePrincipals/${principal}?$select=id,displayName,servicePrincipalType`;
const readHeld = `GET ${graph}/servicePrincipals/${principal}/appRoleAssignments`;
const grant = `POST ${graph}/servicePrincipals/${principal}/appRoleAssignments`;

const role = (id: string, value: string, changes = {}) => ({
  id,
  value,
  isEnabled: true,
  allowedMemberTypes: ["Application"],
  ...changes,
});
const roles = [role(group, "GroupMember.Read.All"), role(user, "User.Read.All")];
const granted = (appRoleId: string, resourceId = service) => ({ resourceId, appRoleId });

/** A tenant in which nothing is granted yet. */
const tenant: Readonly<Record<string, readonly AzAnswer[]>> = {
  [where]: [{ json: "https://graph.microsoft.com/" }],
  [readService]: [{ json: { id: service, appRoles: roles } }],
  [readPrincipal]: [
    { json: { id: principal, displayName: "id-midwatch", servicePrincipalType: "ManagedIdentity" } },
  ],
  [readHeld]: [{ json: { value: [] } }],
  [grant]: [{ json: { id: "1" } }],
};

interface Run {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly calls: readonly AzCall[];
}

describe("granting permissions of Microsoft Graph", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "midwatch-grant-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function run(
    argv: readonly string[],
    changes: Readonly<Record<string, readonly AzAnswer[]>> = {},
  ): Promise<Run> {
    const az = createStubAz(folder, { ...tenant, ...changes });
    return runWith(argv, az.path, az.calls);
  }

  test("tells what it would do, and does nothing, until it is told to", async () => {
    const { exitCode, stdout, stderr, calls } = await run([principal]);
    expect(stdout).toContain(`id-midwatch (ManagedIdentity, ${principal}) in ${graph}:`);
    expect(stdout).toMatch(/GroupMember\.Read\.All: who is in the groups.*; to be granted/);
    expect(stdout).toMatch(/User\.Read\.All: which of them are guests; to be granted/);
    expect(stdout).toContain("Nothing was changed. Run it again with --yes to grant.");
    expect(calls.map(({ call }) => call)).toEqual([where, readService, readPrincipal, readHeld]);
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
  });

  test("grants both by the ids that this tenant's Microsoft Graph has for them", async () => {
    const { exitCode, stdout, calls } = await run([principal.toUpperCase(), "--yes"]);
    expect(calls.filter(({ call }) => call === grant).map(({ body }) => body)).toEqual([
      { principalId: principal, resourceId: service, appRoleId: group },
      { principalId: principal, resourceId: service, appRoleId: user },
    ]);
    expect(stdout).toContain("Granted GroupMember.Read.All.\nGranted User.Read.All.\n");
    expect(exitCode).toBe(0);
  });

  test("grants only what is missing, wherever in the list the rest stands", async () => {
    const next = `${readHeld.slice("GET ".length)}?$skiptoken=2`;
    const { stdout, calls } = await run(["--yes", principal], {
      [readHeld]: [
        // The same role id of another service is no grant of ours.
        { json: { value: [granted(user, "50b00000-0000-4000-8000-00000000cccc")], "@odata.nextLink": next } },
      ],
      [`GET ${next}`]: [{ json: { value: [granted(group)] } }],
    });
    expect(stdout).toMatch(/GroupMember\.Read\.All: .*; granted already/);
    expect(calls.filter(({ call }) => call === grant).map(({ body }) => body)).toEqual([
      { principalId: principal, resourceId: service, appRoleId: user },
    ]);
  });

  test.each([
    ["in a circle", readHeld.slice("GET ".length)],
    ["elsewhere", "https://graph.example/v1.0/next"],
  ])("follows no pages that lead %s", async (_, next) => {
    const { exitCode, stderr, calls } = await run(["--yes", principal], {
      [readHeld]: [{ json: { value: [], "@odata.nextLink": next } }],
    });
    expect(stderr).toContain("lead in a circle or elsewhere");
    expect(calls.map(({ call }) => call)).not.toContain(grant);
    expect(exitCode).toBe(1);
  });

  test("shows a name without what would act on the terminal", async () => {
    const { stdout } = await run([principal], {
      [readPrincipal]: [
        { json: { id: principal, displayName: "id\u001b[2J", servicePrincipalType: "ManagedIdentity" } },
      ],
    });
    expect(stdout).not.toContain("\u001b");
    expect(stdout).toContain("id\uFFFD[2J");
  });

  test("takes no other refusal for a grant", async () => {
    const { exitCode, stdout } = await run([principal, "--yes"], {
      [grant]: [{ stderr: "ERROR: A policy with this name already exists" }],
    });
    expect(stdout).not.toContain("Granted");
    expect(exitCode).toBe(1);
  });

  test("has nothing to do a second time", async () => {
    const { exitCode, stdout, calls } = await run([principal, "--yes"], {
      [readHeld]: [{ json: { value: [granted(group), granted(user)] } }],
    });
    expect(stdout).toContain("Nothing to do.");
    expect(calls.map(({ call }) => call)).not.toContain(grant);
    expect(exitCode).toBe(0);
  });

  test("takes for granted what somebody else granted meanwhile", async () => {
    const { exitCode, stdout } = await run([principal, "--yes"], {
      [grant]: [
        {
          stderr:
            'ERROR: Bad Request({"error":{"code":"Request_BadRequest","message":"Permission being assigned already exists on the object"}})',
        },
        { json: {} },
      ],
    });
    expect(stdout).toContain("Granted User.Read.All.");
    expect(exitCode).toBe(0);
  });

  test("asks the Microsoft Graph of the cloud that az is signed in to", async () => {
    const { calls } = await run([principal], { [where]: [{ json: "https://graph.microsoft.us/" }] });
    expect(calls[1]?.call).toMatch(/^GET https:\/\/graph\.microsoft\.us\/v1\.0\/servicePrincipals/);
  });

  const forbidden =
    'ERROR: Forbidden({"error":{"code":"Authorization_RequestDenied","message":"Insufficient privileges to complete the operation."}})';

  const refusals: Readonly<Record<string, readonly [Readonly<Record<string, readonly AzAnswer[]>>, string]>> =
    {
      "nobody is signed in": [
        { [where]: [{ stderr: "ERROR: Please run 'az login' to setup account." }] },
        "az is not signed in; run az login first.",
      ],
      "az does not know the cloud": [{ [where]: [{ json: null }] }, "does not say where Microsoft Graph is"],
      "az answers something else": [{ [where]: [{ text: "<html>" }] }, 'not JSON: "<html>"'],
      "Microsoft Graph may not be read": [
        { [readService]: [{ stderr: forbidden }] },
        "Microsoft Graph's own permissions cannot be read: Forbidden",
      ],
      "there is no such identity": [
        { [readPrincipal]: [{ stderr: 'ERROR: Not Found({"error":{"code":"Request_ResourceNotFound"}})' }] },
        `there is no identity with the object id ${principal}`,
      ],
      "the identity may not be read": [
        { [readPrincipal]: [{ stderr: forbidden }] },
        `the identity ${principal} cannot be read: Forbidden`,
      ],
      "what is granted may not be read": [
        { [readHeld]: [{ stderr: forbidden }] },
        "what is granted already cannot be read: Forbidden",
      ],
      "a permission is not there": [
        { [readService]: [{ json: { id: service, appRoles: roles.slice(1) } }] },
        "no application permission GroupMember.Read.All",
      ],
      "a permission is for people alone": [
        {
          [readService]: [
            {
              json: {
                id: service,
                appRoles: [roles[0], role(user, "User.Read.All", { allowedMemberTypes: ["User"] })],
              },
            },
          ],
        },
        "no application permission User.Read.All",
      ],
      "a permission is switched off": [
        {
          [readService]: [
            {
              json: { id: service, appRoles: [roles[0], role(user, "User.Read.All", { isEnabled: false })] },
            },
          ],
        },
        "no application permission User.Read.All",
      ],
      "nobody may grant": [
        { [grant]: [{ stderr: forbidden }] },
        "GroupMember.Read.All was not granted: Forbidden",
      ],
    };

  test.each(Object.entries(refusals))("ends with 1 and one line when %s", async (_, [changes, says]) => {
    const { exitCode, stdout, stderr, calls } = await run([principal, "--yes"], changes);
    expect(stderr).toContain(says);
    expect(stderr).toMatch(/^grant-graph-permissions: [^\n]+\n$/);
    expect(stdout).not.toContain("Granted");
    expect(calls.filter(({ call }) => call === grant).length).toBeLessThanOrEqual(1);
    expect(exitCode).toBe(1);
  });

  test("names the role that whoever runs it lacks, and what was granted before", async () => {
    const { exitCode, stdout, stderr } = await run([principal, "--yes"], {
      [grant]: [{ json: {} }, { stderr: forbidden }],
    });
    expect(stdout).toContain("Granted GroupMember.Read.All.");
    expect(stderr).toContain("User.Read.All was not granted");
    expect(stderr).toContain("Privileged Role Administrator");
    expect(exitCode).toBe(1);
  });

  test("says so when there is no az", async () => {
    const { exitCode, stderr } = await runWith([principal], folder, () => []);
    expect(stderr).toBe(
      "grant-graph-permissions: the Azure CLI (az) is not here; install it, or run this in Azure Cloud Shell.\n",
    );
    expect(exitCode).toBe(1);
  });

  test.each([
    ["no identity", [], "the object id of the identity is missing"],
    ["a name for an id", ["id-midwatch"], '"id-midwatch" is not an object id'],
    ["two identities", [principal, service], `${service} is one more`],
    ["an option that does not exist", [principal, "--force"], "there is no option --force"],
  ])("refuses %s with 2 before it asks az anything", async (_, argv, says) => {
    const { exitCode, stderr, calls } = await run(argv);
    expect(stderr).toContain(says);
    expect(stderr).toContain("Usage: node scripts/grant-graph-permissions.mjs");
    expect(calls).toEqual([]);
    expect(exitCode).toBe(2);
  });

  test("explains itself", async () => {
    const { exitCode, stdout, calls } = await run(["--help"]);
    expect(stdout).toContain("Privileged Role Administrator");
    expect(calls).toEqual([]);
    expect(exitCode).toBe(0);
  });
});

function runWith(argv: readonly string[], path: string, calls: () => readonly AzCall[]): Promise<Run> {
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...argv], { env: { PATH: path } }, (error, stdout, stderr) => {
      resolve({ exitCode: Number(error?.code ?? 0), stdout, stderr, calls: calls() });
    });
  });
}
