/** Places in a gate: whether the runtime computes, and whether the process is about to end. */
const BUSY = 0
const ENDS = 1

/** What takes longer is not waited for. */
const LAST_RUN_MS = 30_000

/** Of the threads there are: a process ends once for all of them. */
const gates = new Set<Int32Array>()

/**
 * Shared with a thread, so that the end of this process (`process.exit()`) waits for what the native runtime computes there
 * and lets it begin nothing more: a thread that is stopped in the middle of that aborts the process.
 */
export function openGate(): Int32Array {
  if (gates.size === 0) process.on('exit', waitForRuntimes)
  const gate = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT))
  gates.add(gate)
  return gate
}

/** For a thread that has ended. */
export function removeGate(gate: Int32Array): void {
  gates.delete(gate)
  if (gates.size === 0) process.off('exit', waitForRuntimes)
}

function waitForRuntimes(): void {
  for (const gate of gates) Atomics.store(gate, ENDS, 1)
  for (const gate of gates) Atomics.wait(gate, BUSY, 1, LAST_RUN_MS)
}

/** For the program of a thread: `throughGate(gate, work)` calls what calls the runtime. */
export const THROUGH_GATE = `
const throughGate = async (gate, work) => {
  Atomics.store(gate, ${BUSY}, 1)
  try {
    if (Atomics.load(gate, ${ENDS}) === 1) throw new Error('the process ends')
    return await work()
  } finally {
    Atomics.store(gate, ${BUSY}, 0)
    Atomics.notify(gate, ${BUSY})
  }
}
`
