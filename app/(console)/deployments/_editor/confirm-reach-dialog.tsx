import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { countOf } from "@/app/_ui/format";
import { type DeploymentForm, stateOf } from "./form";
import { describeChange, type Preview, stepOrder, steps } from "./steps";

/** Above ten computers a person agrees to the number; what removes something wants the tenant's name typed. */
export function ConfirmReachDialog({
  open,
  onOpenChange,
  preview,
  form,
  busy,
  error,
  onConfirm,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  preview: Preview;
  form: DeploymentForm;
  busy: boolean;
  error: string | undefined;
  onConfirm: () => void;
}) {
  const removes = stateOf(form) === "uninstalled" && preview.winsCount > 0;
  const name = form.reach === "tenant" ? form.tenant?.name : "all tenants";
  const parts = stepOrder.flatMap((step) => {
    const count = preview.steps[step] ?? 0;
    return count > 0 ? [`${steps[step].label} on ${count}`] : [];
  });
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`This reaches ${countOf(preview.reachedCount, "computer")}`}
      confirmLabel={`Save for ${countOf(preview.reachedCount, "computer")}`}
      typeToConfirm={removes ? name : undefined}
      harmless={!removes}
      busy={busy}
      error={error}
      onConfirm={onConfirm}
    >
      <p>{preview.sentence}</p>
      <p>
        Their next sessions: {parts.join(", ")}. So {describeChange(preview)}, at{" "}
        {countOf(preview.byTenant.length, "tenant")}
        {preview.byTenant.length > 1
          ? ` (${preview.byTenant
              .slice(0, 3)
              .map((tenant) => `${tenant.tenantName} ${tenant.reachedCount}`)
              .join(", ")}${preview.byTenant.length > 3 ? ", …" : ""})`
          : ""}
        .
      </p>
      <p>Saving itself changes no machine.</p>
    </ConfirmDialog>
  );
}
