/**
 * Why a file gave no tables. `encrypted`: protected by a password. `legacyFormat`: an .xls, or a web page named .xls;
 * to be saved as .xlsx again. `tooLarge`: over 50 MB, or a zip that unpacks to more than 200 MB.
 */
export type ReadFailure = {
  kind: 'encrypted' | 'legacyFormat' | 'empty' | 'notSpreadsheet' | 'damaged' | 'tooLarge'
}
