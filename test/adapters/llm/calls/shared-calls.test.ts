import { expect, it, vi } from 'vitest'
import { createSharedCalls } from '../../../../src/adapters/llm/calls/shared-calls.js'

const setup = () => {
  const onShared = vi.fn()
  const calls = createSharedCalls<string>(onShared)
  const finish: ((value: string) => void)[] = []
  const signals: AbortSignal[] = []
  const call = vi.fn(
    (signal: AbortSignal) =>
      new Promise<string>((resolve, reject) => {
        signals.push(signal)
        finish.push(resolve)
        signal.addEventListener('abort', () => reject(signal.reason))
      }),
  )
  return { calls, call, finish, signals, onShared }
}

it('makes one call for all who ask the same, and a new one afterwards', async () => {
  const { calls, call, finish, onShared } = setup()
  const { signal } = new AbortController()
  const both = [calls.run('a', signal, call), calls.run('a', signal, call)]
  finish[0]?.('answer')
  expect(await Promise.all(both)).toEqual(['answer', 'answer'])
  expect(onShared).toHaveBeenCalledTimes(1)
  void calls.run('a', signal, call)
  void calls.run('b', signal, call)
  expect(call).toHaveBeenCalledTimes(3)
})

it('goes on while somebody waits, and stops when nobody does', async () => {
  const { calls, call, finish, signals } = setup()
  const [first, second] = [new AbortController(), new AbortController()]
  const left = calls.run('a', first.signal, call)
  const stayed = calls.run('a', second.signal, call)
  first.abort(new Error('gone'))
  await expect(left).rejects.toThrow('gone')
  expect(signals[0]?.aborted).toBe(false)
  finish[0]?.('answer')
  expect(await stayed).toBe('answer')

  const third = new AbortController()
  const alone = calls.run('c', third.signal, call)
  third.abort(new Error('gone too'))
  await expect(alone).rejects.toThrow('gone too')
  expect(signals[1]?.aborted).toBe(true)
})

it('hands on a failure to all, and keeps none of it', async () => {
  const calls = createSharedCalls<string>(() => undefined)
  const { signal } = new AbortController()
  const fail = () => Promise.reject(new Error('down'))
  const both = await Promise.allSettled([calls.run('a', signal, fail), calls.run('a', signal, fail)])
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await calls.run('a', signal, async () => 'up')).toBe('up')
})
