import { createHash } from "node:crypto";
import type { ArmCall, ArmService } from "../arm.ts";
import type { AzureError } from "../errors.ts";
import { bytesOf, type EmulatedResponse } from "../service.ts";
import type { WorldIndex } from "../world-index.ts";
import { answerPage } from "./graph-answer.ts";
import { cutPage } from "./graph-page.ts";
import { type GraphRequest, readGraphRequest } from "./graph-request.ts";
import { badRequest, rowsInScope } from "./graph-scope.ts";
import { graphColumns, graphTableOf, graphTables } from "./graph-tables.ts";
import { evaluate } from "./kusto/evaluate.ts";
import { parseQuery } from "./kusto/parse.ts";
import { QueryRefusal } from "./kusto/refusal.ts";
import { typeFilter } from "./kusto/type-filter.ts";
import type { Quota } from "./quota.ts";
import { type RenderedRows, renderRows } from "./rendered-rows.ts";
import { createResultCache } from "./result-cache.ts";

const apiVersions = ["2021-03-01", "2021-06-01-preview", "2022-10-01", "2024-04-01"];

/** Bytes of one answer at most. */
const largestAnswer = 16 * 1024 * 1024;

/** Bytes of rows that are kept, of all nights together. */
const mostKeptBytes = 2 * 1024 ** 3;

interface Result extends RenderedRows {
  readonly isPageable: boolean;
}

/**
 * Azure Resource Graph under a quota: runs any query in the part of Kusto that it knows over the rows the monitor may
 * see. A page holds at most `rowsPerPage` rows, however many were asked for. Results are kept as bytes, so that a page
 * of a query that was asked before costs next to nothing.
 */
export function createResourceGraph(quota: Quota, rowsPerPage = 1000): ArmService {
  const kept = createResultCache<Result>(mostKeptBytes);

  function answer({ index, principalId, body, graphFault: fault }: ArmCall): EmulatedResponse {
    const headers = quota.take(principalId);
    const request = readGraphRequest(body);
    const key = keyOf(request);
    const offset = request.skipToken === undefined ? request.skip : readToken(request.skipToken, key);
    const result = kept.get(index, key, () => runQuery(index, request));
    const page = cutPage({
      result,
      offset,
      // A result that is never continued is cut where it was asked to be.
      top: result.isPageable ? Math.min(request.top, rowsPerPage) : request.top,
      isPageable: result.isPageable,
      fault,
    });
    const skipToken = page.nextOffset === undefined ? undefined : makeToken(page.nextOffset, key);
    const answered = answerPage(result, page, request.resultFormat, skipToken, headers);
    const size = bytesOf(answered).reduce((sum, piece) => sum + piece.length, 0);
    if (size > largestAnswer) throw tooLarge(size);
    return answered;
  }

  return {
    name: "resourceGraph",
    path: /^\/providers\/Microsoft\.ResourceGraph\/resources\/?$/i,
    method: "POST",
    apiVersions,
    answer,
  };
}

function runQuery(index: WorldIndex, { query, scope }: GraphRequest): Result {
  try {
    const { table, operators } = parseQuery(query);
    const name = table.text.toLowerCase();
    if (!graphTables.has(name)) {
      throw new QueryRefusal(
        "DisallowedLogicalTableName",
        `Table ${table.text} is invalid, unsupported or disallowed.`,
      );
    }
    const mayPass = typeFilter(operators, graphColumns);
    const isWanted = (type: string) => graphTableOf(type) === name && mayPass(type);
    const rendered = renderRows(
      evaluate(operators, { columns: graphColumns, rows: rowsInScope(index, scope, isWanted) }),
    );
    const isPageable =
      !operators.some(({ kind }) => kind === "take" || kind === "summarize") &&
      [...rendered.columns.values()].some((type) => type !== "dynamic");
    return { ...rendered, isPageable };
  } catch (error) {
    throw error instanceof QueryRefusal ? refuseQuery(error) : error;
  }
}

function refuseQuery({ code, message, at }: QueryRefusal): AzureError {
  const detail = {
    code,
    message,
    ...(at && {
      line: at.line,
      characterPositionInLine: at.column,
      token: at.text,
    }),
  };
  if (code === "DisallowedLogicalTableName") return badRequest(detail);
  return badRequest(
    {
      code: "InvalidQuery",
      message:
        "Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix the error before retrying.",
    },
    detail,
  );
}

function tooLarge(size: number): AzureError {
  return badRequest({
    code: "ResponsePayloadTooLarge",
    message: `Response payload size is ${size}, and has exceeded the limit of ${largestAnswer}. Please consider querying less data at a time and make paginated call if needed.`,
  });
}

/** What a page token is bound to: the query and where it looks. */
function keyOf({ query, scope }: GraphRequest): string {
  return createHash("sha256")
    .update(JSON.stringify([query, scope]))
    .digest("base64url");
}

function makeToken(offset: number, key: string): string {
  return Buffer.from(`${offset} ${key}`).toString("base64url");
}

function readToken(token: string, key: string): number {
  const [offset, owner] = Buffer.from(token, "base64url").toString().split(" ");
  if (owner !== key || !/^\d+$/.test(offset ?? "")) {
    throw badRequest({
      code: "CouldNotDecodeSkipToken",
      message: "Skip token could not be decoded.",
    });
  }
  return Number(offset);
}
