/** What `make` makes of a resource; when it throws, the resource is freed first. */
export async function orDispose<T>(resource: { dispose(): Promise<void> }, make: () => T): Promise<T> {
  try {
    return make()
  } catch (error) {
    await resource.dispose()
    throw error
  }
}
