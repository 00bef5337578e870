import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import { decodeInference, encodeInference } from '../../src/inference/inference-protocol.js'
import { createRemoteSession } from '../../src/inference/remote-session.js'
import type { Tensor } from '../../src/inference/session.js'

const METADATA = {
  name: 'twice',
  inputs: [{ name: 'x', datatype: 'FP32', shape: [-1, 2] }],
  outputs: [{ name: 'y', datatype: 'FP32', shape: [-1, 2] }],
}

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

/** A server of one model that doubles what it is given, in the form in which it was given. */
async function serve(extensions: readonly string[], seen: IncomingMessage[] = []): Promise<string> {
  const started = createServer(async (request, response) => {
    seen.push(request)
    const body = new Uint8Array(await buffer(request))
    if (request.url === '/v2') return response.end(JSON.stringify({ name: 'test', version: '1', extensions }))
    if (request.url === '/v2/models/twice') return response.end(JSON.stringify(METADATA))
    if (request.url !== '/v2/models/twice/infer')
      return response.writeHead(404).end(JSON.stringify({ error: `no ${request.url}` }))
    const length = request.headers['inference-header-content-length']
    const header = typeof length === 'string' ? length : null
    const values = doubled(body, header)
    const output = { name: 'y', datatype: 'FP32', shape: [values.length / 2, 2] }
    if (header === null) return response.end(JSON.stringify({ outputs: [{ ...output, data: [...values] }] }))
    const json = Buffer.from(
      JSON.stringify({ outputs: [{ ...output, parameters: { binary_data_size: values.byteLength } }] }),
    )
    response.setHeader('inference-header-content-length', json.length)
    return response.end(Buffer.concat([json, Buffer.from(values.buffer)]))
  })
  return startedAt(started)
}

async function startedAt(started: Server): Promise<string> {
  server = started
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${portOf(started)}`
}

function portOf(started: Server): number {
  const address = started.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

function doubled(body: Uint8Array, header: string | null): Float32Array {
  const split = header === null ? body.length : Number(header)
  const { inputs } = JSON.parse(new TextDecoder().decode(body.subarray(0, split)))
  const values = header === null ? Float32Array.from(inputs[0].data) : new Float32Array(body.slice(split).buffer)
  return values.map((value) => value * 2)
}

const x = (...values: number[]): Record<string, Tensor> => ({
  x: { type: 'float32', dims: [values.length / 2, 2], data: Float32Array.from(values) },
})

describe('createRemoteSession', () => {
  it.each([
    ['bytes', ['binary_tensor_data'], 'application/octet-stream'],
    ['JSON', [], 'application/json'],
  ])('runs a model with %s where the server has it', async (_, extensions, type) => {
    const seen: IncomingMessage[] = []
    const session = await createRemoteSession({
      url: `${await serve(extensions, seen)}/`,
      model: 'twice',
      headers: { 'x-key': 'k' },
    })
    expect(session.inputs).toEqual([{ name: 'x', type: 'float32', shape: [undefined, 2] }])
    expect(session.provider).toBe('remote')
    const { y } = await session.run(x(1, 2, 3.5, -4), ['y'])
    expect(y).toEqual({ type: 'float32', dims: [2, 2], data: Float32Array.from([2, 4, 7, -8]) })
    expect(seen.at(-1)?.headers).toMatchObject({ 'content-type': type, 'x-key': 'k' })
  })

  it('passes on why the server refuses, without address or headers', async () => {
    const url = await serve([])
    const refused = createRemoteSession({ url, model: 'none', headers: { authorization: 'Bearer secret' } })
    await expect(refused).rejects.toMatchObject({
      code: 'remote-model-failed',
      message: 'The inference server refused a request for the model none: 404 no /v2/models/none',
    })
  })

  it('refuses options that cannot be right', async () => {
    const wrong = { url: 'nope', model: 'twice' }
    await expect(createRemoteSession(wrong)).rejects.toMatchObject({
      code: 'invalid-options',
      path: 'createRemoteSession.url',
      message: 'createRemoteSession.url: must be an http or https URL',
    })
    const slip = JSON.parse('{"url": "http://127.0.0.1:1", "model": "twice", "timout": 5}')
    await expect(createRemoteSession(slip)).rejects.toMatchObject({ code: 'invalid-options' })
  })

  it('says that nobody answers', async () => {
    await expect(createRemoteSession({ url: 'http://127.0.0.1:1', model: 'twice' })).rejects.toMatchObject({
      code: 'remote-model-unreachable',
      message: 'The inference server of the model twice cannot be reached: no connection, or one that broke',
    })
  })
})

describe('a server', () => {
  /** One that answers inference itself; it describes the model as METADATA. */
  async function open(infer: (request: IncomingMessage, response: ServerResponse) => void) {
    const url = await startedAt(
      createServer((request, response) => {
        if (request.url === '/v2') return void response.end('{}')
        if (request.url?.endsWith('/infer')) return void infer(request, response)
        response.end(JSON.stringify(METADATA))
      }),
    )
    return createRemoteSession({ url, model: 'twice' })
  }

  it('is not followed to another host', async () => {
    let asked = 0
    const elsewhere = createServer((_, response) => void response.end(String(++asked)))
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
    const location = `http://127.0.0.1:${portOf(elsewhere)}/v2?key=secret`
    const session = await open((_, response) => response.writeHead(307, { location }).end())
    await expect(session.run(x(1, 2))).rejects.toMatchObject({
      code: 'remote-model-failed',
      message: `The inference server of the model twice redirects to 127.0.0.1:${portOf(elsewhere)}`,
    })
    expect(asked).toBe(0)
    elsewhere.close()
  })

  it('that has exchanged the model is told from one that finds nothing', async () => {
    const output = { name: 'y', datatype: 'FP32', shape: [1, 3], data: [1, 2, 3] }
    const session = await open((_, response) => response.end(JSON.stringify({ outputs: [output] })))
    await expect(session.run(x(1, 2))).rejects.toMatchObject({
      code: 'remote-model-invalid-answer',
      message: 'The inference server gave the output y of the model twice as [1, 3], and had described it as [?, 2]',
    })
  })

  it('that breaks off in its answer is unreachable', async () => {
    const session = await open((_, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('{')
      response.socket?.destroySoon()
    })
    await expect(session.run(x(1, 2))).rejects.toMatchObject({ code: 'remote-model-unreachable' })
  })

  it('that closes an idle connection just when it is used again is asked once more', async () => {
    let asked = 0
    const output = { name: 'y', datatype: 'FP32', shape: [1, 2], data: [1, 2] }
    const session = await open((_, response) => {
      if (asked++ === 0) response.socket?.destroy()
      else response.end(JSON.stringify({ outputs: [output] }))
    })
    expect((await session.run(x(1, 2))).y?.data).toEqual(Float32Array.from([1, 2]))
    expect(asked).toBe(2)
  })

  it('is left when nobody waits any more, or the session is disposed of', async () => {
    const calls: IncomingMessage[] = []
    const session = await open((request) => calls.push(request))
    const nobody = new AbortController()
    const left = session.run(x(1, 2), undefined, { signal: nobody.signal })
    const disposed = session.run(x(3, 4))
    await expect.poll(() => calls.length).toBe(2)
    nobody.abort(new Error('gone'))
    await expect(left).rejects.toThrow('gone')
    await session.dispose()
    await expect(disposed).rejects.toMatchObject({ code: 'model-run-failed' })
    await expect(session.run(x(5, 6))).rejects.toMatchObject({ code: 'model-run-failed' })
  })
})

describe('the protocol', () => {
  const tensors: Record<string, Tensor> = {
    a: { type: 'int64', dims: [2], data: BigInt64Array.from([5n, -6n]) },
    b: { type: 'bool', dims: [3], data: Uint8Array.from([1, 0, 1]) },
    c: { type: 'uint8', dims: [1, 1], data: Uint8Array.from([200]) },
    d: { type: 'int32', dims: [1], data: Int32Array.from([-7]) },
    e: { type: 'float16', dims: [2], data: Uint16Array.from([0x3c00, 0x4000]) },
  }
  /** A request read as if it were an answer: both have the same form. */
  const back = async ({ body, headers }: ReturnType<typeof encodeInference>) => {
    const bytes = new Uint8Array(await new Response(body).arrayBuffer())
    const split = Number(headers['inference-header-content-length'] ?? bytes.length)
    const json = JSON.parse(new TextDecoder().decode(bytes.subarray(0, split)))
    const answer = Buffer.from(JSON.stringify({ outputs: json.inputs }))
    return decodeInference(new Uint8Array(Buffer.concat([answer, bytes.subarray(split)])), String(answer.length))
  }

  it('carries every type as bytes', async () => {
    expect(await back(encodeInference(tensors, undefined, true))).toEqual(tensors)
  })

  it('carries every type but halves as JSON', async () => {
    const { e: _, ...others } = tensors
    expect(await back(encodeInference(others, undefined, false))).toEqual(others)
    expect(() => encodeInference(tensors, undefined, false)).toThrow(/half precision/)
  })

  it('refuses answers of another form or length', () => {
    const decode = (answer: unknown) => decodeInference(Buffer.from(JSON.stringify(answer)), null)
    expect(() => decode({ hello: 1 })).toThrow('not of the Open Inference Protocol')
    expect(() => decode({ outputs: [{ name: 'y', datatype: 'FP32', shape: [3], data: [1] }] })).toThrow(
      'gave 1 values for the output y of shape [3]',
    )
    expect(() => decode({ outputs: [{ name: 'y', datatype: 'BYTES', shape: [0], data: [] }] })).toThrow('BYTES')
    expect(decode({ outputs: [{ name: 'y', datatype: 'FP32', shape: [2, 1], data: [[1], [2]] }] }).y?.data).toEqual(
      Float32Array.from([1, 2]),
    )
  })

  it('reads null as NaN, and stops at the first value of another kind', () => {
    const decode = (datatype: string, ...data: unknown[]) =>
      decodeInference(
        Buffer.from(JSON.stringify({ outputs: [{ name: 'y', datatype, shape: [data.length], data }] })),
        null,
      ).y?.data
    expect(decode('FP32', 1, null)).toEqual(Float32Array.from([1, Number.NaN]))
    expect(() => decode('INT64', 1, null)).toThrow('gave null in the output y, which is INT64')
    expect(() => decode('INT64', 0.5)).toThrow('gave 0.5 in the output y, which is INT64')
    expect(() => decode('FP32', 'secret')).toThrow('gave a string in the output y, which is FP32')
  })
})
