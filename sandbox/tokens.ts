import { randomBytes } from 'node:crypto';
import type { App, Company } from './company';
import type { Clock } from './clock';
import { Refusal } from './errors';

/** Whose secret a token was issued for: an app, or contacts sync, which belongs to no app. */
export type TokenHolder = App | 'contacts-sync';

interface Token {
  readonly value: string;
  readonly holder: TokenHolder;
  readonly expiresAt: number;
  revoked: boolean;
}

const LIFETIME_SECONDS = 7200;
const HOUR = 3_600_000;
/** WeCom publishes no number; "many wrong secrets block the calling IP for one hour". */
const WRONG_SECRETS_PER_HOUR = 20;
/** Tokens that ended longer ago are forgotten: they answer 40014 instead of 42001. */
const REMEMBERED_AFTER_END = 24 * HOUR;

/** Access tokens: one per secret, the same one while it is valid (doc 91039). */
export class Tokens {
  private readonly issued = new Map<string, Token>();
  private readonly current = new Map<TokenHolder, Token>();
  private wrongSecrets: number[] = [];
  private blockedUntil = 0;

  constructor(
    private readonly company: Company,
    private readonly clock: Clock,
  ) {}

  /**
   * The token for a corp ID and secret, and the seconds it will still live.
   * @throws Refusal 41004, 41002, 40013, 40001; 45009 while this address is blocked for too many wrong secrets
   */
  issue(corpid: string | undefined, corpsecret: string | undefined): { access_token: string; expires_in: number } {
    const now = this.clock.now();
    if (now < this.blockedUntil) throw new Refusal(45009);
    // The real server asks for the secret first: a call without any parameter answers 41004.
    if (!corpsecret) throw new Refusal(41004);
    if (!corpid) throw new Refusal(41002);
    if (corpid !== this.company.corpId) throw new Refusal(40013);
    const holder = this.holderOf(corpsecret);
    if (!holder) throw this.wrongSecret(now);

    let token = this.current.get(holder);
    if (!token || token.revoked || token.expiresAt <= now) token = this.create(holder, now);
    const expires_in = Math.min(LIFETIME_SECONDS, Math.ceil((token.expiresAt - now) / 1000));
    return { access_token: token.value, expires_in };
  }

  /**
   * Whose token this is.
   * @throws Refusal 41001 missing, 40014 unknown or revoked, 42001 expired
   */
  verify(value: string | undefined): TokenHolder {
    if (!value) throw new Refusal(41001);
    const token = this.issued.get(value);
    if (!token || token.revoked) throw new Refusal(40014);
    if (token.expiresAt <= this.clock.now()) throw new Refusal(42001);
    return token.holder;
  }

  /** Invalidates every token before its time, as WeCom may do at any moment. Returns how many were still alive. */
  revokeAll(): number {
    const now = this.clock.now();
    const alive = [...this.current.values()].filter((token) => !token.revoked && token.expiresAt > now);
    for (const token of this.issued.values()) token.revoked = true;
    return alive.length;
  }

  private holderOf(secret: string): TokenHolder | undefined {
    if (secret === this.company.contactsSyncSecret) return 'contacts-sync';
    return this.company.apps.find((app) => app.secret === secret);
  }

  private create(holder: TokenHolder, now: number): Token {
    for (const [value, token] of this.issued) {
      if (token.expiresAt + REMEMBERED_AFTER_END < now) this.issued.delete(value);
    }
    // 214 characters: as long as real ones, which may reach 512 bytes.
    const value = randomBytes(160).toString('base64url');
    const token = { value, holder, expiresAt: now + LIFETIME_SECONDS * 1000, revoked: false };
    this.issued.set(value, token);
    this.current.set(holder, token);
    return token;
  }

  private wrongSecret(now: number): Refusal {
    this.wrongSecrets = [...this.wrongSecrets.filter((time) => time > now - HOUR), now];
    if (this.wrongSecrets.length <= WRONG_SECRETS_PER_HOUR) return new Refusal(40001);
    this.blockedUntil = now + HOUR;
    this.wrongSecrets = [];
    return new Refusal(45009);
  }
}
