// An agent's morning at a team's call list in the dialer's page.
import { describe, expect, it } from "vitest";
import { contactStates, listOf } from "../../call-lists/test/lists.js";
import { openPage } from "./dialers.js";
import { ADA, BEN, clickAsSoonAs, heading, listScene, passUntil, press } from "./list-pages.js";

const scene = listScene();

describe("a morning at a list", () => {
  it("shows a contact, calls it by a click, asks how it was, and shows the next one", async () => {
    await listOf(scene.database, "spring", [ADA, BEN]);
    await scene.database.query(
      `update sipgate_call.contact set company = 'Example Ltd', notes = 'Prefers mornings', extra = '{"Customer": "4711"}'
        where number = $1`,
      [ADA.number],
    );
    const { test, page } = await scene.atWork();
    await heading(page, ADA.name).waitFor();
    for (const text of ["Example Ltd", "Prefers mornings", "Customer", "4711", "none is recorded"])
      await page.page.locator(".call-list").getByText(text, { exact: true }).waitFor();
    expect(test.sandbox.calls).toEqual([]);

    await press(page, `Call ${ADA.name}`);
    await page.says("sipgate accepted the call");
    await passUntil(test, page.page.locator("#headline", { hasText: `Connected with ${ADA.name}` }));
    await page.button("Note").click();
    await page.page.getByLabel("Note on this call").fill("Wants an offer");
    await page.button("Hang up").click();
    await passUntil(test, heading(page, `${ADA.name}: connected`));
    // The list says whether a contact is called again.
    expect(await page.button("Call again").count()).toBe(0);
    await page.page.getByLabel("reached").check();
    expect(await page.page.getByLabel("Note", { exact: true }).inputValue()).toBe("Wants an offer");
    await page.page.clock.runFor(650);
    await clickAsSoonAs(page, `Call ${BEN.name}`);
    await page.button("Save, next contact").dblclick();
    await heading(page, BEN.name).waitFor();
    // The second click of a double click calls nobody, whenever it comes.
    expect(await page.page.evaluate("clicked")).toBe(true);
    expect(await page.headline.count()).toBe(0);
    expect(test.sandbox.calls).toHaveLength(1);

    await press(page, `Call ${BEN.name}`);
    await passUntil(test, heading(page, `${BEN.name}: busy`));
    await press(page, "Next contact");
    await heading(page, "Nobody can be called now").waitFor();
    await page.page.getByText("is shown by itself").waitFor();
    expect(await scene.attempts()).toEqual([
      { name: ADA.name, cause: "completed", disposition: "reached", note: "Wants an offer" },
      { name: BEN.name, cause: "busy", disposition: null, note: null },
    ]);
    expect(test.sandbox.calls).toHaveLength(2);
  }, 60_000);

  it.each([
    ["en-US", "given on Jul 1, 2026, 12:00 PM, by: web form, for: spring"],
    ["de-DE", "vom 01.07.2026, 12:00, per: web form, für: spring"],
  ])("shows when, how, what for and in which words the contact has agreed, in %s", async (locale, text) => {
    await listOf(scene.database, "spring", [ADA]);
    await scene.database.query(
      `insert into sipgate_call.consent (number, number_key, given_at, how, purpose, words)
       select number, number_key, '2026-07-01T10:00:00Z', 'web form', 'spring', 'You may call me.'
         from sipgate_call.contact`,
    );
    const test = await scene.startTeamDialer();
    const page = await openPage(scene.browser, test.entrance(), { locale, timezoneId: "Europe/Berlin" });
    const isGerman = locale === "de-DE";
    await page.page.getByRole("link", { name: isGerman ? "Listen" : "Lists" }).click();
    await page.page.getByLabel(isGerman ? "Liste" : "List", { exact: true }).selectOption("spring");
    await page.page.getByLabel(isGerman ? "Ihr Name" : "Your name").fill("Anna");
    await page.button(isGerman ? "Ersten Kontakt zeigen" : "Show the first contact").click();
    await page.page.getByRole("listitem").filter({ hasText: text }).getByText("You may call me.").waitFor();
  });

  it("gives the next contact by itself when the time to wrap up is over, if nothing is left to say", async () => {
    await listOf(scene.database, "spring", [{ ...BEN, priority: 1 }, ADA], { wrapUpSeconds: 60 });
    const { test, page } = await scene.atWork();
    await press(page, `Call ${BEN.name}`);
    await passUntil(test, heading(page, `${BEN.name}: busy`));
    await page.page.getByText(/The next contact comes in \d+ s/).waitFor();
    expect(await heading(page, ADA.name).count()).toBe(0);
    await page.page.clock.runFor(61_000);
    await heading(page, ADA.name).waitFor();
    expect(test.sandbox.calls).toHaveLength(1);
  }, 60_000);

  it("asks for the time of a call back", async () => {
    await listOf(scene.database, "spring", [ADA]);
    const { test, page } = await scene.atWork();
    await press(page, `Call ${ADA.name}`);
    await passUntil(test, page.page.locator("#headline", { hasText: "Connected with" }));
    await page.button("Hang up").click();
    await passUntil(test, heading(page, `${ADA.name}: connected`));
    await page.page.getByLabel("call back").check();
    await page.page.getByText("Say when they want to be called.").waitFor();
    expect(await page.button("Save, next contact").getAttribute("aria-disabled")).toBe("true");
    await page.page.getByLabel("When? Your time").fill("2026-11-26T10:30");
    await press(page, "Save, next contact");
    await heading(page, "Nobody can be called now").waitFor();
    expect(await contactStates(scene.database)).toMatchObject([
      { state: "waiting", due_at: new Date("2026-11-26T10:30") },
    ]);
  }, 60_000);

  it("gives a contact back when the agent leaves, and puts one that is skipped off", async () => {
    await listOf(scene.database, "spring", [ADA, BEN]);
    const { test, page } = await scene.atWork();
    await heading(page, ADA.name).waitFor();
    await page.button("Skip for 10 minutes").click();
    await heading(page, BEN.name).waitFor();
    await page.button("Leave the list").click();
    await page.button("Show the first contact").waitFor();
    const states = await scene.database.query("select name, lease from sipgate_call.contact order by id");
    expect(states).toEqual([
      { name: ADA.name, lease: null },
      { name: BEN.name, lease: null },
    ]);
    expect(test.sandbox.calls).toEqual([]);
  });
});

describe("a contact of whom it isn't known whether they were reached", () => {
  it("isn't called again by itself, and somebody decides", async () => {
    await listOf(scene.database, "spring", [ADA]);
    const { test, page } = await scene.atWork();
    await heading(page, ADA.name).waitFor();
    test.sandbox.faults.add({ how: "reset", method: "POST", path: "/sessions/calls", carriedOut: true });
    await press(page, `Call ${ADA.name}`);
    await passUntil(test, heading(page, `${ADA.name}: What became of the call isn’t known`));
    await press(page, "Next contact");
    await page.page.getByText("Not known what became of the call: 1").waitFor();
    expect(await contactStates(scene.database)).toMatchObject([{ state: "unknown" }]);
    await page.button("Was reached").click();
    await expect.poll(async () => (await contactStates(scene.database))[0]?.state).toBe("done");
    expect(test.sandbox.calls).toHaveLength(1);
  }, 60_000);
});
