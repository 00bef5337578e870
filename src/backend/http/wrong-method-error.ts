import { PrelabelError } from '../../errors.js'

/** A route was asked with another method: `method-wrong` (405). */
export class WrongMethodError extends PrelabelError {
  /** What the header `allow` says. */
  readonly allow: string

  /** @param route `/predict` */
  constructor(route: string, method: 'GET' | 'POST') {
    super(`${route} is asked with ${method}`, { code: 'method-wrong', status: 405, hint: `Send a ${method}.` })
    this.allow = method === 'GET' ? 'GET, HEAD' : method
  }
}
