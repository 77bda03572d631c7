import type { Dispatcher } from 'undici';

import { ANSWER_TOO_LONG, onCancel } from '../../../core';
import type { HttpRequest, HttpResponse } from '../../../core';
import { DRAIN } from '../host/drain';

interface Ending {
  resolve(response: HttpResponse): void;
  reject(error: Error): void;
  /** Hears of the end, whatever it is. */
  ended(call: HttpCall): void;
}

/**
 * One request and its answer, as undici reports it. It ends at its deadline whatever the network does, and its error
 * says whether anything was sent by then: undici itself lets nobody give up who waits for a connection.
 */
export class HttpCall implements Dispatcher.DispatchHandler {
  private controller: Dispatcher.DispatchController | undefined;
  private status = 0;
  private readonly chunks: Buffer[] = [];
  private bytes = 0;
  private over = false;
  private readonly deadline: NodeJS.Timeout;
  private readonly uncancellable: (() => void) | undefined;

  constructor(
    private readonly request: HttpRequest,
    private readonly ending: Ending,
  ) {
    const { timeoutMs, signal } = request;
    this.deadline = setTimeout(() => this.fail(this.isSent ? noAnswer(timeoutMs) : noConnection(timeoutMs)), timeoutMs);
    this.uncancellable =
      signal &&
      onCancel(signal, () => {
        if (signal.reason !== DRAIN) this.fail(coded('ABORT_ERR', 'the call was cancelled', '调用已取消'));
      });
  }

  /** Whether a byte of it may have left. */
  get isSent(): boolean {
    return this.controller !== undefined;
  }

  fail(error: Error): void {
    if (!this.end()) return;
    this.ending.reject(this.isSent ? error : Object.assign(error, { notSent: true }));
    this.controller?.abort(error);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.over) controller.abort(coded('ABORT_ERR', 'nobody waits for it any more', '已无人等待'));
    else this.controller = controller;
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    this.status = status;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.bytes += chunk.length;
    if (this.bytes > this.request.longestAnswer) this.fail(tooLong(this.request.longestAnswer));
    else this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (!this.end()) return;
    const body = this.chunks.length === 1 ? (this.chunks[0] as Buffer) : Buffer.concat(this.chunks);
    this.ending.resolve({ status: this.status, body: body.toString() });
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: Error): void {
    this.fail(error);
  }

  /** @returns false if it was over before */
  private end(): boolean {
    if (this.over) return false;
    this.over = true;
    clearTimeout(this.deadline);
    this.uncancellable?.();
    this.ending.ended(this);
    return true;
  }
}

/** An error whose code core knows, with its sentence in both languages. */
export function coded(code: string, message: string, zh: string): Error {
  return Object.assign(new Error(message), { code, zh });
}

function noAnswer(ms: number): Error {
  return coded('ETIMEDOUT', `no answer within ${ms} ms`, `${ms} 毫秒内没有应答`);
}

function noConnection(ms: number): Error {
  return coded('UND_ERR_CONNECT_TIMEOUT', `no connection within ${ms} ms`, `${ms} 毫秒内未能建立连接`);
}

function tooLong(bytes: number): Error {
  return coded(
    ANSWER_TOO_LONG,
    `the answer is longer than ${bytes} bytes, so it is not one of WeCom; is the base URL right?`,
    `应答超过 ${bytes} 字节，不是企业微信的应答，请检查 API 地址`,
  );
}
