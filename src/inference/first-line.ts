/** The first line of what was thrown: runtimes written in C++ go on with places in their sources. */
export function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.split('\n', 1).join('')
}
