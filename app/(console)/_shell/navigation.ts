import {
  Activity,
  Building2,
  CalendarClock,
  Check,
  Layers,
  LayoutDashboard,
  LayoutGrid,
  type LucideIcon,
  Mail,
  Monitor,
  ScrollText,
  Settings,
  SquareTerminal,
  TriangleAlert,
  Users,
} from "lucide-react";

export type CountKey = "tenants" | "computers" | "attention" | "sessions" | "deployments";

export interface Destination {
  readonly href: string;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly count?: CountKey;
}

export interface DestinationGroup {
  readonly title: string | null;
  readonly links: readonly Destination[];
}

/** Where the console leads. */
export const destinations: readonly DestinationGroup[] = [
  {
    title: null,
    links: [
      { href: "/", label: "Dashboard", icon: LayoutDashboard },
      { href: "/tenants", label: "Tenants", icon: Building2, count: "tenants" },
      { href: "/computers", label: "Computers", icon: Monitor, count: "computers" },
      { href: "/attention", label: "Needs attention", icon: TriangleAlert, count: "attention" },
      { href: "/people", label: "People", icon: Users },
      { href: "/sessions", label: "Sessions", icon: Activity, count: "sessions" },
    ],
  },
  {
    title: "Desired state",
    links: [
      { href: "/deployments", label: "Deployments", icon: Layers, count: "deployments" },
      { href: "/software", label: "Software", icon: LayoutGrid },
      { href: "/tasks", label: "Tasks", icon: Check },
      { href: "/scripts", label: "Scripts", icon: SquareTerminal },
      { href: "/schedules", label: "Schedules", icon: CalendarClock },
    ],
  },
  {
    title: "Setup",
    links: [
      { href: "/outbox", label: "Outbox", icon: Mail },
      { href: "/audit", label: "Audit log", icon: ScrollText },
      { href: "/settings", label: "Settings", icon: Settings },
    ],
  },
];

/** Where what a search finds is shown. */
export const hrefOfHit: Readonly<Record<string, (id: number) => string>> = {
  computer: (id) => `/computers/${id}`,
  tenant: (id) => `/tenants/${id}`,
  person: (id) => `/people/${id}`,
  software: (id) => `/software/${id}`,
  task: (id) => `/tasks/${id}`,
  script: (id) => `/scripts/${id}`,
  schedule: (id) => `/schedules/${id}`,
  session: (id) => `/sessions/${id}`,
  deployment: (id) => `/deployments/${id}`,
};
