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
  '[::ffff:0:127.0.0.1]',
  '[::ffff:0:7f00:1]',
  '[0:0:0:0:ffff:0:7f00:1]',
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
    for (const allow of [
      '127.0.0.1',
      '127.0.0.0/8',
      'localhost',
      `localhost:${server.port}`,
      'LocalHost',
      'ｌocalhost',
    ]) {
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
    for (const allow of ['http://minio:9000', '10.0.0.0/8/9', '', '*.example.com', '10.0.0.256', 'a?b', 'a@b', 'x#']) {
      expect(() => createMediaLoader({ allow: [allow] }), allow).toThrow(/allow/)
    }
  })
})

/** IANA special-purpose registries: the first and last address of each network that is not globally reachable, and others in it. */
const SPECIAL: readonly (readonly [network: string, ...addresses: string[]])[] = [
  ['0.0.0.0/8', '0.0.0.0', '0.255.255.255'],
  ['10.0.0.0/8', '10.0.0.0', '10.255.255.255'],
  ['100.64.0.0/10', '100.64.0.0', '100.127.255.255'],
  ['127.0.0.0/8', '127.0.0.0', '127.255.255.255'],
  ['169.254.0.0/16', '169.254.0.0', '169.254.169.254', '169.254.255.255'],
  ['172.16.0.0/12', '172.16.0.0', '172.31.255.255'],
  ['192.0.0.0/24', '192.0.0.0', '192.0.0.8', '192.0.0.170', '192.0.0.255'],
  ['192.0.2.0/24', '192.0.2.0', '192.0.2.255'],
  ['192.88.99.0/24', '192.88.99.0', '192.88.99.255'],
  ['192.168.0.0/16', '192.168.0.0', '192.168.255.255'],
  ['198.18.0.0/15', '198.18.0.0', '198.19.255.255'],
  ['198.51.100.0/24', '198.51.100.0', '198.51.100.255'],
  ['203.0.113.0/24', '203.0.113.0', '203.0.113.255'],
  ['224.0.0.0/4', '224.0.0.0', '239.255.255.255'],
  ['240.0.0.0/4', '240.0.0.0', '255.255.255.255'],
  ['::/128', '::', '0:0:0:0:0:0:0:0', '::0.0.0.0'],
  ['::1/128', '::1', '0:0:0:0:0:0:0:1', '::0.0.0.1'],
  ['64:ff9b:1::/48', '64:ff9b:1::', '64:ff9b:1::808:808', '64:ff9b:1:ffff:ffff:ffff:ffff:ffff'],
  ['100::/64', '100::', '100::ffff:ffff:ffff:ffff'],
  ['100:0:0:1::/64', '100:0:0:1::', '100:0:0:1:ffff:ffff:ffff:ffff'],
  ['200::/7', '200::1', '3ff::1'],
  ['2001::/32', '2001::', '2001:0:7f00:1::', '2001:0:808:808::1', '2001:0:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['2001:2::/48', '2001:2::', '2001:2:0:ffff::'],
  ['2001:10::/28', '2001:10::', '2001:1f:ffff::'],
  ['2001:20::/28', '2001:20::', '2001:2f:ffff::'],
  ['2001:db8::/32', '2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['3fff::/20', '3fff::', '3fff:fff:ffff::'],
  ['4000::/3', '4000::1', '5fff::1'],
  ['5f00::/16', '5f00::', '5f00:ffff::'],
  ['fc00::/7', 'fc00::', 'fd00:ec2::254', 'fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['fe80::/10', 'fe80::1', 'fe80::1%eth0', 'febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['fec0::/10', 'fec0::1', 'feff:ffff::'],
  ['ff00::/8', 'ff00::', 'ff02::1', 'ff0e::1', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
]

/** Ways in which IPv6 leads to an IPv4 address, given in hexadecimal groups and dotted. */
const LEADING: readonly (readonly [name: string, spell: (groups: string, dotted: string) => readonly string[]])[] = [
  ['IPv4-compatible', (groups, dotted) => [`::${groups}`, `::${dotted}`, `0:0:0:0:0:0:${dotted}`]],
  ['IPv4-mapped', (groups, dotted) => [`::ffff:${groups}`, `::FFFF:${dotted}`, `0:0:0:0:0:ffff:${groups}`]],
  ['IPv4-translated', (groups, dotted) => [`::ffff:0:${groups}`, `::ffff:0:${dotted}`, `0:0::ffff:0000:${dotted}`]],
  ['NAT64', (groups, dotted) => [`64:ff9b::${groups}`, `64:FF9B::${dotted}`, `0064:ff9b:0:0:0:0:${groups}`]],
  ['6to4', (groups) => [`2002:${groups}::`, `2002:${groups}::1`, `2002:${groups}:0:0:0:0:1`]],
]

const groupsOf = (dotted: string) => {
  const [a = 0, b = 0, c = 0, d = 0] = dotted.split('.').map(Number)
  return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`
}

describe('an address that is not public', () => {
  const guard = createAddressGuard([])

  it.each(SPECIAL)('%s', (_, ...addresses) => {
    for (const address of addresses) expect(guard.isRefused(address), address).toBe(true)
  })

  it.each(LEADING)('is refused as %s', (_, spell) => {
    const inside = SPECIAL.flatMap(([network, ...addresses]) => (network.includes(':') ? [] : addresses))
    for (const address of inside.flatMap((one) => spell(groupsOf(one), one))) {
      expect(guard.isRefused(address), address).toBe(true)
    }
    for (const address of ['8.8.8.8', '93.184.216.34'].flatMap((one) => spell(groupsOf(one), one))) {
      expect(guard.isRefused(address), address).toBe(false)
    }
  })

  it('is allowed by its network alone, however it is spelled', () => {
    const allowing = createAddressGuard(['10.0.0.0/8', 'fd00::/8'])
    for (const address of ['10.1.2.3', '::ffff:10.1.2.3', '64:ff9b::a01:203', 'fd12::1']) {
      expect(allowing.isRefused(address), address).toBe(false)
    }
    for (const address of ['11.0.0.1', '127.0.0.1', 'fc00::1']) {
      expect(allowing.isRefused(address), address).toBe(address !== '11.0.0.1')
    }
  })
})

describe('addresses', () => {
  it('public ones are not refused', () => {
    const guard = createAddressGuard([])
    for (const address of [
      '1.1.1.1',
      '93.184.216.34',
      '172.15.0.1',
      '172.32.0.1',
      '100.128.0.1',
      '2606:4700::1111',
      '2001:200::1',
      '2620:4f:8000::1',
      '3ffe::1',
    ]) {
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
