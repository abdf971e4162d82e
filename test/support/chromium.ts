import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Browser, chromium } from "playwright-core";

const root = fileURLToPath(new URL("../..", import.meta.url));

// Nothing but the tests' own pages: no updates, no reports, no first-run pages.
const flags = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Starts a browser that comes from npm alone (`@sparticuz/chromium`, for Linux on x64); elsewhere an installed Chrome.
 * One browser is meant for a whole test file; whoever starts it closes it.
 */
export async function launchChromium(): Promise<Browser> {
  if (process.platform !== "linux" || process.arch !== "x64")
    return chromium.launch({ channel: "chrome", args: flags });
  const folder = await unpackChromium();
  const launch = (libraries: Record<string, string>) =>
    chromium.launch({
      executablePath: join(folder, "chromium"),
      args: flags,
      env: { ...process.env, FONTCONFIG_FILE: join(folder, "fonts.conf"), ...libraries },
    });
  try {
    return await launch({});
  } catch (error) {
    // A bare system lacks NSS and its kind, which the package ships for Amazon Linux.
    if (!String(error).includes("shared libraries")) throw error;
    return launch({ LD_LIBRARY_PATH: join(folder, "al2023", "lib") });
  }
}

/** Where screenshots go that people look at; not under version control. */
export async function screenshotPath(name: string): Promise<string> {
  const folder = join(root, ".midwatch", "screenshots");
  await mkdir(folder, { recursive: true });
  return join(folder, `${name}.png`);
}

/**
 * Unpacks the browser once per version. The package unpacks into the shared temporary folder and takes whatever lies
 * there for itself, so it is run apart, with a folder of its own that gets its final name when it is whole: test
 * files run at the same time.
 */
async function unpackChromium(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve("@sparticuz/chromium");
  const { version } = JSON.parse(await readFile(join(dirname(entry), "..", "..", "package.json"), "utf8"));
  const folder = join(root, ".midwatch", `chromium-${version}`);
  if (existsSync(join(folder, "chromium"))) return folder;

  await mkdir(dirname(folder), { recursive: true });
  const staging = await mkdtemp(`${folder}-`);
  const script = 'import("@sparticuz/chromium").then(({ default: chromium }) => chromium.executablePath())';
  await promisify(execFile)(process.execPath, ["-e", script], {
    cwd: root,
    // Taking itself to be on Lambda makes the package unpack the system libraries too.
    env: { ...process.env, TMPDIR: staging, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x" },
  });
  // The package's own settings look for its fonts in the shared folder; a bare system has no others.
  const fonts = [join(folder, "fonts"), "/usr/share/fonts"].map((path) => `<dir>${path}</dir>`).join("");
  const settings = `<fontconfig>${fonts}<cachedir>${join(folder, "fonts-cache")}</cachedir></fontconfig>`;
  await writeFile(join(staging, "fonts.conf"), settings);
  try {
    await rename(staging, folder);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    if (!existsSync(join(folder, "chromium"))) throw error;
  }
  return folder;
}
