/** NIST SP 800-63B: long, not common (password.ts), and no rule about which characters. */
export const minPasswordLength = 10
export const maxPasswordLength = 128
