import { SessionsTable } from "../../../sessions/_list/sessions-table";

export const SessionsTab = ({ computerId }: { computerId: number }) => <SessionsTable computerId={computerId} />;
