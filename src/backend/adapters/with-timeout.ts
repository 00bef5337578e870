/**
 * Waits for a task no longer than a time, so that one that hangs holds nothing up.
 *
 * @param milliseconds from now
 * @param timedOut makes the error for that case
 */
export async function withTimeout<T>(milliseconds: number, task: Promise<T>, timedOut: () => Error): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(timedOut()), milliseconds)
  })
  try {
    return await Promise.race([task, expired])
  } finally {
    clearTimeout(timer)
  }
}
