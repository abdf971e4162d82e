import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** A process on this machine. */
export interface Process {
  readonly id: number;
  readonly parentId: number;
  readonly command: string;
}

/** The processes that a process has started, and those that they have. */
export function descendantsOf(id: number, all = processes()): readonly Process[] {
  const children = all.filter(({ parentId }) => parentId === id);
  return [...children, ...children.flatMap((child) => descendantsOf(child.id, all))];
}

export function isAlive(id: number): boolean {
  return processes().some((one) => one.id === id);
}

/** By /proc where there is one: small images of Node have no `ps`. Zombies, which wait to be collected only, do not count. */
function processes(): readonly Process[] {
  if (!existsSync("/proc/self/stat")) return processesByPs();
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        // `pid (name) state ppid …`; the name may hold anything.
        const [state, parentId] =
          readFileSync(`/proc/${name}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
        const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ");
        return state === "Z" ? [] : [{ id: Number(name), parentId: Number(parentId), command }];
      } catch {
        // It ended while it was looked at.
        return [];
      }
    });
}

function processesByPs(): readonly Process[] {
  return execFileSync("ps", ["-A", "-o", "pid=,ppid=,stat=,command="], { encoding: "utf8" })
    .split("\n")
    .flatMap((line) => {
      const [, id, parentId, state, command] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
      if (command === undefined || state?.startsWith("Z")) return [];
      return [{ id: Number(id), parentId: Number(parentId), command }];
    });
}
