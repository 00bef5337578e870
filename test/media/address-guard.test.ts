import { describe, expect, it } from 'vitest'
import { parseAddress } from '../../src/media/address.js'
import { createAddressGuard } from '../../src/media/address-guard.js'
import { createMediaLoader } from '../../src/media/index.js'
import { sendPixel, serve } from './serve.js'

/** Loopback, written in every way that a URL can hold. */
const LOOPBACK = [
  '127.0.0.1',
  '127.1',
  '127.0.1',
  '127.0.0.1.',
  '2130706433',
  '0x7f000001',
  '0x7f.0.0.1',
  '0177.0.0.1',
  '017700000001',
  '①②⑦.⓪.⓪.①',
  '127。0。0。1',
  '%31%32%37.0.0.1',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::127.0.0.1]',
  '[64:ff9b::127.0.0.1]',
  '[2002:7f00:1::]',
  '0',
  '0.0.0.0',
  '[::]',
  'localhost',
  'LOCALHOST',
  'user:password@127.0.0.1',
]

const OTHERS = [
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '100.64.0.1',
  '169.254.169.254',
  '2852039166',
  '[fd00:ec2::254]',
  '[fe80::1]',
  '[fc00::1]',
  '[ff02::1]',
  '[::ffff:10.0.0.1]',
  '[::ffff:169.254.169.254]',
  '[64:ff9b:1::1]',
  '192.0.2.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
]

describe('task data may not lead to private addresses', () => {
  it('in any spelling of loopback: nothing arrives there', async () => {
    const server = await serve((_, response) => sendPixel(response))
    const loader = createMediaLoader()
    for (const host of LOOPBACK) {
      const url = `http://${host}:${server.port}/a.png`
      await expect(loader.load('image', url), host).rejects.toMatchObject({ code: 'media-address' })
    }
    await loader.dispose()
    expect(server.seen).toEqual([])
  })

  it.each(OTHERS)('%s', async (host) => {
    const loader = createMediaLoader()
    await expect(loader.load('image', `http://${host}/a.png`)).rejects.toMatchObject({ code: 'media-address' })
    await loader.dispose()
  })

  it('which the message does not name beyond what the task said', async () => {
    const loader = createMediaLoader()
    const error = await loader.load('image', 'http://localhost:45999/secret?token=x').catch((error: unknown) => error)
    expect(String(error)).toBe('PrelabelError: localhost is not a public address, and task data may not lead there')
    await loader.dispose()
  })

  it('unless they are allowed by address, network, name, or name and port', async () => {
    const server = await serve((_, response) => sendPixel(response))
    const url = `http://localhost:${server.port}/a.png`
    for (const allow of ['127.0.0.1', '127.0.0.0/8', 'localhost', `localhost:${server.port}`, 'LocalHost']) {
      const loader = createMediaLoader({ allow: [allow, '::1'] })
      expect(await loader.load('image', url), allow).toMatchObject({ width: 1 })
      await loader.dispose()
    }
    for (const allow of ['127.0.0.2', '10.0.0.0/8', 'otherhost', 'localhost:1']) {
      const loader = createMediaLoader({ allow: [allow] })
      await expect(loader.load('image', url), allow).rejects.toMatchObject({ code: 'media-address' })
      await loader.dispose()
    }
  })

  it('and a mistake in the list is told', () => {
    for (const allow of ['http://minio:9000', '10.0.0.0/8/9', '']) {
      expect(() => createMediaLoader({ allow: [allow] }), allow).toThrow(/allow/)
    }
  })
})

describe('addresses', () => {
  it('public ones are not refused', () => {
    const guard = createAddressGuard([])
    for (const address of ['1.1.1.1', '93.184.216.34', '172.15.0.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111']) {
      expect(guard.isRefused(address), address).toBe(false)
    }
  })

  it('are read in every form of IPv6', () => {
    const one = [...new Array<number>(15).fill(0), 1]
    expect(parseAddress('::1')).toEqual(one)
    expect(parseAddress('[0:0::0:1]')).toEqual(one)
    expect(parseAddress('fe80::1%eth0')).toEqual([0xfe, 0x80, ...new Array<number>(13).fill(0), 1])
    expect(parseAddress('1:2:3:4:5:6:7:8')).toEqual([0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8])
    for (const text of ['1:2', '1::2::3', ':::', '1:2:3:4:5:6:7:8:9', 'g::1', '256.1.1.1', '1.2.3', 'example.com']) {
      expect(parseAddress(text), text).toBeUndefined()
    }
  })
})
