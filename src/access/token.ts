import { createHash, randomBytes } from 'node:crypto';

/** Kinds of bearer, told apart by their first letters so a wrong kind is refused without a query. */
export type TokenKind = 'session' | 'api' | 'candidate';
const prefixes: Record<TokenKind, string> = { session: 'kps_', api: 'kpa_', candidate: 'kpc_' };

/** A new random bearer (256 bits) and the only thing of it that is stored. */
export function newToken(kind: TokenKind): { token: string; hash: string } {
  const token = `${prefixes[kind]}${randomBytes(32).toString('base64url')}`;
  return { token, hash: hashToken(token) };
}

/** SHA-256 of a bearer. Fast on purpose: 256 random bits need no slow hash, and it is asked for at every request. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Which kind a bearer claims to be; null when it is none of ours. */
export function kindOf(token: string): TokenKind | null {
  for (const [kind, prefix] of Object.entries(prefixes)) {
    if (token.startsWith(prefix)) return kind as TokenKind;
  }
  return null;
}
