/** What is known of a computer's memberships, and the target keys that follow from it (domain page, chapter 5). */

/** Why a computer holds a key: the row, and the dates (`YYYY-MM-DD`) between which it does. */
export interface TargetKeyEvidence {
  readonly key: string;
  /** One sentence for a person: "Tag Kiosk is on this computer." */
  readonly sentence: string;
  readonly source: { readonly table: string; readonly id: number };
  readonly from?: string | null;
  /** The last day on which it counts. */
  readonly until?: string | null;
  /** Further rows that give the same key. */
  readonly further?: readonly Omit<TargetKeyEvidence, "key" | "further">[];
}

export interface TagFact {
  readonly assignmentId: number;
  readonly tagId: number;
  readonly tagName: string;
  /** Null: a tag of the MSP, usable everywhere. */
  readonly tagTenantId: number | null;
  /** What carries it: this computer, its own tenant, or its primary person. */
  readonly on: "computer" | "tenant" | "person";
}

export interface GroupFact {
  readonly id: number;
  readonly kind: "entra-group" | "rmm-group" | "rmm-client-group";
  readonly name: string;
  /** Null: spans tenants. */
  readonly tenantId: number | null;
  /** It no longer exists at its source, so it holds nobody. */
  readonly vanished: boolean;
}

/** One membership row. Rows of other computers, people and tenants may be passed; they are not looked at. */
export interface GroupMemberFact {
  readonly id: number;
  readonly groupId: number;
  readonly member: { readonly kind: "person" | "computer" | "tenant" | "group"; readonly id: number };
  /** `YYYY-MM-DD` or a full timestamp; shown, never judged. */
  readonly since?: string | null;
}

export interface AdditionFact {
  readonly id: number;
  readonly product: string;
  readonly effectiveDate: string | null;
  readonly cancelledDate: string | null;
}

/** An agreement of the computer's tenant or of one above it. */
export interface AgreementFact {
  readonly id: number;
  readonly tenantId: number;
  readonly name: string;
  readonly agreementType: string;
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly cancelled: boolean;
  readonly inactive: boolean;
  /** Today, `YYYY-MM-DD`, in the time zone of the tenant that has the agreement. */
  readonly localDate: string;
  readonly additions: readonly AdditionFact[];
}

/** A filter script or metascript whose last good result holds this computer. */
export interface FilterFact {
  readonly filterId: number;
  readonly kind: "filter-script" | "metascript";
  readonly name: string;
  /** Null: a filter of the MSP. */
  readonly tenantId: number | null;
}

/** Everything that decides which targets a computer is in. */
export interface MembershipFacts {
  readonly computer: {
    readonly id: number;
    readonly name: string;
    readonly tenantId: number;
    /** Its tenant first, then up to the MSP, which is the last. */
    readonly tenantAncestorIds: readonly number[];
  };
  /** Names for sentences, by tenant id; a missing one is called "tenant 7". */
  readonly tenantNames: ReadonlyMap<number, string>;
  readonly primaryPerson: { readonly id: number; readonly name: string } | null;
  /** Of the computer's own tenant. */
  readonly optsOutOfCrossTenant: boolean;
  readonly tags: readonly TagFact[];
  readonly groups: readonly GroupFact[];
  readonly groupMembers: readonly GroupMemberFact[];
  readonly agreements: readonly AgreementFact[];
  readonly filters: readonly FilterFact[];
}

/** The keys a computer holds, one entry a key, and those it would hold but for the reason in the sentence. */
export interface ComputerKeys {
  readonly held: readonly TargetKeyEvidence[];
  readonly missed: readonly TargetKeyEvidence[];
}

/** What decides which cloud tasks mean a tenant. */
export interface TenantFacts {
  readonly tenant: {
    readonly id: number;
    readonly name: string;
    /** Itself first, then up to the MSP. */
    readonly ancestorIds: readonly number[];
  };
  readonly optsOutOfCrossTenant: boolean;
  /** Those on the tenant itself count. */
  readonly tags: readonly TagFact[];
  readonly agreements: readonly AgreementFact[];
}
