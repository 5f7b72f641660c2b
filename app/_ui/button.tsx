import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import Link from "next/link";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export const buttonStyle = cva(
  "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border font-[560] whitespace-nowrap select-none disabled:opacity-55 aria-disabled:opacity-55 [&_svg]:size-3.5 [&_svg]:shrink-0",
  {
    variants: {
      look: {
        plain: "border-line-strong bg-panel text-ink hover:bg-sunken",
        primary: "border-accent bg-accent text-accent-ink hover:brightness-110",
        quiet: "border-transparent bg-transparent text-ink-2 hover:bg-sunken hover:text-ink",
        danger: "border-line-strong bg-panel text-bad hover:bg-bad-soft",
        dangerous: "border-bad bg-bad text-panel hover:brightness-110",
      },
      size: {
        normal: "h-[30px] px-3 text-sm",
        small: "h-6 px-2 text-xs",
        icon: "size-[30px] px-0",
        "small-icon": "size-6 px-0",
      },
    },
    defaultVariants: { look: "plain", size: "normal" },
  },
);
type Look = VariantProps<typeof buttonStyle>;

export interface ButtonProps extends ComponentProps<"button">, Look {
  /** What it started is under way: it shows that, and cannot be pressed again. */
  busy?: boolean;
}

export function Button({ look, size, busy = false, className, children, disabled, type, ...rest }: ButtonProps) {
  return (
    <button
      type={type ?? "button"}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      className={cn(buttonStyle({ look, size }), className)}
      {...rest}
    >
      {busy ? <LoaderCircle aria-hidden className="animate-spin-slow" /> : null}
      {children}
    </button>
  );
}

export function ButtonLink({ look, size, className, ...rest }: ComponentProps<typeof Link> & Look) {
  return <Link className={cn(buttonStyle({ look, size }), className)} {...rest} />;
}
