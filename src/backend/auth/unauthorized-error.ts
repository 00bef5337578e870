import { PrelabelError } from '../../errors.js'

/** The credentials of a request do not open a route: `unauthorized` (401). */
export class UnauthorizedError extends PrelabelError {
  /** What the header `www-authenticate` says; none where what is asked for is no scheme of HTTP. */
  readonly challenge: string | undefined

  constructor(hint: string, challenge: string | undefined) {
    super('the credentials are missing or wrong', { code: 'unauthorized', status: 401, hint })
    this.challenge = challenge
  }
}
