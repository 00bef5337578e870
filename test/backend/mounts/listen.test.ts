import { once } from 'node:events'
import { Agent, createServer, request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { BackendOptions, LatePrediction } from '../../../src/backend/index.js'
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

/** A backend whose adapter never ends with what it is told to hang on, and heeds no signal. */
function hangingBackend(options: Partial<BackendOptions> = {}) {
  const events = new EventTarget()
  const happens = (name: string) => new Promise((resolve) => events.addEventListener(name, resolve, { once: true }))
  const hung = happens('hang')
  const released = happens('release')
  const adapter = toneAdapter({
    batchSize: 1,
    predict: async (items) => {
      const [text] = items.map(({ input }) => input.text)
      if (text === 'slow') await released
      if (text !== 'hang') return items.map(toneOf)
      events.dispatchEvent(new Event('hang'))
      return new Promise(() => undefined)
    },
  })
  const release = () => events.dispatchEvent(new Event('release'))
  return { backend: quietBackend({ adapters: [adapter], ...options }), hung, release }
}

const ask = async (url: string, texts: readonly string[] = ['happy']) => {
  const answer = await fetch(`${url}/predict`, { method: 'POST', body: JSON.stringify(predictBody(texts)) })
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

  it('answers what is done when the time to finish is over, and does not wait for an adapter that hangs', async () => {
    const { backend, hung } = hangingBackend()
    const { url, close } = await backend.listen({ port: 0, host: '127.0.0.1', signals: false, drainMs: 500 })
    const inHand = ask(url, ['happy', 'hang', 'sad'])
    await hung
    const closed = close()
    expect(await inHand).toMatchObject({
      status: 200,
      body: {
        results: [{ result: [{ value: { choices: ['Positive'] } }] }, [], []],
        errors: [
          { index: 1, code: 'shutting-down' },
          { index: 2, code: 'shutting-down' },
        ],
      },
    })
    await closed
  })

  it('imports late predictions that are ready, though others of their request hang', async () => {
    const late: LatePrediction[] = []
    const { backend, hung, release } = hangingBackend({
      limits: { deadlineMs: 10 },
      onLate: (some) => void late.push(...some),
    })
    const { url, close } = await backend.listen({ port: 0, host: '127.0.0.1', signals: false, drainMs: 500 })
    const { body } = await ask(url, ['slow', 'hang'])
    expect(body).toMatchObject({ results: [[], []] })
    release()
    await hung
    await close()
    expect(late).toMatchObject([{ task: { id: 1 }, prediction: { result: [{}] } }])
  })

  it('closes connections that are kept alive with their answer, and those on which nothing is asked', async () => {
    const { backend, started, release } = heldBackend()
    // Waiting for them would take as long as the test may.
    const { url, port, close } = await backend.listen({
      port: 0,
      host: '127.0.0.1',
      signals: false,
      drainMs: 1_000_000,
    })
    const silent = connect(port, '127.0.0.1')
    await once(silent, 'connect')
    silent.resume()
    const agent = new Agent({ keepAlive: true })
    const answered = new Promise<string | undefined>((resolve, reject) => {
      const request = httpRequest(`${url}/predict`, { method: 'POST', agent }, (response) => {
        response.resume().once('end', () => resolve(response.headers.connection))
      })
      request.once('error', reject).end(JSON.stringify(predictBody(['happy'])))
    })
    await started
    const closed = close()
    release()
    expect(await answered).toBe('close')
    await closed
    agent.destroy()
  })

  it('keeps idle connections longer than a proxy in front of it does', async () => {
    const { url, close } = await quietBackend().listen({ port: 0, host: '127.0.0.1', signals: false })
    const { headers } = await fetch(`${url}/health`)
    expect(headers.get('keep-alive')).toBe('timeout=75')
    await close()
  })

  it('asks the facts of the models at once, so that the first /setup finds them', async () => {
    const events = new EventTarget()
    const inspected = new Promise((resolve) => events.addEventListener('inspect', resolve, { once: true }))
    const adapter = toneAdapter({
      inspect: () => {
        events.dispatchEvent(new Event('inspect'))
        return {}
      },
    })
    const backend = quietBackend({ adapters: [adapter] })
    const { close } = await backend.listen({ port: 0, host: '127.0.0.1', signals: false })
    await inspected
    await close()
  })

  it('is as quiet for many servers as for one, and leaves the process as it was', async () => {
    const warnings: string[] = []
    const onWarning = ({ name }: Error) => void warnings.push(name)
    process.on('warning', onWarning)
    const most = process.getMaxListeners()
    const backends = Array.from({ length: 12 }, () => quietBackend())
    const servers = await Promise.all(backends.map((backend) => backend.listen({ port: 0, host: '127.0.0.1' })))
    await new Promise((resolve) => setImmediate(resolve))
    await Promise.all(servers.flatMap(({ close }) => [close(), close()]))
    process.off('warning', onWarning)
    expect(warnings).toEqual([])
    expect([process.listenerCount('SIGTERM'), process.getMaxListeners()]).toEqual([0, most])
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
