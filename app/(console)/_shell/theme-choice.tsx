"use client";

import { useEffect, useState } from "react";
import { SegmentedControl } from "@/app/_ui/segmented-control";
import { setCookie } from "@/app/_ui/set-cookie";

const COOKIE = "evenkeel-theme";
const options = [
  { value: "system", label: "System" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;
type Theme = (typeof options)[number]["value"];

/** The look, kept in a cookie so that the server draws the page in it from the first byte. */
export function applyTheme(theme: Theme): void {
  setCookie(COOKIE, theme);
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export const currentTheme = (): Theme => {
  const theme = document.documentElement.dataset.theme;
  return theme === "light" || theme === "dark" ? theme : "system";
};

export function ThemeChoice() {
  const [theme, setTheme] = useState<Theme>("system");
  useEffect(() => setTheme(currentTheme()), []);
  return (
    <SegmentedControl
      label="Look"
      options={options}
      value={theme}
      className="w-full"
      onChange={(chosen) => {
        applyTheme(chosen);
        setTheme(chosen);
      }}
    />
  );
}
