import { existsSync } from 'node:fs'
import { PrelabelError } from '../../errors.js'
import { fingerprint } from './fingerprint.js'
import { hubModel } from './hub-model.js'
import { type ConfigReader, type ModelFolder, readModelFolder } from './model-folder.js'
import type { WeightsChoice } from './weights.js'

/** Where an adapter's model comes from. */
export interface ModelSource<C> {
  /** What is known of the model without its weights in memory. */
  describe(): Promise<{ readonly config: C; readonly fingerprint: string }>
  /** The whole model, on this machine. */
  fetch(): Promise<ModelFolder<C>>
}

/** Which model, and where to find it when it is not on this machine. */
export interface ModelSourceOptions extends WeightsChoice {
  /** A folder, or a hub id (`owner/name`). */
  readonly model: string
  /** The commit of a hub model. */
  readonly revision?: string | undefined
  /** Base URL of the hub. */
  readonly hub: string
  /** Opens private models of the hub. */
  readonly token?: string | undefined
  /** Where hub models are kept. */
  readonly cacheFolder?: string | undefined
}

const HUB_ID = /^[\w-][\w.-]*\/[\w-][\w.-]*$/

/**
 * A folder that exists is taken as it is; an `owner/name` that is none is a model of the hub, whose revision must be
 * pinned so that the same options always mean the same weights.
 *
 * @throws PrelabelError `model-revision-missing`
 */
export function modelSource<C>(options: ModelSourceOptions, reader: ConfigReader<C>): ModelSource<C> {
  const { model, revision, hub, token, cacheFolder } = options
  if (existsSync(model) || !HUB_ID.test(model)) return folderSource(model, reader, options)
  if (revision === undefined && existsSync(model.split('/', 1).join(''))) return folderSource(model, reader, options)
  if (revision === undefined) throw revisionMissing(model)
  return hubModel({ id: model, revision, hub, token, cacheFolder, choice: options }, reader)
}

function folderSource<C>(folder: string, reader: ConfigReader<C>, choice: WeightsChoice): ModelSource<C> {
  const fetch = () => readModelFolder(folder, reader, choice)
  return {
    fetch,
    async describe() {
      const files = await fetch()
      return { config: files.config, fingerprint: await fingerprint(files, reader) }
    },
  }
}

function revisionMissing(id: string): PrelabelError {
  return new PrelabelError(`There is no folder ${id}, and a model of the hub needs its revision`, {
    code: 'model-revision-missing',
    path: id,
    hint: 'Give the path of a model folder, or `revision` with the commit hash of the hub model.',
  })
}
