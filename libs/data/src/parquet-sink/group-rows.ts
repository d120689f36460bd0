/** Rows of a group: 7.5 MB of them, of which a few groups are in memory. */
export const GROUP_ROWS = 8192;
