import type { ItemInput } from '../../adapters/adapter.js'
import { type ObjectTag, readField } from '../../config/index.js'
import { PrelabelError } from '../../errors.js'
import type { Input } from '../../media/inputs.js'
import type { LoadContext, MediaLoader } from '../../media/media-loader.js'
import type { Task } from '../../results/task.js'
import { readText } from './read-text.js'

/** What one object shows of a task; `<Image valueList>` brings one for each page. */
export interface LoadedPage extends ItemInput {
  /** 0-based page; absent where there are none. */
  readonly itemIndex?: number
}

/**
 * Loads what an object tag shows of a task, in the form that the tag gives it.
 *
 * @param media the loader, made when the first field needs it: plain text does not
 * @param signal of who waits; made when a field needs it
 * @param only this page alone, 0-based, of an object with several
 * @throws PrelabelError `task-field-missing`, `task-field-invalid`, and the `media-…` codes of the loader
 */
export async function loadInputs(
  object: ObjectTag,
  task: Task,
  media: () => Promise<MediaLoader>,
  signal: () => AbortSignal,
  only?: number,
): Promise<readonly LoadedPage[]> {
  const value = readField(object, task.data)
  if (value === undefined || value === null) throw missing(object)
  const context = (): LoadContext => ({ signal: signal(), ...ownerOf(task) })
  if (object.tag !== 'Image' || !object.list) return [{ object, input: await loadInput(object, value, media, context) }]
  if (!Array.isArray(value)) throw notAList(object)
  const pages = value.map(async (page, itemIndex) => {
    if (only !== undefined && only !== itemIndex) return []
    return [{ object, input: await loadInput(object, page, media, context), itemIndex }]
  })
  return (await Promise.all(pages)).flat()
}

/** Label Studio says with each task which project it is in; files of tasks may not. */
function ownerOf(task: Task): Pick<LoadContext, 'taskId' | 'projectId'> {
  const project = 'project' in task ? task.project : undefined
  return {
    ...(task.id === undefined ? {} : { taskId: task.id }),
    ...(typeof project === 'number' || typeof project === 'string' ? { projectId: project } : {}),
  }
}

/** At once where nothing needs to be fetched. */
function loadInput(
  object: ObjectTag,
  value: unknown,
  media: () => Promise<MediaLoader>,
  context: () => LoadContext,
): Input | Promise<Input> {
  switch (object.tag) {
    case 'Image':
      return media().then((loader) => loader.load('image', value, context()))
    case 'Text':
    case 'HyperText':
      return readText(object, value, media, context)
    case 'Paragraphs':
      return media().then((loader) =>
        loader.load('dialogue', value, { ...context(), dialogueKeys: dialogueKeysOf(object) }),
      )
    case 'Audio':
    case 'AudioPlus':
      return media().then((loader) => loader.load('audio', value, context()))
    case 'Video':
      return media().then((loader) => loader.load('video', value, context()))
    default:
      return { kind: 'data', value }
  }
}

function dialogueKeysOf({ attributes: { nameKey, textKey } }: ObjectTag) {
  return { ...(nameKey === undefined ? {} : { nameKey }), ...(textKey === undefined ? {} : { textKey }) }
}

function missing({ name, tag, value, field }: ObjectTag): PrelabelError {
  return new PrelabelError(`the task has nothing for <${tag} name="${name}" value="${value}">`, {
    code: 'task-field-missing',
    status: 400,
    hint: 'Fill this field of the task, or name in `value` a field that its tasks have.',
    ...(field === undefined ? {} : { path: `data.${field}` }),
  })
}

function notAList({ name, tag, field }: ObjectTag): PrelabelError {
  return new PrelabelError(`<${tag} name="${name}"> has a \`valueList\`, and the task holds no list for it`, {
    code: 'task-field-invalid',
    status: 400,
    hint: 'Write a list of URLs into the task, or use `value` for a single one.',
    ...(field === undefined ? {} : { path: `data.${field}` }),
  })
}
