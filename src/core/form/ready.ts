import type { Condition } from './condition.ts'
import type { FormPurpose } from './form.ts'
import { type Choice, newQuestion, type Question, type Words } from './question.ts'
import { questionBank } from './questionBank.ts'

/** A form that can be used as it is; everything in it can be changed. */
export type ReadyForm = {
  key: string
  purpose: FormPurpose
  title: Words
  intro: Words
  anonymous: boolean
  questions: Question[]
}

const words = (id: string, en: string): Words => ({ id, en })
const choice = (name: string, id: string, en: string): Choice => ({ name, label: words(id, en) })

const likertEnds = { low: words('Tidak baik', 'Poor'), high: words('Sangat baik', 'Very good') }
const rateOf4 = { ...likertEnds, scale: 4, required: true } as const

const anonymousIntro = words(
  'Jawaban Anda anonim dan tidak dihubungkan dengan nama atau ponsel Anda.',
  'Your answers are anonymous and are not tied to your name or phone.',
)

/** Items of a training centre's evaluation of its organizers (domain.md 5.1). */
const organizerItems = [
  choice('sarana', 'Kesiapan dan ketersediaan sarana', 'Readiness of the facilities'),
  choice('rencana', 'Kesesuaian pelaksanaan dengan rencana', 'Event ran as planned'),
  choice('kebersihan', 'Kebersihan tempat', 'Cleanliness of the venue'),
  choice('bahan', 'Ketersediaan bahan', 'Availability of materials'),
  choice('pelayanan', 'Pelayanan kepada peserta', 'Service to participants'),
  choice('administrasi', 'Administrasi', 'Administration'),
]

/** Items of a speaker's evaluation in Indonesian training (domain.md 5.1). */
const speakerItems = [
  choice('penguasaan', 'Penguasaan materi', 'Command of the subject'),
  choice('waktu', 'Ketepatan waktu', 'Punctuality'),
  choice('penyajian', 'Cara menyajikan', 'Presentation'),
  choice('metode', 'Penggunaan metode dan sarana', 'Use of methods and media'),
  choice('sikap', 'Sikap', 'Attitude'),
  choice('menjawab', 'Cara menjawab pertanyaan', 'Answering questions'),
  choice('bahasa', 'Penggunaan bahasa', 'Use of language'),
  choice('motivasi', 'Pemberian motivasi', 'Motivating participants'),
  choice('pakaian', 'Kerapian berpakaian', 'Neatness of dress'),
  choice('kerja_sama', 'Kerja sama dengan penyelenggara', 'Cooperation with the organizers'),
]

const eventEvaluation: ReadyForm = {
  key: 'eventEvaluation',
  purpose: 'evaluation',
  title: words('Evaluasi kegiatan', 'Evaluation of the event'),
  intro: anonymousIntro,
  anonymous: true,
  questions: [
    {
      ...newQuestion('penyelenggara', 'matrix'),
      ...rateOf4,
      label: words('Penyelenggaraan', 'Organization'),
      rows: organizerItems,
    },
    {
      ...newQuestion('manfaat', 'likert'),
      ...rateOf4,
      label: words('Manfaat kegiatan bagi tugas Anda', 'Use of the event for your work'),
    },
    { ...newQuestion('kejelasan', 'likert'), ...rateOf4, label: words('Kejelasan materi', 'Clarity of the materials') },
    { ...newQuestion('saran', 'long'), label: words('Saran dan masukan', 'Suggestions') },
  ],
}

const speakerEvaluation: ReadyForm = {
  key: 'speakerEvaluation',
  purpose: 'speaker',
  title: words('Evaluasi narasumber', 'Evaluation of the speaker'),
  intro: anonymousIntro,
  anonymous: true,
  questions: [
    { ...newQuestion('narasumber', 'matrix'), ...rateOf4, label: words('Narasumber', 'Speaker'), rows: speakerItems },
    { ...newQuestion('kesan', 'long'), label: words('Kesan dan saran untuk narasumber', 'Comments for the speaker') },
  ],
}

const pulse: ReadyForm = {
  key: 'pulse',
  purpose: 'pulse',
  title: words('Tanggapan singkat hari ini', 'Short feedback on today'),
  intro: anonymousIntro,
  anonymous: true,
  questions: [
    {
      ...newQuestion('jelas', 'likert'),
      ...rateOf4,
      label: words('Seberapa jelas materi hari ini?', 'How clear was today’s material?'),
    },
    {
      ...newQuestion('berguna', 'likert'),
      ...rateOf4,
      label: words('Seberapa berguna hari ini bagi tugas Anda?', 'How useful was today for your work?'),
    },
    {
      ...newQuestion('diperbaiki', 'short'),
      label: words('Apa yang perlu diperbaiki besok?', 'What should be better tomorrow?'),
    },
  ],
}

const progress = [
  choice('selesai', 'Sudah selesai', 'Done'),
  choice('berjalan', 'Sedang berjalan', 'Under way'),
  choice('belum', 'Belum dimulai', 'Not started'),
]

/** Three questions to the participant, 30 to 90 days later (domain.md 5.4). */
function followUp(days: 30 | 60 | 90): ReadyForm {
  const unless = (value: string): Condition => ({
    match: 'all',
    clauses: [{ question: 'tindak_lanjut', comparison: 'isNot', value }],
  })
  return {
    key: `followUp${days}`,
    purpose: 'followUp',
    title: words(`Tindak lanjut ${days} hari`, `Follow-up after ${days} days`),
    intro: words(
      'Jawaban Anda dibaca bersama nama Anda oleh penyelenggara.',
      'The organizers read your answers together with your name.',
    ),
    anonymous: false,
    questions: [
      {
        ...newQuestion('tindak_lanjut', 'single'),
        required: true,
        choices: progress,
        label: words('Bagaimana rencana tindak lanjut Anda?', 'How is your follow-up plan going?'),
      },
      {
        ...newQuestion('bukti', 'long'),
        shownIf: unless('belum'),
        label: words('Apa bukti atau hasilnya?', 'What is the evidence or result?'),
      },
      {
        ...newQuestion('kendala', 'long'),
        shownIf: unless('selesai'),
        label: words('Apa kendalanya?', 'What stands in the way?'),
      },
    ],
  }
}

/** The same three months later, from the other side (domain.md 5.4); tied to the participant, who asks for it. */
const superior: ReadyForm = {
  key: 'superior',
  purpose: 'followUp',
  title: words('Tindak lanjut menurut atasan', 'Follow-up as the superior sees it'),
  intro: words(
    'Diisi bersama atasan langsung Anda. Jawabannya dibaca bersama nama Anda oleh penyelenggara.',
    'To be filled in with your direct superior. The organizers read the answers together with your name.',
  ),
  anonymous: false,
  questions: [
    {
      ...newQuestion('menurut_atasan', 'single'),
      required: true,
      choices: progress,
      label: words('Bagaimana rencana tindak lanjut peserta ini?', 'How is this participant’s follow-up plan going?'),
    },
    {
      ...newQuestion('perubahan', 'long'),
      label: words('Perubahan apa yang terlihat dalam pekerjaannya?', 'What has changed in his or her work?'),
    },
    {
      ...newQuestion('dukungan', 'long'),
      label: words('Dukungan apa yang masih diperlukan?', 'What support is still needed?'),
    },
  ],
}

/** What people think that they can do, on the subjects of domain.md 4. */
const abilities = [
  choice('gratifikasi', 'Mengenali dan melaporkan gratifikasi', 'Recognize and report a gratification'),
  choice('benturan', 'Mengenali benturan kepentingan', 'Recognize a conflict of interest'),
  choice('nilai', 'Menjelaskan nilai integritas kepada rekan', 'Explain the values of integrity to colleagues'),
  choice('saluran', 'Memakai saluran pengaduan', 'Use the channels for complaints'),
  choice('rencana', 'Menyusun rencana aksi di unit kerja', 'Draw up an action plan for the unit'),
]

const assessment: ReadyForm = {
  key: 'assessment',
  purpose: 'assessment',
  title: words('Penilaian mandiri', 'Self-assessment'),
  intro: anonymousIntro,
  anonymous: true,
  questions: [
    {
      ...newQuestion('kemampuan', 'matrix'),
      ...{ scale: 4, required: true, rows: abilities },
      ...{ low: words('Belum mampu', 'Not yet'), high: words('Sangat mampu', 'Very well') },
      label: words('Seberapa mampu Anda sekarang?', 'How well can you do this now?'),
    },
    {
      ...newQuestion('bantuan', 'long'),
      label: words('Apa yang masih ingin Anda pelajari?', 'What else do you want to learn?'),
    },
  ],
}

const testIntro = words(
  'Hasil tes dihubungkan dengan nama Anda untuk melihat manfaat kegiatan, bukan untuk menilai Anda.',
  'Results are tied to your name to see what the event achieved, not to grade you.',
)

function test(purpose: 'preTest' | 'postTest', title: Words): ReadyForm {
  return { key: purpose, purpose, title, intro: testIntro, anonymous: false, questions: questionBank }
}

/** Forms from domain.md 5, in the order in which an event needs them. */
export const readyForms: readonly ReadyForm[] = [
  test('preTest', words('Pre-test', 'Pre-test')),
  test('postTest', words('Post-test', 'Post-test')),
  eventEvaluation,
  speakerEvaluation,
  pulse,
  assessment,
  followUp(30),
  followUp(60),
  followUp(90),
  superior,
]
