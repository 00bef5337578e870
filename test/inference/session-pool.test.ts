import { copyFile, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSessionPool, memoryOf, type SessionPool } from '../../src/inference/index.js'
import type { Session } from '../../src/inference/session.js'
import { writeOnnx } from './onnx-writer.js'

/** A model that says its number, whatever it is given. */
const saying = (number: number) =>
  writeOnnx({
    inputs: [{ name: 'x', dims: [1] }],
    outputs: [{ name: 'y', dims: [1], data: Float32Array.from([number]) }],
  })
const x = { x: { type: 'float32', dims: [1], data: new Float32Array(1) } } as const
const say = async (session: Session) => (await session.run(x)).y?.data[0]

let folder: string
let pool: SessionPool
const file = (name: string) => join(folder, `${name}.onnx`)

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prelabel-pool-'))
  for (const [index, name] of ['a', 'b', 'c'].entries()) await writeFile(file(name), saying(index))
})
afterEach(async () => {
  await pool.dispose()
  await rm(folder, { recursive: true })
})

describe('createSessionPool', () => {
  it('puts out what was used longest ago, and loads it again when it is asked', async () => {
    pool = createSessionPool({ maxModels: 2 })
    const [a, b] = [await pool.open(file('a')), await pool.open(file('b'))]
    expect(await say(a)).toBe(0)
    const c = await pool.open(file('c'))
    expect(pool.loaded.models).toBe(2)
    // What is in memory needs no file any more; `b` does.
    await rm(file('a'))
    expect([await say(c), await say(a)]).toEqual([2, 0])
    expect(await say(b)).toBe(1)
    await rm(file('c'))
    await expect(say(c)).rejects.toMatchObject({ code: 'model-changed' })
  })

  it('counts bytes by the size of the file', async () => {
    const each = memoryOf(saying(0).byteLength)
    pool = createSessionPool({ maxBytes: Math.floor(2.5 * each) })
    for (const name of ['a', 'b', 'c']) await pool.open(file(name))
    expect(pool.loaded).toEqual({ models: 2, bytes: 2 * each })
  })

  it('never puts out a model that runs', async () => {
    pool = createSessionPool({ maxModels: 1 })
    const sessions = await Promise.all(['a', 'b', 'c'].map((name) => pool.open(file(name), { thread: 'own' })))
    const said = await Promise.all([...sessions, ...sessions].map(say))
    expect(said).toEqual([0, 1, 2, 0, 1, 2])
    expect(pool.loaded.models).toBe(1)
  })

  it('holds a file once for all who open it with the same options', async () => {
    pool = createSessionPool()
    const [one, two] = [await pool.open(file('a')), await pool.open(file('a'))]
    await pool.open(file('a'), { threads: 1 })
    expect(pool.loaded.models).toBe(2)
    await one.dispose()
    await one.dispose()
    expect(await say(two)).toBe(0)
    await expect(say(one)).rejects.toMatchObject({ code: 'model-run-failed' })
    await two.dispose()
    expect(pool.loaded.models).toBe(1)
  })

  it('does not take other weights for those it had', async () => {
    pool = createSessionPool({ maxModels: 1 })
    const a = await pool.open(file('a'))
    await pool.open(file('b'))
    await copyFile(file('c'), file('a'))
    await utimes(file('a'), 1, 1)
    await expect(say(a)).rejects.toMatchObject({ code: 'model-changed', path: file('a') })
    expect(await say(await pool.open(file('a')))).toBe(2)
  })

  it('keeps nothing of a model that cannot be opened', async () => {
    pool = createSessionPool()
    await writeFile(file('broken'), 'no model')
    await expect(pool.open(file('broken'))).rejects.toMatchObject({ code: 'model-load-failed' })
    await expect(pool.open(file('none'))).rejects.toMatchObject({ code: 'model-not-found' })
    expect(pool.loaded).toEqual({ models: 0, bytes: 0 })
  })

  it('frees all when it is disposed of', async () => {
    pool = createSessionPool()
    const a = await pool.open(file('a'), { thread: 'own' })
    await pool.dispose()
    expect(pool.loaded.models).toBe(0)
    await expect(say(a)).rejects.toMatchObject({ code: 'model-run-failed' })
    await expect(pool.open(file('a'))).rejects.toMatchObject({ code: 'model-run-failed' })
  })

  it('names the option that is wrong', () => {
    pool = createSessionPool()
    expect(() => createSessionPool({ maxModels: 0 })).toThrow(/^createSessionPool\.maxModels: /)
    expect(() => createSessionPool(JSON.parse('{"maxModel": 2}'))).toThrow(/maxModel/)
  })
})
