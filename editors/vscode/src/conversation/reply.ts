import type { Answer, Basis, Citation, Part, PartSent, Place, ProposedEdit } from "../server/wire.ts";

/** A source that an answer rests on, with its number in that answer. */
export interface Source {
  readonly number: number;
  readonly title: string;
  /** Empty when it has none. */
  readonly url: string;
  readonly asOf: string;
}

/** A sentence of an answer, in the form in which every surface shows it. */
export interface Said {
  readonly kind: "fact" | "remark";
  readonly text: string;
  readonly marks: readonly number[];
  readonly places: readonly Place[];
}

/** An answer as it grows: numbers its sources in the order in which they are named. */
export class Reply {
  readonly said: Said[] = [];
  readonly sources: Source[] = [];
  private readonly numbers = new Map<string, number>();

  add({ part, text }: PartSent): Said {
    const said = part.kind === "fact" ? this.fact(part.text, part.basis) : remark(text);
    this.said.push(said);
    return said;
  }

  private fact(text: string, basis: readonly Basis[]): Said {
    const marks = new Set<number>();
    const places: Place[] = [];
    for (const one of basis) {
      if ("source" in one) marks.add(this.number(one.source));
      if (one.by === "place" && !places.some((known) => same(known, one))) places.push(one);
    }
    return { kind: "fact", text, marks: [...marks], places };
  }

  private number(source: Citation): number {
    const known = this.numbers.get(source.id);
    if (known !== undefined) return known;
    const number = this.sources.length + 1;
    this.numbers.set(source.id, number);
    this.sources.push({ number, title: source.title, url: source.url, asOf: source["as-of"] });
    return number;
  }
}

/** What an answer asks back, as a person reads it. */
export function askedBack(answer: Answer): string | undefined {
  if (answer.asks === null) return undefined;
  const more = answer.asks.open > 1 ? ` (${answer.asks.open} questions are open)` : "";
  return `${answer.asks.question} You can answer: ${answer.asks.example}.${more}`;
}

/** The edits that wait for a yes. */
export function proposed(answer: Answer): readonly ProposedEdit[] {
  return answer.edits.filter((edit) => !edit.consented);
}

export function isFact(part: Part): boolean {
  return part.kind === "fact";
}

function remark(text: string): Said {
  return { kind: "remark", text: text.trim(), marks: [], places: [] };
}

function same(one: Place, other: Place): boolean {
  return (
    one.path === other.path && one.span.bytes[0] === other.span.bytes[0] && one.span.bytes[1] === other.span.bytes[1]
  );
}
