import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

const merge = extendTailwindMerge({ extend: { classGroups: { "font-size": [{ text: ["2xs"] }] } } });

/** Class names, the later ones winning. */
export const cn = (...classes: ClassValue[]): string => merge(clsx(classes));
