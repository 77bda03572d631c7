import type { Wording } from './wording';

const untrusted: Wording = { en: 'the certificate is not trusted', zh: '证书不受信任' };
const noTls: Wording = {
  en: 'no HTTPS at this address: does it begin with http://?',
  zh: '该地址不支持 HTTPS，是否应以 http:// 开头',
};
const broken: Wording = { en: 'the connection broke', zh: '连接中断' };
const unreachable: Wording = { en: 'the network is unreachable', zh: '网络不可达' };
const noConnection: Wording = { en: 'no connection in time', zh: '连接超时' };

const REASONS: Readonly<Record<string, Wording>> = {
  ECONNREFUSED: { en: 'connection refused', zh: '连接被拒绝' },
  ENOTFOUND: { en: 'there is no such host', zh: '找不到主机' },
  EAI_AGAIN: { en: 'the name server does not answer', zh: '域名解析失败' },
  ETIMEDOUT: { en: 'no answer in time', zh: '应答超时' },
  UND_ERR_CONNECT_TIMEOUT: noConnection,
  UND_ERR_HEADERS_TIMEOUT: { en: 'no answer in time', zh: '应答超时' },
  ECONNRESET: broken,
  ECONNABORTED: broken,
  EPIPE: broken,
  UND_ERR_SOCKET: broken,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  PROXY_REFUSED: { en: 'the proxy refused', zh: '代理拒绝连接' },
  BAD_ANSWER: { en: 'not an answer of WeCom', zh: '不是企业微信的应答' },
  EPROTO: noTls,
  ERR_SSL_WRONG_VERSION_NUMBER: noTls,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: noTls,
  ERR_SSL_HTTP_REQUEST: noTls,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  CERT_UNTRUSTED: untrusted,
  CERT_HAS_EXPIRED: { en: 'the certificate has expired', zh: '证书已过期' },
  ERR_TLS_CERT_ALTNAME_INVALID: { en: 'the certificate is for another host', zh: '证书与主机名不符' },
};

/** What the code of a network error means, in a few words; undefined for a code that is not known. */
export function networkReason(code: string): Wording | undefined {
  const [, status] = /^HTTP_(\d+)$/.exec(code) ?? [];
  if (status !== undefined) return { en: `HTTP status ${status}`, zh: `HTTP 状态码 ${status}` };
  return Object.hasOwn(REASONS, code) ? REASONS[code] : undefined;
}

/** Those of all codes that are known. */
export const networkReasons: Readonly<Record<string, Wording>> = REASONS;
