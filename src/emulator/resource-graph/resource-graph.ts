import { createHash } from "node:crypto";
import type { ArmCall, ArmService } from "../arm.ts";
import { type AzureError, answerJson } from "../errors.ts";
import type { EmulatedResponse } from "../service.ts";
import type { WorldIndex } from "../world-index.ts";
import { cutPage, formatPage } from "./graph-page.ts";
import { type GraphRequest, readGraphRequest } from "./graph-request.ts";
import { badRequest, rowsInScope } from "./graph-scope.ts";
import { graphColumns, graphTables } from "./graph-tables.ts";
import { evaluate, type Rows } from "./kusto/evaluate.ts";
import { parseQuery } from "./kusto/parse.ts";
import { QueryRefusal } from "./kusto/refusal.ts";
import type { Quota } from "./quota.ts";

const apiVersions = ["2021-03-01", "2021-06-01-preview", "2022-10-01", "2024-04-01"];

/** Bytes of one answer at most. */
const largestAnswer = 16 * 1024 * 1024;

/** Results of many pages that are kept between pages, per night. */
const keptResults = 16;

interface Result extends Rows {
  readonly isPageable: boolean;
}

/**
 * Azure Resource Graph under a quota: runs any query in the part of Kusto that it knows over the rows the monitor may
 * see. A page holds at most `rowsPerPage` rows, however many were asked for.
 */
export function createResourceGraph(quota: Quota, rowsPerPage = 1000): ArmService {
  const kept = new WeakMap<WorldIndex, Map<string, Result>>();

  /** A result, from memory when it has several pages and was asked for lately: paging costs a page, not the query. */
  function resultOf(index: WorldIndex, request: GraphRequest, key: string): Result {
    const results = kept.get(index) ?? new Map<string, Result>();
    kept.set(index, results);
    const result = results.get(key) ?? runQuery(index, request);
    results.delete(key);
    if (result.rows.length > request.top) results.set(key, result);
    for (const oldest of results.keys()) {
      if (results.size <= keptResults) break;
      results.delete(oldest);
    }
    return result;
  }

  function answer({ index, principalId, body, graphFault: fault }: ArmCall): EmulatedResponse {
    const headers = quota.take(principalId);
    const request = readGraphRequest(body);
    const key = keyOf(request);
    const offset = request.skipToken === undefined ? request.skip : readToken(request.skipToken, key);
    const result = resultOf(index, request, key);
    const page = cutPage({
      result,
      offset,
      // A result that is never continued is cut where it was asked to be.
      top: result.isPageable ? Math.min(request.top, rowsPerPage) : request.top,
      isPageable: result.isPageable,
      fault,
    });
    const answered = answerJson(
      200,
      {
        totalRecords: page.total,
        count: page.count,
        data: formatPage(result, page.rows, request.resultFormat),
        facets: [],
        // A string, not a boolean: so it comes over the wire.
        resultTruncated: String(page.isTruncated),
        ...(page.nextOffset !== undefined && {
          $skipToken: makeToken(page.nextOffset, key),
        }),
      },
      headers,
    );
    if (answered.body.length > largestAnswer) throw tooLarge(answered.body.length);
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
    const { columns, rows } = evaluate(operators, {
      columns: graphColumns,
      rows: rowsInScope(index, scope, name),
    });
    const isPageable =
      !operators.some(({ kind }) => kind === "take" || kind === "summarize") &&
      [...columns.values()].some((type) => type !== "dynamic");
    return { columns, rows, isPageable };
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
