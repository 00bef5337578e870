import { PrelabelError } from '../../errors.js'
import { ROUTE_NAMES, type RouteName } from '../auth/options.js'
import type { Incoming } from '../http/exchange.js'
import { WrongMethodError } from '../http/wrong-method-error.js'
import { predict } from './predict.js'
import { health, metrics, ready } from './probes.js'
import { duplicate, remove, validate, versions } from './projects.js'
import type { Route } from './route.js'
import { setup } from './setup.js'
import { jobStatus, train } from './training.js'
import { webhook } from './webhook.js'

const ROUTES: Readonly<Record<RouteName, Route>> = {
  index: health,
  health,
  ready,
  setup,
  predict,
  webhook,
  train,
  job_status: jobStatus,
  versions,
  validate,
  delete: remove,
  duplicate_model: duplicate,
  metrics,
}

/**
 * The route of a request.
 *
 * @param basePath what stands before the routes in the URL
 * @throws PrelabelError `url-invalid` (400), `route-unknown` (404), `method-wrong` (405)
 */
export function findRoute(
  { method: asked, path: pathname }: Incoming,
  basePath = '',
): { readonly name: RouteName; readonly route: Route } {
  if (pathname === undefined) throw notAnUrl()
  const inside = pathname === basePath || pathname.startsWith(`${basePath}/`)
  const path = inside ? pathname.slice(basePath.length).replace(/^\/|\/$/g, '') : undefined
  const name = path === '' ? 'index' : ROUTE_NAMES.find((known) => known === path && known !== 'index')
  if (name === undefined) throw unknownRoute(pathname)
  const route = ROUTES[name]
  const method = asked === 'HEAD' ? 'GET' : asked
  if (method !== route.method) throw new WrongMethodError(`/${name === 'index' ? '' : name}`, route.method)
  return { name, route }
}

function unknownRoute(pathname: string): PrelabelError {
  const routes = ROUTE_NAMES.filter((name) => name !== 'index').map((name) => `/${name}`)
  return new PrelabelError(`there is nothing at ${pathname}`, {
    code: 'route-unknown',
    status: 404,
    hint: `There are ${routes.join(', ')}; \`basePath\` tells where they are mounted.`,
  })
}

function notAnUrl(): PrelabelError {
  return new PrelabelError('the address of the request is not a URL', {
    code: 'url-invalid',
    status: 400,
    hint: 'Ask for a path, such as /health, or a whole URL.',
  })
}
