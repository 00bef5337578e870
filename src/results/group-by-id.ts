/** Results with the same id are one region. Groups in the order of their first results; those without an id are left out. */
export function groupById<T extends { readonly id?: string | undefined }>(items: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    if (item.id === undefined) continue
    const group = groups.get(item.id)
    if (group === undefined) groups.set(item.id, [item])
    else group.push(item)
  }
  return groups
}
