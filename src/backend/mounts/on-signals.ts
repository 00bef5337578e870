const SIGNALS = ['SIGTERM', 'SIGINT'] as const

/** Handles the first signal that is to end the process. @returns stops listening */
export function onSignals(handle: (signal: NodeJS.Signals) => void): () => void {
  allowListeners(1)
  for (const signal of SIGNALS) process.once(signal, handle)
  let listening = true
  return () => {
    if (!listening) return
    listening = false
    for (const signal of SIGNALS) process.removeListener(signal, handle)
    allowListeners(-1)
  }
}

/** Node takes more than ten listeners for a leak, and here each belongs to a server. */
function allowListeners(more: number): void {
  const most = process.getMaxListeners()
  // 0 allows any number.
  if (most > 0) process.setMaxListeners(most + more)
}
