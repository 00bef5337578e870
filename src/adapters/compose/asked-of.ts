import type { ControlTag } from '../../config/labeling-config.js'
import type { Adapter, InteractiveContext, Item } from '../adapter.js'
import { memberKeys, withOwnMemory } from './member-parts.js'

/** What is asked of one member about an item; undefined where it has nothing to say. */
export function askedOf(member: Adapter, members: readonly Adapter[], item: Item): Item | undefined {
  const own = concerning(member, members, item)
  if (own === undefined || item.context === undefined) return member.answers === 'prompts' ? undefined : own
  const context = drawnFor(member, members, item.context)
  return context === undefined ? undefined : { ...own, context }
}

/** The item as a member sees it, with the controls that it can fill; undefined where there are none. */
export function concerning(member: Adapter, members: readonly Adapter[], item: Item): Item | undefined {
  const controls = item.controls.filter((control) => {
    const objects = item.inputs.filter(({ object }) => control.toName.includes(object.name))
    return (
      isAsked(member, control, item) && objects.some(({ object }) => member.fills[control.tag]?.includes(object.tag))
    )
  })
  if (controls.length === 0) return undefined
  const key = memberKeys(members)[members.indexOf(member)]
  return withOwnMemory({ ...item, controls }, key ?? member.name)
}

/** Whether a member fills such controls, and this one is among those that it was given. */
export function takes({ fills, controls }: Adapter, { name, tag }: ControlTag): boolean {
  return fills[tag] !== undefined && (controls?.includes(name) ?? true)
}

/** Whether a control of an item is one for a member: what is said of regions comes with them, unless the item is a region. */
export function isAsked(member: Adapter, control: ControlTag, { region }: Pick<Item, 'region'>): boolean {
  const able = !control.perRegion || region !== undefined || member.answersRegions === true
  return able && takes(member, control)
}

/**
 * What was drawn goes to the members that answer it; when none does, to those that declare no prompts, as the backend
 * does with adapters.
 */
function drawnFor(
  member: Adapter,
  members: readonly Adapter[],
  context: InteractiveContext,
): InteractiveContext | undefined {
  if (member.answers === 'tasks') return undefined
  const answered = ({ prompts: kinds, answers }: Adapter) =>
    answers === 'tasks'
      ? []
      : context.prompts.filter(({ shape }) => kinds?.some((kind) => kind === shape.kind) ?? false)
  if (members.some((one) => answered(one).length > 0)) {
    const prompts = answered(member)
    return prompts.length === 0 ? undefined : { ...context, prompts }
  }
  return member.prompts === undefined ? context : undefined
}
