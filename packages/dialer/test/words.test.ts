import { describe, expect, it } from "vitest";
import { callListDe } from "../src/page/words/call-list-de.js";
import { callListEn } from "../src/page/words/call-list-en.js";
import { de as deOfAll } from "../src/page/words/de.js";
import { en as enOfAll } from "../src/page/words/en.js";

const de = { ...deOfAll, callListPage: callListDe };
const en = { ...enOfAll, callListPage: callListEn };

/** All texts with the way to them; functions are asked with marks for their parameters. */
function textsOf(words: object, way = ""): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [name, value] of Object.entries(words)) {
    const here = `${way}.${name}`;
    if (typeof value === "string") texts.set(here, value);
    else if (typeof value === "function") texts.set(here, String(value("Q1", "Q2", "Q3", "Q4")));
    else for (const [below, text] of textsOf(value, here)) texts.set(below, text);
  }
  return texts;
}

describe("the words", () => {
  it("are there in both languages, for the same things", () => {
    expect([...textsOf(de).keys()]).toEqual([...textsOf(en).keys()]);
  });

  it("name the same parties in both languages", () => {
    const inGerman = textsOf(de);
    const marksIn = (text: string) => [...new Set(text.match(/Q[1-4]/g) ?? [])].sort().join("");
    const different = [...textsOf(en)].filter(
      ([way, text]) => marksIn(text) !== marksIn(inGerman.get(way) ?? ""),
    );
    expect(different.map(([way]) => way)).toEqual([]);
  });

  it("are empty only where both are", () => {
    const inGerman = textsOf(de);
    const empty = [...textsOf(en)].filter(([way, text]) => (text === "") !== (inGerman.get(way) === ""));
    expect(empty).toEqual([]);
  });

  it("are really translated", () => {
    const inGerman = textsOf(de);
    const same = [...textsOf(en)].filter(
      ([way, text]) => /[a-z]{3} [a-z]{3}/i.test(text) && inGerman.get(way) === text,
    );
    expect(same).toEqual([]);
  });

  it("never claim that a person answered or talked", () => {
    for (const text of [...textsOf(de).values(), ...textsOf(en).values()])
      expect(text).not.toMatch(/gesprochen|\bPerson\b|spoke with|talked with/);
  });
});
