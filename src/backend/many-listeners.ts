/** A controller whose signal many may listen to: Node takes more than ten listeners for a leak, and warns. */
export function controllerForMany(): AbortController {
  const controller = new AbortController()
  if (typeof process !== 'undefined') process.getBuiltinModule?.('node:events').setMaxListeners(0, controller.signal)
  return controller
}
