import { shareAzurite } from "../../support/azurite.ts";
import { describeArchive } from "../../support/describe-archive.ts";

const azurite = shareAzurite();

describeArchive("in blobs", async () => (await azurite.openFresh()).archive);
