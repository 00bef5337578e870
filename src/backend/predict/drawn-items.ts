import type { DrawnResults, Item } from '../../adapters/adapter.js'
import type { LabelingConfig } from '../../config/index.js'
import type { Issue } from '../../issues.js'
import type { Prompt } from '../../results/read/prompt.js'
import { promptKindOf, type ReadPrompts, readPrompts } from '../../results/read/read-prompts.js'
import type { Surface } from '../../results/surface.js'
import type { Task } from '../../results/task.js'
import type { Binding } from '../binding/bind-adapters.js'
import { chooseTargets } from '../binding/choose-target.js'
import type { LoadedPage } from './load-inputs.js'
import { type TaskItem, taskItems } from './task-items.js'

/** An item about which something was drawn, and the binding with the controls that its answer goes on. */
export interface DrawnItem extends TaskItem {
  readonly binding: Binding
}

/**
 * The bindings to ask about what was drawn: those whose adapter takes some of it, on that object. When none does, those
 * whose adapter declares nothing, as long as something was drawn on their object.
 */
export function bindingsFor(
  config: LabelingConfig,
  bindings: readonly Binding[],
  { results }: DrawnResults,
): readonly Binding[] {
  const drawn = results.map((result) => ({ on: result.to_name, kind: promptKindOf(config, result) }))
  const asked = bindings.filter(({ answers }) => answers !== 'tasks')
  const isAbout = ({ objects }: Binding, on: unknown) => objects.some(({ name }) => name === on)
  const takers = asked.filter((binding) =>
    drawn.some(({ on, kind }) => isAbout(binding, on) && kindsOf(binding)?.some((one) => one === kind)),
  )
  if (takers.length > 0) return takers
  return asked.filter((binding) => kindsOf(binding) === undefined && drawn.some(({ on }) => isAbout(binding, on)))
}

/** Reads what was drawn on the pages of an object; once for each object. */
export type PromptReader = (pages: readonly LoadedPage[]) => ReadPrompts

export function createPromptReader(config: LabelingConfig, task: Task, { results }: DrawnResults): PromptReader {
  const read = new Map<string, ReadPrompts>()
  return (pages) => {
    const names = [...new Set(pages.map(({ object }) => object.name))]
    const each = names.map((name) => {
      const own = results.filter(({ to_name }) => to_name === name)
      const surfaces = { [name]: surfaceOf(pages.filter(({ object }) => object.name === name)) }
      const prompts = read.get(name) ?? readPrompts(config, own, { task, surfaces })
      read.set(name, prompts)
      return prompts
    })
    return { prompts: each.flatMap(({ prompts }) => prompts), issues: each.flatMap(({ issues }) => issues) }
  }
}

/** A list of pages has each at its index, with holes where none was loaded. */
function surfaceOf(pages: readonly LoadedPage[]): Surface | readonly Surface[] | undefined {
  const [first] = pages
  if (first?.itemIndex === undefined) return first?.input
  const surfaces: Surface[] = []
  for (const { input, itemIndex = 0 } of pages) surfaces[itemIndex] = input
  return surfaces
}

/** The page of an object that something was drawn on, when it is a single one: the others need not be loaded. */
export function drawnPage({ results }: DrawnResults, objectName: string): number | undefined {
  const pages = new Set(results.flatMap(({ to_name, item_index = 0 }) => (to_name === objectName ? [item_index] : [])))
  const [page, ...others] = pages
  return typeof page === 'number' && others.length === 0 ? page : undefined
}

/** The items of a binding that something was drawn on, each with what it was. */
export function drawnItems(
  binding: Binding,
  task: Task,
  pages: readonly LoadedPage[],
  { results }: DrawnResults,
  read: PromptReader,
): { readonly items: readonly DrawnItem[]; readonly issues: readonly Issue[] } {
  const { prompts, issues } = read(pages)
  const items = taskItems(binding, task, pages).flatMap((item): DrawnItem[] => {
    const own = results.filter(({ to_name: on, item_index: page }) => isOn(item, on, page))
    const taken = prompts.filter(({ object, itemIndex }) => isOn(item, object, itemIndex)).filter(isTaken(binding))
    const kinds = kindsOf(binding)
    const [first] = taken
    if (own.length === 0 || (kinds !== undefined && first === undefined)) return []
    const controls = kinds === undefined || first === undefined ? binding.controls : chooseTargets(binding, first)
    const asked: Item = {
      ...item.item,
      controls: controls.map(({ control }) => control),
      context: { results: own, prompts: taken },
    }
    return [{ item: asked, pages: item.pages, binding: { ...binding, controls } }]
  })
  return { items, issues }
}

function isOn({ pages }: TaskItem, object: unknown, page: unknown): boolean {
  return pages.some((one) => one.object.name === object && (one.itemIndex ?? 0) === (page ?? 0))
}

function isTaken(binding: Binding): (prompt: Prompt) => boolean {
  const kinds = kindsOf(binding)
  return ({ shape }) => kinds?.includes(shape.kind) ?? true
}

function kindsOf({ runtime }: Binding) {
  return runtime.adapter.prompts
}
