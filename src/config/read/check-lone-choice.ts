import type { IssueLog, PlacedTag } from './placed-tag.js'

/**
 * Label Studio's server refuses a `<Choices>` with a single `<Choice>` when another `<Choices>` of the same `<View>` has
 * none of its own (its choices come with the task, or stand in a `<View>`): it makes lists of lone choices in all of
 * them or in none.
 */
export function checkLoneChoices(log: IssueLog, tags: readonly PlacedTag[]): void {
  const choicesOf = new Map<PlacedTag, PlacedTag[]>()
  const counts = new Map<PlacedTag, number>()
  for (const placed of tags) {
    const { parent, tag } = placed
    if (parent === undefined) continue
    if (tag === 'Choices' && isView(parent)) {
      const siblings = choicesOf.get(parent)
      if (siblings === undefined) choicesOf.set(parent, [placed])
      else siblings.push(placed)
    }
    if (tag === 'Choice' && parent.tag === 'Choices') counts.set(parent, (counts.get(parent) ?? 0) + 1)
  }
  for (const choices of choicesOf.values()) {
    if (choices.every((placed) => counts.has(placed))) continue
    for (const placed of choices)
      if (counts.get(placed) === 1)
        log.add('error', 'lone-choice', placed, {
          message: "Label Studio's server refuses a lone <Choice> beside a <Choices> that has none",
          hint: 'Put this <Choices> into a <View> of its own.',
        })
  }
}

/** A `<View>` with nothing but `<View>`s around it. */
function isView(placed: PlacedTag): boolean {
  for (let at: PlacedTag | undefined = placed; at !== undefined; at = at.parent)
    if (at.element.name !== 'View') return false
  return true
}
