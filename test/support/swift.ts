import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { promisify } from 'node:util'
import { temporaryFolder } from './server.ts'

const execute = promisify(execFile)

/** OpenStack Swift with its S3 API: a real object store, in four programs. */
export type Swift = {
  endpoint: string
  accessKey: string
  secretKey: string
  stop: () => void
}

const services = ['account', 'container', 'object'] as const

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (typeof address !== 'object' || !address) throw new Error('no port')
  return address.port
}

const proxyConf = (folder: string, port: number, user: string) => `
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = ${port}
swift_dir = ${folder}
workers = 0
user = ${user}
[pipeline:main]
pipeline = catch_errors gatekeeper healthcheck cache listing_formats bulk s3api tempauth slo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:healthcheck]
use = egg:swift#healthcheck
# Wanted by tempauth, and done without where it does not answer.
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:1
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:bulk]
use = egg:swift#bulk
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
[filter:tempauth]
use = egg:swift#tempauth
user_uji_hadir = rahasia-uji .admin
[filter:slo]
use = egg:swift#slo
`

const storageConf = (folder: string, service: string, port: number, user: string) => `
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = ${port}
swift_dir = ${folder}
devices = ${folder}/devices
mount_check = false
workers = 0
user = ${user}
[pipeline:main]
pipeline = ${service}-server
[app:${service}-server]
use = egg:swift#${service}
`

/** One node with one copy of everything, on free ports and in a folder of its own. */
export async function startSwift(): Promise<Swift> {
  const folder = temporaryFolder()
  const user = userInfo().username
  mkdirSync(join(folder, 'devices/d1'), { recursive: true })
  writeFileSync(
    join(folder, 'swift.conf'),
    '[swift-hash]\nswift_hash_path_suffix = uji\n[storage-policy:0]\nname = uji\ndefault = yes\n',
  )
  const programs: ChildProcess[] = []
  const run = (name: string) => {
    const program = spawn(`swift-${name}-server`, [join(folder, `${name}.conf`)], { stdio: 'ignore' })
    programs.push(program)
  }
  const stop = () => {
    for (const program of programs) program.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  process.once('exit', stop)

  const startService = async (service: (typeof services)[number]): Promise<void> => {
    const port = await freePort()
    writeFileSync(join(folder, `${service}.conf`), storageConf(folder, service, port, user))
    const builder = join(folder, `${service}.builder`)
    for (const words of [['create', '4', '1', '0'], ['add', `r1z1-127.0.0.1:${port}/d1`, '1'], ['rebalance']])
      await execute('swift-ring-builder', [builder, ...words])
    run(service)
  }
  await Promise.all(services.map(startService))
  const port = await freePort()
  writeFileSync(join(folder, 'proxy.conf'), proxyConf(folder, port, user))
  run('proxy')
  const endpoint = `http://127.0.0.1:${port}`
  for (;;) {
    if (programs.some(({ exitCode }) => exitCode !== null)) throw new Error('Swift does not start')
    if (
      await fetch(`${endpoint}/healthcheck`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      break
    await after(50)
  }
  return { endpoint, accessKey: 'uji:hadir', secretKey: 'rahasia-uji', stop }
}
