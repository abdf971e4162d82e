// Gives Midwatch's identity the application permissions of Microsoft Graph that tell who administers clusters.
// Tells what it would do, and does it only with --yes. Needs Node and the Azure CLI, as Azure Cloud Shell has them.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const usage = `Usage: node scripts/grant-graph-permissions.mjs <object id of the identity> [--yes]

Without --yes it only tells what it would do. The object id is what this prints:
  azd env get-value MIDWATCH_PRINCIPAL_ID
Whoever runs it signs in with az login and is a Privileged Role Administrator.`;

const permissions = [
  { value: "GroupMember.Read.All", reason: "who is in the groups that administer clusters" },
  { value: "User.Read.All", reason: "which of them are guests" },
];

/** Of Microsoft Graph itself: the same in every tenant and cloud. */
const graphAppId = "00000003-0000-0000-c000-000000000000";
const objectId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A fault that is told in one line. */
class Refusal extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(`grant-graph-permissions: ${error.message}`);
  process.exitCode = error.exitCode;
}

async function run(argv) {
  if (argv.includes("--help") || argv.includes("-h")) return console.log(usage);
  const { principalId, isMeant } = readArguments(argv);
  const graph = await readGraphAddress();
  const service = await readService(graph);
  const principal = await readPrincipal(graph, principalId);
  const held = await readHeld(graph, principalId, service.id);
  // A name is anybody's text, and must not act on the terminal.
  const name = String(principal.displayName).replaceAll(/\p{C}/gu, "\uFFFD");
  console.log(`${name} (${principal.servicePrincipalType}, ${principalId}) in ${graph}:`);

  const missing = [];
  for (const permission of permissions) {
    const roleId = roleIdOf(service, permission.value);
    const isHeld = held.has(roleId);
    console.log(
      `  ${permission.value}: ${permission.reason}; ${isHeld ? "granted already" : "to be granted"}`,
    );
    if (!isHeld) missing.push({ ...permission, roleId });
  }
  if (missing.length === 0) return console.log("Nothing to do.");
  if (!isMeant) return console.log("Nothing was changed. Run it again with --yes to grant.");

  for (const { value, roleId } of missing) {
    await grant(graph, { principalId, resourceId: service.id, appRoleId: roleId }, value);
    console.log(`Granted ${value}.`);
  }
  console.log("Tokens that the identity holds already know nothing of it for up to a day.");
}

function readArguments(argv) {
  const unknown = argv.filter((argument) => argument.startsWith("-") && argument !== "--yes");
  const [principalId, ...more] = argv.filter((argument) => !argument.startsWith("-"));
  if (unknown.length > 0) throw new Refusal(`there is no option ${unknown[0]}.\n\n${usage}`, 2);
  if (principalId === undefined)
    throw new Refusal(`the object id of the identity is missing.\n\n${usage}`, 2);
  if (more.length > 0)
    throw new Refusal(`one object id is enough, and ${more[0]} is one more.\n\n${usage}`, 2);
  if (!objectId.test(principalId))
    throw new Refusal(`"${principalId}" is not an object id (GUID).\n\n${usage}`, 2);
  return { principalId: principalId.toLowerCase(), isMeant: argv.includes("--yes") };
}

/** Each cloud has its own; az knows which one it is signed in to. */
async function readGraphAddress() {
  const address = (
    await az(["cloud", "show", "--query", "endpoints.microsoftGraphResourceId", "--output", "json"])
  ).json;
  if (typeof address !== "string" || !address.startsWith("https://"))
    throw new Refusal("az does not say where Microsoft Graph is; update the Azure CLI.");
  return `${address.replace(/\/+$/, "")}/v1.0`;
}

async function readService(graph) {
  const answer = await rest("GET", `${graph}/servicePrincipals(appId='${graphAppId}')?$select=id,appRoles`);
  if (answer.refusal !== null)
    throw new Refusal(`Microsoft Graph's own permissions cannot be read: ${answer.refusal}`);
  if (typeof answer.json?.id !== "string" || !Array.isArray(answer.json.appRoles))
    throw new Refusal("Microsoft Graph's own permissions cannot be read: the answer lacks them.");
  return answer.json;
}

async function readPrincipal(graph, principalId) {
  const select = "$select=id,displayName,servicePrincipalType";
  const answer = await rest("GET", `${graph}/servicePrincipals/${principalId}?${select}`);
  if (answer.isNotFound)
    throw new Refusal(
      `there is no identity with the object id ${principalId} in the tenant that az is signed in to. The object id is meant, not the client id.`,
    );
  if (answer.refusal !== null)
    throw new Refusal(`the identity ${principalId} cannot be read: ${answer.refusal}`);
  return answer.json;
}

/** The ids of what Microsoft Graph has granted already, page by page. */
async function readHeld(graph, principalId, serviceId) {
  const held = new Set();
  const seen = new Set();
  let address = `${graph}/servicePrincipals/${principalId}/appRoleAssignments`;
  while (typeof address === "string") {
    // az sends the account's token along.
    if (!URL.canParse(address) || new URL(address).origin !== new URL(graph).origin || seen.has(address))
      throw new Refusal("what is granted already cannot be read: its pages lead in a circle or elsewhere.");
    seen.add(address);
    const answer = await rest("GET", address);
    if (answer.refusal !== null || !Array.isArray(answer.json?.value))
      throw new Refusal(
        `what is granted already cannot be read: ${answer.refusal ?? "the answer lacks it."}`,
      );
    for (const { resourceId, appRoleId } of answer.json.value)
      if (resourceId === serviceId) held.add(appRoleId);
    address = answer.json["@odata.nextLink"];
  }
  return held;
}

/** Looked up by its name, since only that is documented to stay. */
function roleIdOf({ appRoles }, value) {
  const role = appRoles.find(
    (one) => one.value === value && one.isEnabled === true && one.allowedMemberTypes?.includes("Application"),
  );
  if (role === undefined)
    throw new Refusal(`this tenant's Microsoft Graph has no application permission ${value}.`);
  return role.id;
}

async function grant(graph, assignment, value) {
  const address = `${graph}/servicePrincipals/${assignment.principalId}/appRoleAssignments`;
  const answer = await rest("POST", address, assignment);
  // Somebody else was faster.
  if (
    answer.refusal === null ||
    /Permission being assigned already exists on the object/i.test(answer.refusal)
  )
    return;
  const needed = /Authorization_RequestDenied|Insufficient privileges/i.test(answer.refusal)
    ? " Whoever grants permissions of Microsoft Graph is a Privileged Role Administrator."
    : "";
  throw new Refusal(`${value} was not granted: ${answer.refusal}${needed}`);
}

async function rest(method, url, body) {
  const call = ["rest", "--method", method, "--url", url, "--output", "json"];
  if (body === undefined) return az(call);
  // From a file, because shells and az disagree about quotes in JSON.
  const folder = await mkdtemp(join(tmpdir(), "midwatch-grant-"));
  try {
    const file = join(folder, "body.json");
    await writeFile(file, JSON.stringify(body));
    return await az([...call, "--headers", "content-type=application/json", "--body", `@${file}`]);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What az answers, or why it refused in one line. Without az, or without an account, nothing else can be done. */
async function az(call) {
  try {
    const { stdout } = await promisify(execFile)("az", call, { maxBuffer: 64 << 20 });
    return { json: parse(stdout), refusal: null, isNotFound: false };
  } catch (error) {
    if (error instanceof Refusal) throw error;
    if (error.code === "ENOENT")
      throw new Refusal("the Azure CLI (az) is not here; install it, or run this in Azure Cloud Shell.");
    const said = String(error.stderr ?? error.message);
    if (/az login/i.test(said)) throw new Refusal("az is not signed in; run az login first.");
    return {
      json: null,
      refusal: said
        .replace(/^ERROR: /i, "")
        .replaceAll(/\s+/g, " ")
        .trim()
        .slice(0, 500),
      isNotFound: /Request_ResourceNotFound|ResourceNotFound|Not Found/i.test(said),
    };
  }
}

function parse(text) {
  if (text.trim() === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(`az answered something that is not JSON: ${JSON.stringify(text.slice(0, 60))}`);
  }
}
