export function findChromium(): string;
export const LAUNCH_ARGS: string[];
