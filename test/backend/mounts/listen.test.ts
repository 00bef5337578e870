import { createServer } from 'node:http'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { predictBody, quietBackend, toneAdapter, toneOf } from '../harness.js'

afterEach(() => vi.restoreAllMocks())

/** A backend whose adapter waits until it is released. */
function heldBackend() {
  const events = new EventTarget()
  const happens = (name: string) => new Promise((resolve) => events.addEventListener(name, resolve, { once: true }))
  const started = happens('start')
  const released = happens('release')
  const dispose = vi.fn()
  const adapter = toneAdapter({
    dispose,
    async predict(items) {
      events.dispatchEvent(new Event('start'))
      await released
      return items.map(toneOf)
    },
  })
  return {
    backend: quietBackend({ adapters: [adapter] }),
    started,
    release: () => events.dispatchEvent(new Event('release')),
    dispose,
  }
}

const ask = async (url: string) => {
  const answer = await fetch(`${url}/predict`, { method: 'POST', body: JSON.stringify(predictBody(['happy'])) })
  return { status: answer.status, body: await answer.json() }
}

describe('listen', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'answers what is in hand on %s, frees the models, and lets the signal end the process',
    async (signal) => {
      const { promise: killed, kill } = expectKill()
      const { backend, started, release, dispose } = heldBackend()
      const { url } = await backend.listen({ port: 0, host: '127.0.0.1' })
      const inHand = ask(url)
      await started
      process.emit(signal, signal)
      await expect(fetch(`${url}/health`)).rejects.toThrow()
      expect(kill).not.toHaveBeenCalled()
      release()
      expect(await inHand).toMatchObject({
        status: 200,
        body: { results: [{ result: [{ value: { choices: ['Positive'] } }] }] },
      })
      await killed
      expect(kill).toHaveBeenCalledWith(process.pid, signal)
      expect(dispose).toHaveBeenCalledOnce()
      expect(process.listenerCount(signal)).toBe(0)
    },
  )

  it('closes what is in hand when the time to finish is over', async () => {
    const { backend, started, release } = heldBackend()
    const { url, close } = await backend.listen({ port: 0, host: '127.0.0.1', signals: false, drainMs: 50 })
    const inHand = expect(ask(url)).rejects.toThrow()
    await started
    const closed = close()
    await inHand
    release()
    await closed
  })

  it('says so when the port is taken', async () => {
    const taken = createServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
    const address = taken.address()
    const port = address !== null && typeof address === 'object' ? address.port : 0
    await expect(quietBackend().listen({ port, host: '127.0.0.1', signals: false })).rejects.toMatchObject({
      code: 'port-taken',
    })
    taken.close()
  })

  it('refuses an option that it does not have', async () => {
    const slip: object = { prot: 9091 }
    await expect(quietBackend().listen({ signals: false, ...slip })).rejects.toMatchObject({ code: 'listen-options' })
  })
})

/** The last step would end this process. */
function expectKill() {
  let resolve = () => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  const kill = vi.spyOn(process, 'kill').mockImplementation(() => {
    resolve()
    return true
  })
  return { promise, kill }
}
