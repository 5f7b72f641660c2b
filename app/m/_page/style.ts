import { accentFor } from "@/emails/components/accent";
import { dark, fontFamily, light } from "@/emails/components/look";

type Colors = typeof light;

const colors = (c: Colors, accentText: string) =>
  `--page:${c.page};--paper:${c.paper};--panel:${c.panel};--line:${c.line};--strong:${c.lineStrong};--ink:${c.ink};--muted:${c.muted};--good:${c.good};--bad:${c.bad};--accent-text:${accentText};`;

/** The page's one style sheet. Plain hex colours and no newer layout than grid, for old phones. */
export function pageStyle(accentColor: string | null): string {
  const accent = accentFor(accentColor);
  return `
:root{color-scheme:light dark;--fill:${accent.fill};--fill-ink:${accent.ink};${colors(light, accent.onLight)}}
@media (prefers-color-scheme:dark){:root{${colors(dark, accent.onDark)}}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 ${fontFamily};-webkit-text-size-adjust:100%}
main{max-width:560px;margin:28px auto;padding:30px 34px 34px;background:var(--paper);border:1px solid var(--line);border-radius:14px}
.brand{display:flex;align-items:center;gap:12px;font-weight:650}
.brand img{width:34px;height:34px;border-radius:8px;object-fit:contain}
.brand i{width:34px;height:34px;border-radius:9px;background:var(--fill);color:var(--fill-ink);font-style:normal;font-weight:700;line-height:34px;text-align:center}
h1{font-size:26px;line-height:1.27;letter-spacing:-.01em;font-weight:650;margin:22px 0 6px;overflow-wrap:anywhere}
h2{font-size:18px;line-height:1.35;margin:28px 0 4px}
p{margin:0 0 8px}.muted{color:var(--muted)}.small{font-size:14px;line-height:1.5;color:var(--muted)}
.when{margin:18px 0 0;padding:14px 16px;background:var(--panel);border:1px solid var(--line);border-radius:10px}
.when b,.when .small{display:block}
.said{margin:20px 0 0;padding:12px 16px;border:1px solid var(--line);border-left:4px solid var(--good);border-radius:8px;background:var(--panel)}
.said.no{border-left-color:var(--bad)}.said p{margin:0}
ul{list-style:none;padding:0;margin:12px 0 0}
li{display:flex;gap:12px;padding:11px 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
li b{font-weight:600}li small{display:block;font-size:14px;color:var(--muted)}
.mark{width:18px;flex:none;font-weight:700}.done,li .done{color:var(--good)}.failed,li .failed{color:var(--bad)}
fieldset{border:0;padding:0;margin:28px 0 0;min-width:0}
legend{font-weight:600;padding:0;margin:0 0 12px}
.options{display:grid;grid-template-columns:1fr 1fr;gap:8px}
.options label{position:relative;display:flex}
.options label:last-child:nth-child(odd){grid-column:1/-1}
.options input{position:absolute;opacity:0;inset:0;width:100%;height:100%;margin:0;cursor:pointer}
.options span{flex:1;display:flex;flex-direction:column;justify-content:center;min-height:62px;padding:8px 10px;border:1px solid var(--strong);border-radius:10px;text-align:center;font-weight:600}
.options small{font-size:14px;font-weight:400;color:var(--muted)}
.options input:checked+span{border-color:var(--accent-text);box-shadow:inset 0 0 0 1px var(--accent-text)}
.options input:checked+span::before{content:"✓";position:absolute;top:-8px;right:-6px;width:22px;height:22px;border-radius:50%;font-size:13px;line-height:22px;background:var(--accent-text);color:var(--paper)}
.options input:focus-visible+span,button:focus-visible,a:focus-visible,.time input:focus-visible{outline:3px solid var(--accent-text);outline-offset:2px}
.time{margin-top:12px}.time label{display:block;font-size:14px;color:var(--muted);margin-bottom:4px}
.time input{width:100%;min-height:50px;padding:10px 12px;font:inherit;color:inherit;background:var(--paper);border:1px solid var(--strong);border-radius:10px}
@supports selector(:has(*)){form:not(:has(input[value="time"]:checked)) .time{display:none}}
button{display:block;width:100%;min-height:52px;margin-top:12px;padding:10px 14px;border:1px solid var(--strong);border-radius:10px;background:var(--paper);color:var(--ink);font:600 16px/1.3 ${fontFamily};cursor:pointer;-webkit-appearance:none;appearance:none}
button.main{background:var(--fill);border-color:var(--fill);color:var(--fill-ink)}
button:active{transform:translateY(1px)}
form+form{margin-top:0}
.notes{margin-top:20px}a{color:var(--accent-text)}
footer{max-width:560px;margin:0 auto 32px;padding:0 34px}
@media (max-width:560px){main{margin:0;border:0;border-radius:0;border-bottom:1px solid var(--line);padding:22px 20px 28px}h1{font-size:24px}footer{margin:18px 0 28px;padding:0 20px}}
@media (max-width:340px){.options{grid-template-columns:1fr}}
@media (prefers-contrast:more){.options span,button{border-width:2px}}
`;
}
