/** An error whose message is meant for whoever typed the command: printed without a stack. */
export class UserError extends Error {
  override name = 'UserError';
}
