/** Raised whenever desktops and servers of the old and the new kind would misunderstand each other. See protocol-version.test.ts. */
export const PROTOCOL_VERSION = 1;
