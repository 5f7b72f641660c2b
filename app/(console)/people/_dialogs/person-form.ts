/** What can be typed of a person. Empty text stands for "not said". */
export interface PersonForm {
  readonly displayName: string;
  readonly email: string;
  readonly language: string;
  readonly timeZone: string | null;
}

/** The form as the server takes it. */
export const personInput = (form: PersonForm) => ({
  displayName: form.displayName,
  email: form.email.trim() === "" ? null : form.email.trim(),
  language: form.language === "" ? null : form.language,
  timeZone: form.timeZone,
});

/** Languages that mails are written in. Any other is kept, and written to in English. */
export const mailLanguages: Readonly<Record<string, string>> = { en: "English", de: "German" };

export const languageName = (tag: string) => {
  const name = new Intl.DisplayNames("en", { type: "language" }).of(tag) ?? tag;
  return Object.hasOwn(mailLanguages, tag.split("-")[0] ?? tag) ? name : `${name}; mails are in English`;
};

/** The choice of languages, with the one that a person has already. */
export const languageOptions = (current: string) => [
  { value: "", label: "Not said: English" },
  ...Object.entries(mailLanguages).map(([value, label]) => ({ value, label })),
  ...(current === "" || Object.hasOwn(mailLanguages, current)
    ? []
    : [{ value: current, label: `${languageName(current)}` }]),
];
