import { createMemoryArchive } from "../../../src/adapters/memory/archive.ts";
import { describeArchive } from "../../support/describe-archive.ts";

describeArchive("in memory", async () => createMemoryArchive());
