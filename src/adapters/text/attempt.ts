/** The result of `step`, or the error it threw: so that one item's failure stays its own. */
export function attempt<T>(step: () => T): T | Error {
  try {
    return step()
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}
