import { AuditTable } from "../../../audit/_list/audit-table";

export const AuditTab = (of: { entity: string; entityId: string }) => <AuditTable of={of} />;
