import { configure } from '@testing-library/preact'

/** A condition is waited for as long as a busy machine may take: only a failing test waits this long. */
configure({ asyncUtilTimeout: 20_000 })
