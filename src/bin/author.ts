import { userInfo } from 'node:os';

/** Who types the command, for the record. In a container a user may have a number and no name. */
export function usualAuthor(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? '?'}`;
  }
}
