/** Runs the members of all groups in one go, and gives the answers back by group. */
export async function runGrouped<T, R>(
  groups: readonly (readonly T[])[],
  run: (all: readonly T[]) => Promise<readonly R[]>,
): Promise<R[][]> {
  const answers = await run(groups.flat())
  let from = 0
  return groups.map((group) => {
    const of = answers.slice(from, from + group.length)
    from += group.length
    return of
  })
}
