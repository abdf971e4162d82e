/**
 * The machine's environment for a process that works on the emulated Azure: without the settings of another Midwatch,
 * another sign-in, and without proxies, which do not reach loopback.
 */
export function inheritedEnvironment(): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, value ?? ""]));
}

const foreign = /^(?:MIDWATCH_(?!DEBUG$)|AZURE_|IDENTITY_|MSI_|SWEEP_SCHEDULE$)|_proxy$/i;
