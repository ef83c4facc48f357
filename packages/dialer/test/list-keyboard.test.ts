// A call list by the keyboard and for the screen reader.
import { describe, expect, it } from "vitest";
import { addObjection } from "../../call-lists/src/lists/agent-says.js";
import { findList } from "../../call-lists/src/lists/lists.js";
import { emptyDatabase } from "../../call-lists/test/database.js";
import { contactStates, listOf } from "../../call-lists/test/lists.js";
import { violationsIn } from "./axe.js";
import { pressByKey, tabTo } from "./keyboard.js";
import { ADA, BEN, heading, listScene, passUntil, press } from "./list-pages.js";

const scene = listScene();

describe("the keyboard and the screen reader", () => {
  it("do everything, and are told who comes next, why nobody was called, and to say how it was", async () => {
    await listOf(scene.database, "spring", [ADA, BEN]);
    const { test, page } = await scene.atWorkByKeyboard();
    const told = (text: string) => page.page.getByRole("status").getByText(text).waitFor();
    await told(`${ADA.name}, +49 30 23125001`);
    await page.page.clock.runFor(650);
    await tabTo(page.page, `Call ${ADA.name}`);
    await page.page.keyboard.press("Enter");
    await page.says("sipgate accepted the call");
    // Held down, it hangs nothing up: the headline of the call has the focus.
    expect(await page.page.evaluate(() => document.activeElement?.id)).toBe("headline");
    await passUntil(test, page.page.locator("#headline", { hasText: "Connected with" }));
    await page.page.keyboard.press("Shift+X");
    await passUntil(test, heading(page, `${ADA.name}: connected`));
    await told(`${ADA.name}: connected. How was it?`);
    await tabTo(page.page, "reached");
    await page.page.keyboard.press("ArrowDown");
    await page.page.keyboard.press("Space");
    await tabTo(page.page, "Note");
    await page.page.keyboard.type("x, h, k");
    await page.page.clock.runFor(650);
    await tabTo(page.page, "Save, next contact");
    await page.page.keyboard.press("Enter");
    await told(`${BEN.name}, +49 30 23125486`);
    await addObjection(scene.database, BEN.number, "letter");
    await page.page.clock.runFor(650);
    await page.page.keyboard.press("Enter");
    await told(`${BEN.name} wasn’t called. They don’t want to be called.`);
    expect(await scene.attempts()).toMatchObject([{ name: ADA.name, note: "x, h, k" }]);
  }, 60_000);

  it("pause the list, put a contact off, decide what became of a call, and leave", async () => {
    await listOf(scene.database, "spring", [ADA, BEN]);
    const { test, page } = await scene.atWorkByKeyboard();
    const state = async () => (await findList(scene.database, "spring")).state;
    await heading(page, ADA.name).waitFor();
    await pressByKey(page.page, "Pause for all");
    await expect.poll(state).toBe("paused");
    await pressByKey(page.page, "Go on for all");
    await expect.poll(state).toBe("running");
    await pressByKey(page.page, "Skip for 10 minutes");
    await heading(page, BEN.name).waitFor();
    test.sandbox.faults.add({ how: "reset", method: "POST", path: "/sessions/calls", carriedOut: true });
    await page.page.clock.runFor(650);
    await pressByKey(page.page, `Call ${BEN.name}`);
    await passUntil(test, heading(page, `${BEN.name}: What became`));
    await page.page.clock.runFor(650);
    await pressByKey(page.page, "Next contact");
    await pressByKey(page.page, "Was reached");
    await expect
      .poll(async () => (await contactStates(scene.database)).map((each) => each.state))
      .toContain("done");
    await pressByKey(page.page, "Leave the list");
    await page.button("Show the first contact").waitFor();
  }, 60_000);

  it("find nothing that axe would mind, wide and light or narrow and dark, in all states", async () => {
    const narrow = { viewport: { width: 320, height: 640 }, colorScheme: "dark" as const };
    for (const options of [{}, narrow]) {
      await emptyDatabase(scene.database);
      await listOf(scene.database, "spring", [ADA, BEN]);
      await scene.database.query(
        `update sipgate_call.contact set notes = 'Note', extra = '{"Customer": "4711"}'`,
      );
      const { test, page } = await scene.atWork({ page: options });
      const axe = async (state: string) => expect([state, await violationsIn(page)]).toEqual([state, []]);
      await heading(page, ADA.name).waitFor();
      await axe("contact");
      await press(page, `Call ${ADA.name}`);
      await page.page.getByText("you are asked here").waitFor();
      await axe("calling");
      await expect
        .poll(() => test.sandbox.clock.advance(1_000).then(() => test.sandbox.calls[0]?.state))
        .toBe("connected");
      await page.button("Hang up").or(page.button("Cancel the call")).click();
      await passUntil(test, heading(page, `${ADA.name}: connected`));
      await page.page.getByLabel("call back").check();
      await axe("over");
      await page.page.getByLabel("When? Your time").fill("2026-11-26T10:30");
      await press(page, "Save, next contact");
      await heading(page, BEN.name).waitFor();
      test.sandbox.faults.add({ how: "reset", method: "POST", path: "/sessions/calls", carriedOut: true });
      await press(page, `Call ${BEN.name}`);
      await passUntil(test, heading(page, `${BEN.name}: What became`));
      await press(page, "Next contact");
      await page.page.getByText("Not known what became of the call: 1").waitFor();
      await axe("nobody, and one unknown");
      await page.button("Stop for all").click();
      await page.button("Leave the list").click();
      await page.page.getByLabel("Your name").waitFor();
      await axe("begin");
    }
  }, 90_000);
});
