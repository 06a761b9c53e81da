import { newQuestion, type Question, type Words } from './question.ts'

const words = (id: string, en: string): Words => ({ id, en })

/** One question of a test: the first choice is the right one, and the order is shuffled for each person. */
function item(name: string, label: Words, right: Words, ...wrong: Words[]): Question {
  const choices = [right, ...wrong].map((text, index) => ({ name: 'abcd'.charAt(index), label: text }))
  return { ...newQuestion(name, 'single'), label, choices, required: true, points: 1, right: ['a'] }
}

/**
 * Ten items on preventing corruption, from the materials of domain.md 4.1 to 4.4. An auditor reviews them before they
 * are used; each can be changed, taken out or replaced.
 */
export const questionBank: Question[] = [
  item(
    'kelompok',
    words(
      'UU 31/1999 jo. UU 20/2001 membagi tindak pidana korupsi ke dalam berapa kelompok?',
      'Into how many groups does Law 31/1999 with Law 20/2001 divide corruption offences?',
    ),
    words('7 kelompok', '7 groups'),
    words('5 kelompok', '5 groups'),
    words('9 kelompok', '9 groups'),
    words('12 kelompok', '12 groups'),
  ),
  item(
    'gratifikasi',
    words('Gratifikasi dilaporkan kepada KPK paling lambat', 'A gratification is reported to KPK within'),
    words('30 hari kerja', '30 working days'),
    words('7 hari kerja', '7 working days'),
    words('60 hari kerja', '60 working days'),
    words('1 tahun', '1 year'),
  ),
  item(
    'hadiah',
    words(
      'Penyedia barang mengirim hadiah yang berhubungan dengan jabatan Anda. Sikap yang tepat adalah',
      'A supplier sends a gift related to your office. The right thing to do is',
    ),
    words('menolak, atau melaporkannya bila tidak dapat ditolak', 'refuse it, or report it if it cannot be refused'),
    words('menerima bila nilainya kecil', 'accept it if it is small'),
    words('membaginya dengan rekan', 'share it with colleagues'),
    words('menyimpannya sampai ditanya', 'keep it until asked'),
  ),
  item(
    'nilai',
    words('Manakah yang bukan sembilan nilai integritas KPK?', 'Which is not one of KPK’s nine values of integrity?'),
    words('Setia kawan', 'Comradeship'),
    words('Jujur', 'Honesty'),
    words('Sederhana', 'Simplicity'),
    words('Kerja keras', 'Hard work'),
  ),
  item(
    'benturan',
    words('Manakah yang merupakan benturan kepentingan?', 'Which is a conflict of interest?'),
    words(
      'Pejabat menilai penawaran perusahaan milik keluarganya',
      'An official assesses the bid of his family’s company',
    ),
    words('Pejabat mengumumkan pengadaan di situs resmi', 'An official announces a tender on the official site'),
    words('Pejabat mengundurkan diri dari panitia', 'An official resigns from a committee'),
    words('Pejabat melaporkan gratifikasi', 'An official reports a gratification'),
  ),
  item(
    'mcp',
    words('MCP adalah singkatan dari', 'MCP stands for'),
    words('Monitoring Center for Prevention', 'Monitoring Center for Prevention'),
    words('Management Control Program', 'Management Control Program'),
    words('Ministry Compliance Plan', 'Ministry Compliance Plan'),
    words('Monitoring Capital Project', 'Monitoring Capital Project'),
  ),
  item(
    'pengelola',
    words('MCP dijalankan KPK bersama', 'KPK runs MCP together with'),
    words('Kemendagri dan BPKP', 'Kemendagri and BPKP'),
    words('Kemenkes dan BPS', 'Kemenkes and BPS'),
    words('Bank Indonesia', 'Bank Indonesia'),
    words('Mahkamah Agung', 'the Supreme Court'),
  ),
  item(
    'spi',
    words('SPI yang dilaksanakan KPK adalah', 'The SPI that KPK carries out is'),
    words('Survei Penilaian Integritas', 'the integrity assessment survey'),
    words('Sistem Pengadaan Indonesia', 'the procurement system'),
    words('Standar Pelayanan Instansi', 'the service standard'),
    words('Sertifikat Pegawai Instansi', 'the staff certificate'),
  ),
  item(
    'komponen',
    words(
      'Berapa komponen penilaian Percontohan Kabupaten/Kota Antikorupsi?',
      'How many components has the assessment of anticorruption pilot regions?',
    ),
    words('6 komponen', '6 components'),
    words('3 komponen', '3 components'),
    words('9 komponen', '9 components'),
    words('15 komponen', '15 components'),
  ),
  item(
    'tanggung_jawab',
    words('Mencegah korupsi di daerah adalah tanggung jawab', 'Preventing corruption in a region is the duty of'),
    words('semua pegawai, pimpinan, dan masyarakat', 'all staff, leaders and the public'),
    words('KPK saja', 'KPK alone'),
    words('Inspektorat saja', 'the inspectorate alone'),
    words('Kepolisian saja', 'the police alone'),
  ),
]
