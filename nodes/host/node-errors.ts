import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { IDataObject, INode, JsonObject } from 'n8n-workflow';

import { WecomApiError, WecomError, WecomInputError, WecomNetworkError, WecomRateError } from '../../core';
import type { Explanation } from '../../core';

type NodeError = NodeApiError | NodeOperationError;

/** Any error as n8n shows errors: what happened, what to do next, and for which item. Core's errors hold no secrets. */
export function toNodeError(node: INode, error: unknown, itemIndex?: number): NodeError {
  const position = itemIndex === undefined ? {} : { itemIndex };
  if (error instanceof NodeApiError || error instanceof NodeOperationError) {
    if (itemIndex !== undefined) error.context['itemIndex'] ??= itemIndex;
    return error;
  }
  if (!(error instanceof WecomError))
    return new NodeOperationError(node, error instanceof Error ? error : String(error), position);

  const explanation = error.explain('en');
  const shown = { message: explanation.title, description: explanation.advice, ...position };
  const nodeError =
    error instanceof WecomInputError || error instanceof WecomRateError
      ? new NodeOperationError(node, error, shown)
      : new NodeApiError(node, error as unknown as JsonObject, {
          ...shown,
          ...(error instanceof WecomApiError && { httpCode: String(error.errcode) }),
        });
  return inOurWords(nodeError, explanation, factsOf(error));
}

/** An error of the node itself. `facts` are for the flow: they come out beside the message under "continue on fail". */
export function explainedError(
  node: INode,
  explanation: Explanation,
  facts: IDataObject,
  itemIndex: number,
): NodeOperationError {
  return inOurWords(new NodeOperationError(node, explanation.title, { itemIndex }), explanation, facts);
}

/** n8n replaces a message in which it finds the name of a system error by a sentence of its own, which knows less. */
function inOurWords<Shown extends NodeError>(
  nodeError: Shown,
  { title, advice }: Explanation,
  facts: IDataObject,
): Shown {
  nodeError.message = title;
  nodeError.description = advice;
  nodeError.context[FACTS] = facts;
  return nodeError;
}

/** Where an error of ours keeps its facts. */
const FACTS = 'wecom';

/**
 * What "continue on fail" puts out for an item. Only the keys `error` and `details`: with any other key
 * beside `error` n8n would send the item to the success output.
 */
export function errorJson(nodeError: NodeError): IDataObject {
  return {
    error: nodeError.message,
    details: { description: nodeError.description ?? '', ...(nodeError.context[FACTS] as IDataObject | undefined) },
  };
}

/** What a flow can decide by. */
export function factsOf(error: WecomError): IDataObject {
  const { delivered, failed, tries, elapsedMs } = error;
  return {
    ...ownFacts(error),
    ...(tries !== undefined && { tries, elapsedMs }),
    ...(failed && { failed: { ...failed } }),
    ...(delivered && { delivered: { ...delivered } }),
  };
}

function ownFacts(error: WecomError): IDataObject {
  if (error instanceof WecomInputError)
    return {
      issues: error.issues.map(({ path, message, limit, actual }) => ({
        path,
        message: message.en,
        ...(limit !== undefined && { limit, actual }),
      })),
    };
  if (error instanceof WecomApiError) return { errcode: error.errcode, errmsg: error.errmsg, delivery: error.delivery };
  if (error instanceof WecomNetworkError) return { delivery: error.delivery, code: error.cause.code };
  if (error instanceof WecomRateError)
    return { code: 'RATE_LIMIT', reason: error.reason, waitMs: Math.ceil(error.waitMs) };
  return {};
}

/**
 * Whether the request that failed may have been carried out all the same: no answer came, or one that must not be
 * believed.
 */
export function mayHaveArrived(error: unknown): boolean {
  return (error instanceof WecomNetworkError || error instanceof WecomApiError) && error.delivery === 'unknown';
}

/** What became of the other items of a run that one item stopped. */
export interface Others {
  readonly sent: number;
  readonly inPart: number;
  readonly inDoubt: number;
  readonly notSent: number;
}

/** Says on the error of one item what became of the others, so that nobody sends them again by mistake. */
export function withOthers<Shown extends NodeError>(nodeError: Shown, others: Others, done: string): Shown {
  const { sent, inPart, inDoubt, notSent } = others;
  if (sent + inPart + inDoubt + notSent === 0) return nodeError;
  const first =
    sent === 1
      ? `1 other item was ${done}`
      : `${sent === 0 ? 'No' : sent} other item${sent === 0 ? '' : 's'} ${sent === 0 ? 'was' : 'were'} ${done}`;
  const rest = [
    ...(inPart > 0 ? [`${inPart} only in part`] : []),
    ...(inDoubt > 0 ? [`${inDoubt} may have been`] : []),
    ...(sent > 0 && notSent > 0 ? [`${notSent} ${notSent === 1 ? 'was' : 'were'} not`] : []),
  ];
  nodeError.description = [nodeError.description, `${[first, ...rest].join(', ')}.`].filter(Boolean).join(' ');
  nodeError.context[FACTS] = { ...(nodeError.context[FACTS] as IDataObject | undefined), otherItems: { ...others } };
  return nodeError;
}
