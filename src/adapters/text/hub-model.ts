import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { access, mkdir, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { PrelabelError } from '../../errors.js'
import { externalDataFiles } from './external-data.js'
import { type ConfigReader, configFiles, readModelConfigs, readModelFolder } from './model-folder.js'
import type { ModelSource } from './model-source.js'
import { type WeightsChoice, weightsFile } from './weights.js'

/** A model of the hub, by its commit. */
export interface HubModel {
  readonly id: string
  readonly revision: string
  readonly hub: string
  /** @default `~/.cache/prelabel/models` */
  readonly cacheFolder?: string | undefined
  /** Opens private models; sent to the hub alone. */
  readonly token?: string | undefined
  readonly choice: WeightsChoice
}

/**
 * A model that is fetched once and then kept on this machine. Since the revision is pinned, id, revision and file name
 * the weights: that is its fingerprint, and describing it fetches only the small files.
 */
export function hubModel<C>(model: HubModel, reader: ConfigReader<C>): ModelSource<C> {
  const { id, revision, cacheFolder = path.join(homedir(), '.cache', 'prelabel', 'models'), choice } = model
  const folder = path.join(cacheFolder, id.replace('/', '--'), revision)
  const weights = weightsFile(choice)
  const ensure = async (files: readonly string[]) => {
    for (const file of files) await ensureFile(model, folder, file)
  }
  return {
    async describe() {
      await ensure(configFiles(reader))
      const { config } = await readModelConfigs(folder, reader)
      const fingerprint = createHash('sha256').update(`${id}@${revision}/${weights}`).digest('hex')
      return { config, fingerprint }
    },
    async fetch() {
      await ensure([...configFiles(reader), weights])
      await ensure(await externalDataFiles(folder, weights))
      return readModelFolder(folder, reader, { file: weights })
    },
  }
}

async function ensureFile(model: HubModel, folder: string, file: string): Promise<void> {
  const { id, revision, hub } = model
  const target = path.join(folder, file)
  const there = await access(target).then(
    () => true,
    () => false,
  )
  if (there) return
  const response = await get(model, `${hub}/${id}/resolve/${encodeURIComponent(revision)}/${file}`)
  if (response.status === 404) throw notOnHub(id, revision, file, hub)
  if (response.status === 401 || response.status === 403) throw accessDenied(model)
  if (!response.ok || response.body === null) throw unreachable(id, hub, `it answers ${response.status}`)
  await mkdir(path.dirname(target), { recursive: true })
  const part = `${target}.${randomUUID()}.part`
  try {
    await pipeline(Readable.fromWeb(response.body), createWriteStream(part))
    await rename(part, target)
  } catch (cause) {
    await rm(part, { force: true })
    throw unreachable(id, hub, 'the transfer broke off', cause)
  }
}

async function get({ id, hub, token }: HubModel, url: string): Promise<Response> {
  try {
    return await fetch(url, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } })
  } catch (cause) {
    throw unreachable(id, hub, 'no connection', cause)
  }
}

function unreachable(id: string, hub: string, why: string, cause?: unknown): PrelabelError {
  return new PrelabelError(`The model ${id} is not on this machine and could not be fetched from ${hub}: ${why}`, {
    code: 'model-hub-unreachable',
    path: id,
    hint: 'Fetch the model where there is a network, and give the path of its folder as `model`.',
    cause,
  })
}

function notOnHub(id: string, revision: string, file: string, hub: string): PrelabelError {
  return new PrelabelError(`The hub ${hub} has no ${file} for ${id} at ${revision}`, {
    code: 'model-not-on-hub',
    path: id,
    hint: 'Check id, revision and variant; the model must be exported for transformers.js.',
  })
}

/** The hub answers so too for a model that is not there, to those it does not know. */
function accessDenied({ id, hub, token }: HubModel): PrelabelError {
  return new PrelabelError(
    `The hub ${hub} does not show ${id} ${token === undefined ? 'without a token' : 'for this token'}`,
    {
      code: 'model-access-denied',
      path: id,
      hint: 'Check the id; a private or gated model needs `token` or HF_TOKEN, of an account that may read it.',
    },
  )
}
