import { Skeleton } from "../skeleton";

const ROW_COUNT = 12;
const widths = ["w-36", "w-20", "w-24", "w-16", "w-28"];

/** Rows that are coming, in the table's own measures, so that nothing jumps. */
export function SkeletonRows({ columnCount }: { columnCount: number }) {
  return Array.from({ length: ROW_COUNT }, (_, row) => (
    <tr key={`row-${String(row)}`} className="border-b border-line last:border-0">
      {Array.from({ length: columnCount }, (_, column) => (
        <td key={`cell-${String(column)}`} className="h-[34px] px-3.5">
          <Skeleton className={widths[(row + column) % widths.length] ?? ""} />
        </td>
      ))}
    </tr>
  ));
}
