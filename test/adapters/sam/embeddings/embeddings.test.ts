import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openEmbeddingFiles } from '../../../../src/adapters/sam/embeddings/embedding-files.js'
import { createEmbeddings, type EmbeddingsOptions } from '../../../../src/adapters/sam/embeddings/embeddings.js'
import type { Embedding } from '../../../../src/adapters/sam/model/index.js'
import type { ImageInput } from '../../../../src/media/inputs.js'

const FLOATS = 256
const BYTES = FLOATS * 4 + 16

function picture(hash: string): ImageInput {
  return { kind: 'image', bytes: new Uint8Array(), width: 4, height: 3, orientation: 1, format: 'png', hash }
}

function embeddingOf({ hash, width, height }: ImageInput): Embedding {
  const data = Float32Array.from({ length: FLOATS }, (_, index) => (hash.codePointAt(0) ?? 0) + index / 7)
  const ids = { type: 'int64', dims: [2], data: BigInt64Array.from([5n, -7n]) } as const
  return {
    width,
    height,
    tensors: { embedding: { type: 'float32', dims: [1, FLOATS], data }, ids },
    bytes: BYTES,
  }
}

const never = new AbortController().signal

/** An encoder that says what it encodes, one picture each time it is let go. */
function encoder(options: Partial<EmbeddingsOptions> = {}) {
  const begun: string[] = []
  const gates: (() => void)[] = []
  const embeddings = createEmbeddings({
    maxBytes: 10 * BYTES,
    ...options,
    async encode(given) {
      begun.push(given.hash)
      await new Promise<void>((resolve) => gates.push(resolve))
      return embeddingOf(given)
    },
  })
  const finish = async () => {
    await expect.poll(() => gates.length).toBeGreaterThan(0)
    gates.shift()?.()
  }
  return { embeddings, begun, finish }
}

describe('encoded pictures', () => {
  it('are made once for all who wait, and kept', async () => {
    const { embeddings, begun, finish } = encoder()
    const asked = [1, 2, 3].map(() => embeddings.get(picture('a'), 'click', never))
    await finish()
    const [first, ...others] = await Promise.all(asked)
    for (const other of others) expect(other).toBe(first)
    expect(await embeddings.get(picture('a'), 'click', never)).toBe(first)
    expect(begun).toEqual(['a'])
  })

  it('are made to the end when one who waits leaves, and even when all do', async () => {
    const { embeddings, begun, finish } = encoder()
    const leaving = new AbortController()
    const left = embeddings.get(picture('a'), 'click', leaving.signal)
    const stays = embeddings.get(picture('a'), 'click', never)
    leaving.abort(new Error('gone'))
    await expect(left).rejects.toThrow('gone')
    await finish()
    expect((await stays).width).toBe(4)

    const all = new AbortController()
    const alone = embeddings.get(picture('b'), 'click', all.signal)
    all.abort(new Error('gone'))
    await expect(alone).rejects.toThrow('gone')
    await finish()
    await embeddings.get(picture('b'), 'click', never)
    expect(begun).toEqual(['a', 'b'])
  })

  it('that nobody waits for any more are left out before their turn comes', async () => {
    const { embeddings, begun, finish } = encoder()
    const first = embeddings.get(picture('a'), 'list', never)
    const leaving = new AbortController()
    const second = embeddings.get(picture('b'), 'list', leaving.signal)
    leaving.abort(new Error('gone'))
    await expect(second).rejects.toThrow('gone')
    const third = embeddings.get(picture('c'), 'list', never)
    await finish()
    await first
    await finish()
    await third
    expect(begun).toEqual(['a', 'c'])
  })

  it('are made for clicks first, and what is only ahead gives way to them', async () => {
    const { embeddings, begun, finish } = encoder()
    const running = embeddings.get(picture('a'), 'list', never)
    const ahead = embeddings.get(picture('b'), 'ahead', never)
    const listed = embeddings.get(picture('c'), 'list', never)
    const opened = embeddings.get(picture('d'), 'opened', never)
    const clicked = embeddings.get(picture('e'), 'click', never)
    await expect(ahead).rejects.toMatchObject({ code: 'sam-not-encoded' })
    for (const one of [running, clicked, opened, listed]) {
      await finish()
      await one
    }
    expect(begun).toEqual(['a', 'e', 'd', 'c'])
  })

  it('that gave way are made for a click that comes in the same moment', async () => {
    const { embeddings, begun, finish } = encoder()
    const running = embeddings.get(picture('a'), 'list', never)
    const ahead = embeddings.get(picture('b'), 'ahead', never)
    const clicked = ['c', 'b'].map((hash) => embeddings.get(picture(hash), 'click', never))
    await expect(ahead).rejects.toMatchObject({ code: 'sam-not-encoded' })
    for (let count = 0; count < 3; count++) await finish()
    await Promise.all([running, ...clicked])
    expect(begun).toEqual(['a', 'c', 'b'])
  })

  it('that somebody clicks at after all come next', async () => {
    const { embeddings, begun, finish } = encoder()
    const asked = [
      embeddings.get(picture('a'), 'list', never),
      embeddings.get(picture('b'), 'list', never),
      embeddings.get(picture('c'), 'list', never),
      embeddings.get(picture('c'), 'click', never),
    ]
    for (let count = 0; count < 3; count++) await finish()
    await Promise.all(asked)
    expect(begun).toEqual(['a', 'c', 'b'])
  })

  it('stay within the cap, the ones used longest ago going first', async () => {
    const encoded: string[] = []
    const embeddings = createEmbeddings({
      maxBytes: 2 * BYTES,
      encode: async (given) => {
        encoded.push(given.hash)
        return embeddingOf(given)
      },
    })
    for (const hash of ['a', 'b', 'a', 'c', 'a', 'b']) {
      await embeddings.get(picture(hash), 'click', never)
      expect(embeddings.bytes).toBeLessThanOrEqual(2 * BYTES)
    }
    expect(encoded).toEqual(['a', 'b', 'c', 'b'])
  })

  it('that cannot be made are not remembered as such', async () => {
    let tries = 0
    const embeddings = createEmbeddings({
      maxBytes: BYTES,
      encode: (given) => (tries++ === 0 ? Promise.reject(new Error('no memory')) : Promise.resolve(embeddingOf(given))),
    })
    await expect(embeddings.get(picture('a'), 'click', never)).rejects.toThrow('no memory')
    expect((await embeddings.get(picture('a'), 'click', never)).height).toBe(3)
  })
})

describe('encoded pictures on the disk', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'prelabel-sam-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const open = (maxBytes = 100 * BYTES, fingerprint = 'model-1') =>
    openEmbeddingFiles({ folder: join(folder, 'cache'), maxBytes, fingerprint })

  async function withEncoder<T>(
    fingerprint: string,
    use: (encoded: string[], get: (hash: string) => Promise<Embedding>) => Promise<T>,
  ) {
    const encoded: string[] = []
    const embeddings = createEmbeddings({
      maxBytes: 10 * BYTES,
      files: await open(100 * BYTES, fingerprint),
      encode: async (given) => {
        encoded.push(given.hash)
        return embeddingOf(given)
      },
    })
    const used = await use(encoded, (hash) => embeddings.get(picture(hash), 'click', never))
    await embeddings.dispose()
    return used
  }

  it('are there after a restart, as they were, and are not mistaken for those of another model', async () => {
    const made = await withEncoder('model-1', (_, get) => get('a'))
    const [found, encoded] = await withEncoder('model-1', async (list, get) => [await get('a'), list] as const)
    expect(found).toEqual(made)
    expect(encoded).toEqual([])
    expect(await withEncoder('model-2', async (list, get) => (await get('a')) && list)).toEqual(['a'])
  })

  it.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 3)],
    ['changed', (bytes: Buffer) => Buffer.concat([bytes.subarray(0, -1), Buffer.from([bytes.at(-1) === 1 ? 2 : 1])])],
    ['empty', () => Buffer.alloc(0)],
    ['something else', () => Buffer.from('prelabel embedding 1\n\u0002\0\0\0{}')],
  ])('that are %s are made anew', async (_, spoil) => {
    await withEncoder('model-1', (__, get) => get('a'))
    const [name = ''] = await readdir(join(folder, 'cache'))
    const file = join(folder, 'cache', name)
    await writeFile(file, spoil(await readFile(file)))
    const [found, encoded] = await withEncoder('model-1', async (list, get) => [await get('a'), list] as const)
    expect(encoded).toEqual(['a'])
    expect(found).toEqual(embeddingOf(picture('a')))
  })

  it('stay within their cap', async () => {
    const files = await open(4 * BYTES)
    const described = async () => {
      const paths = (await readdir(join(folder, 'cache'))).map((name) => join(folder, 'cache', name))
      return Promise.all(paths.map(async (path) => ({ path, ...(await stat(path)) })))
    }
    for (const hash of 'abcdefgh') {
      await files.write(hash, embeddingOf(picture(hash)))
      // What comes next is later, however coarse the clock of the disk is.
      for (const { path, mtimeMs } of await described()) await utimes(path, 1, mtimeMs / 1000 - 60)
    }
    const kept = await described()
    expect(kept.reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(4 * BYTES)
    expect(kept.every(({ path }) => path.endsWith('.embedding'))).toBe(true)
    expect(await files.read('h')).toEqual(embeddingOf(picture('h')))
    expect(await files.read('a')).toBeUndefined()
  })

  it('need a folder that can be written to', async () => {
    await writeFile(join(folder, 'cache'), 'a file')
    await expect(open()).rejects.toMatchObject({ code: 'sam-cache-folder' })
  })

  it('do without one that is gone', async () => {
    const files = await open()
    await rm(join(folder, 'cache'), { recursive: true })
    await files.write('a', embeddingOf(picture('a')))
    expect(await files.read('a')).toBeUndefined()
  })
})
