import fc from "fast-check";
import { expect, it } from "vitest";
import { createMarkSplitter } from "./mark-splitter";

it("takes marks out of a stream and loses nothing else, however it is cut into chunks", () => {
  const mark = "\u0002aab\n";
  const piece = fc.oneof(fc.constant(mark), fc.string({ unit: fc.constantFrom("a", "b", "\n", "\u0002") }));
  fc.assert(
    fc.property(fc.array(piece), fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }), (pieces, sizes) => {
      const whole = Buffer.from(pieces.join(""), "latin1");
      let text = "";
      let marks = 0;
      const push = createMarkSplitter(
        Buffer.from(mark, "latin1"),
        (bytes) => {
          text += bytes.toString("latin1");
        },
        () => marks++,
      );
      for (let at = 0, turn = 0; at < whole.length; turn++) {
        const size = sizes[turn % sizes.length] ?? 1;
        push(whole.subarray(at, at + size));
        at += size;
      }
      // The end may still be the beginning of a mark; a real stream ends with one.
      push(Buffer.from(mark, "latin1"));
      const expected = `${whole.toString("latin1")}${mark}`.split(mark);
      expect(text).toBe(expected.join(""));
      expect(marks).toBe(expected.length - 1);
    }),
  );
});
