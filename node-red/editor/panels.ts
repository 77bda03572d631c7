/** Named once, so that the build puts the panels into the bundle once. */
export const panels = PANELS;
