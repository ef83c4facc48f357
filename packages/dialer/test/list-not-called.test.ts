// Why a contact of a call list isn't called, as the page says it.
import { describe, expect, it } from "vitest";
import { addObjection } from "../../call-lists/src/lists/agent-says.js";
import { findList, setListState } from "../../call-lists/src/lists/lists.js";
import { contactStates, listOf } from "../../call-lists/test/lists.js";
import { openPage } from "./dialers.js";
import { ADA, BEN, heading, listScene, press } from "./list-pages.js";

const scene = listScene();

describe("nobody is called", () => {
  it("who has said meanwhile that they don't want to be, and the page says why", async () => {
    await listOf(scene.database, "spring", [ADA, BEN]);
    const { test, page } = await scene.atWork();
    await heading(page, ADA.name).waitFor();
    await addObjection(scene.database, ADA.number, "letter");
    await press(page, `Call ${ADA.name}`);
    await page.page.getByText(`${ADA.name} wasn’t called`, { exact: true }).waitFor();
    await page.page.locator(".notice").getByText("They don’t want to be called.").waitFor();
    await page.page.getByText("Time alone doesn’t change that.").waitFor();
    // Nor is it said that a call was placed.
    await page.field.waitFor();
    await press(page, "Next contact");
    await heading(page, BEN.name).waitFor();
    expect(test.sandbox.calls).toEqual([]);
  });

  it("outside the list's hours, and the page says from when on it's allowed", async () => {
    await listOf(scene.database, "spring", [ADA]);
    const { test, page } = await scene.atWork();
    await heading(page, ADA.name).waitFor();
    await scene.database.query(
      `update sipgate_call.list set rules = rules || '{"weekdayHours": ["12:00", "20:00"]}'`,
    );
    await press(page, `Call ${ADA.name}`);
    await page.page
      .locator(".notice")
      .getByText("It’s outside the hours in which the list calls, by their clock.")
      .waitFor();
    await page.page.getByText(/Allowed again from Nov 25, 2026/).waitFor();
    expect(test.sandbox.calls).toEqual([]);
  });

  it("while another agent has paused the list; it goes on when somebody lets it", async () => {
    const { id } = await listOf(scene.database, "spring", [ADA]);
    const { test, page } = await scene.atWork();
    await heading(page, ADA.name).waitFor();
    // The page doesn't hear of it before the click: that itself is refused.
    await page.page.route("**/api/lists", (route) => route.abort());
    await setListState(scene.database, id, "paused");
    await press(page, `Call ${ADA.name}`);
    await page.page.getByText("The list is paused: nobody was dialled.").waitFor();
    await page.page.unroute("**/api/lists");
    await page.page.clock.runFor(6_000);
    await expect.poll(() => page.button(`Call ${ADA.name}`).getAttribute("aria-disabled")).toBe("true");
    expect(test.sandbox.calls).toEqual([]);
    await page.button("Go on for all").click();
    await expect.poll(() => page.button(`Call ${ADA.name}`).getAttribute("aria-disabled")).toBe("false");
    await press(page, `Call ${ADA.name}`);
    await expect.poll(() => test.sandbox.calls.length).toBe(1);
    await page.button("Pause for all").click();
    await expect.poll(async () => (await findList(scene.database, "spring")).state).toBe("paused");
  });

  it("on neo without the browser's own phone, whatever the page asks for", async () => {
    await listOf(scene.database, "spring", [ADA]);
    const test = await scene.startTeamDialer("neo");
    const page = await openPage(scene.browser, test.entrance());
    await page.page.getByRole("link", { name: "Lists" }).click();
    await page.page.getByText("So a list is called only with this browser as the phone").first().waitFor();
    const ask = (path: string, body: object) =>
      page.page.evaluate(
        async ([path, body]) => {
          const headers = {
            "content-type": "application/json",
            "x-dialer-token": localStorage.getItem("dialer.token") ?? "",
          };
          const asked = { method: "POST", headers, body: JSON.stringify(body) };
          return (await fetch(`/api/lists/${path}`, asked)).json();
        },
        [path, body] as const,
      );
    const begin = async (caller: string, isBrowserReady: boolean) => {
      const { desk } = await ask("work", { list: "spring", agent: "Anna", caller, isBrowserReady });
      return desk.at === undefined ? desk.problem?.code : desk.now.kind;
    };
    expect(await begin("e0", false)).toBe("neo");
    // An app and a mobile phone are no browser, and e1 is offline.
    for (const caller of ["a0", "y0", "e1"]) expect(await begin(caller, true)).toBe("neo");
    expect(await begin("e0", true)).toBe("contact");
    // It's judged again at the click.
    const [{ id: contact } = { id: "" }] = await contactStates(scene.database);
    const call = (isBrowserReady: boolean) => ask("call", { id: "order-0001", contact, isBrowserReady });
    expect(await call(false)).toEqual({ isPlaced: false });
    expect(test.sandbox.calls).toEqual([]);
    expect(await call(true)).toEqual({ isPlaced: true });
    expect(test.sandbox.calls).toHaveLength(1);
  });
});
