import { minPasswordLength } from './passwordLength.ts'

export type PasswordProblem = 'tooShort' | 'tooCommon'

/** The most common of those that are long enough, of the lists of leaked passwords and of what is usual here. */
const common = new Set(
  `0123456789 0987654321 1029384756 10203040506 1122334455 12341234 1234567890 12345678901 12345678910 123456789a
  123456789q 1357924680 147258369 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc a123456789 aa12345678 abc1234567 abc123456789
  abcd123456 abcd1234567 abcdef1234 abcdefghij admin12345 admin123456 administrator adminadmin alhamdulillah asdfghjkl1
  asdfghjkl123 assalamualaikum bandung123 banten1234 bismillah1 bismillah12 bismillah123 changeme123 cintaku123
  computer123 daftarhadir football123 garuda1945 hadir12345 hadir123456 indonesia1 indonesia123 indonesia17 indonesia1945 indonesia45 iloveyou12
  iloveyou123 inspektorat internet123 jakarta123 jakarta1234 kalimantan katasandi1 katasandi123 kementerian kepegawaian
  letmein123 merdeka123 merdeka1945 p@ssw0rd123 p@ssword123 pancasila1 pancasila123 passw0rd12 passw0rd123 password01
  password10 password11 password12 password123 password1234 password12345 password2025 password2026 pemerintah
  pemprov123 princess123 q1w2e3r4t5 q1w2e3r4t5y6 qazwsxedc1 qazwsxedcrfv qwer123456 qwerty1234 qwerty12345
  qwerty123456 qwertyuiop qwertyuiop1 qwertyuiop123 rahasia123 rahasia1234 sayangku123 selamatdatang sembarang123
  sukses12345 superman123 surabaya123 terimakasih welcome123 welcome1234 zaq12wsxcde3 zxcvbnm123 zxcvbnm1234`.split(
    /\s+/,
  ),
)

const runs = ['01234567890123456789', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm']

/** One short piece again and again, or a row of the keyboard, of the alphabet or of digits, either way. */
function isPattern(plain: string): boolean {
  const backwards = [...plain].reverse().join('')
  return /^(.{1,4}?)\1+.{0,3}$/.test(plain) || runs.some((run) => run.includes(plain) || run.includes(backwards))
}

/**
 * One word or name, at most with digits and signs around it, or digits alone: a hundred million tries of this form hold
 * what most people choose (SECURITY.md has how many tries there are in a day).
 */
const isOneWord = (plain: string) => /^\P{L}*\p{L}{0,11}\P{L}*$/u.test(plain)

/** Why a password is refused; `known` is what a stranger tries first: the person's own name and e-mail. */
export function passwordProblem(password: string, known: string[] = []): PasswordProblem | undefined {
  if (password.length < minPasswordLength) return 'tooShort'
  const plain = password.normalize('NFKC').toLowerCase()
  const joined = plain.replace(/[\s._-]/g, '')
  if (common.has(plain) || common.has(joined) || isPattern(plain) || isOneWord(plain)) return 'tooCommon'
  const own = known.map((word) => word.toLowerCase()).filter((word) => word !== '')
  return own.some((word) => word === plain || word.replace(/[\s._-]/g, '') === joined) ? 'tooCommon' : undefined
}
