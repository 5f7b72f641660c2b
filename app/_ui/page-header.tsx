import Link from "next/link";
import { Fragment, type ReactNode } from "react";

export interface Crumb {
  readonly label: string;
  readonly href?: string;
}

/** Where one is, what it is called, what state it is in, and what can be done. */
export function PageHeader({
  crumbs = [],
  title,
  status,
  actions,
  children,
}: {
  crumbs?: readonly Crumb[];
  title: ReactNode;
  status?: ReactNode;
  actions?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <header className="mb-4">
      {crumbs.length > 0 ? (
        <nav aria-label="Breadcrumb" className="mb-1.5 flex flex-wrap gap-x-2 text-ink-3">
          {crumbs.map((crumb, index) => (
            <Fragment key={crumb.label}>
              {index > 0 ? <span aria-hidden>/</span> : null}
              {crumb.href ? (
                <Link href={crumb.href} className="hover:text-ink hover:underline">
                  {crumb.label}
                </Link>
              ) : (
                <span>{crumb.label}</span>
              )}
            </Fragment>
          ))}
        </nav>
      ) : null}
      <div className="flex flex-wrap items-center gap-2">
        <h1 className="mr-0.5 min-w-0 text-xl font-[640] tracking-[-0.012em] break-words">{title}</h1>
        {status}
        {actions ? <div className="flex flex-wrap items-center gap-2 sm:ml-auto">{actions}</div> : null}
      </div>
      {children ? <div className="mt-1 text-ink-2">{children}</div> : null}
    </header>
  );
}
