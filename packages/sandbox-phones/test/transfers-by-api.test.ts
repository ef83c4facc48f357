// Transfers through the API, with real phones: who talks to whom, and what the API says.
import { expect, it } from "vitest";
import { hears } from "./hearing.js";
import { RawPhone } from "./raw-phone.js";
import { CALLEE, startWithTarget, TARGET, threePhones } from "./three-phones.js";

it("A transferred callee hears the target's phone ring, then the target; the caller is free", async () => {
  const { phones, id, caller, callee, target } = await threePhones();
  await phones.api("POST", `/calls/${id}/transfer`, { attended: false, phoneNumber: TARGET });
  await caller.event("CALL_CLOSED");
  expect(phones.call(id)).toMatchObject({ state: "ended", end: { cause: "completed" } });
  await target.event("CALL_INCOMING");
  await hears(callee, 425);
  target.command("accept");
  await Promise.all([hears(callee, 1_200), hears(target, 800)]);
  expect(phones.call()).toMatchObject({ caller: CALLEE, callee: TARGET, state: "connected" });
  // The new call's page has what both of its phones say, and what is said to them.
  target.command("hangup");
  await callee.event("CALL_CLOSED");
  const page = await phones.page(phones.call().id);
  for (const extension of ["e7", "e8"])
    expect(page).toMatch(new RegExp(`<td>${extension}</td><td>RTP</td><td>[1-9]`));
  expect(page).toContain("BYE from e8");
  expect(page).toContain("BYE to e7");
});

it("An attended transfer of the API: the callee waits while the caller talks to the target; when the caller hangs up, both talk", async () => {
  const { phones, id, caller, callee, target } = await threePhones();
  await phones.api("POST", `/calls/${id}/transfer`, { attended: true, phoneNumber: TARGET });
  await target.event("CALL_INCOMING");
  await Promise.all([hears(caller, 425), hears(callee, 523)]);
  target.command("accept");
  await Promise.all([hears(caller, 1_200), hears(target, 440)]);
  expect(phones.sandbox.calls.map(({ state }) => state)).toEqual(["connected", "connected"]);
  caller.command("hangup");
  await Promise.all([hears(callee, 1_200), hears(target, 800)]);
  expect(phones.sandbox.calls.map(({ state, callee: to }) => [state, to])).toEqual([
    ["ended", CALLEE],
    ["ended", TARGET],
    ["connected", TARGET],
  ]);
});

it("An attended transfer whose target declines brings the caller back", async () => {
  const phones = await startWithTarget();
  const [caller, callee] = await Promise.all([phones.baresip("e0", 440), phones.baresip("e7", 800)]);
  const target = await RawPhone.register(await phones.account("e8"));
  const id = await phones.place("e0", CALLEE);
  await phones.state("connected", id);
  await phones.api("POST", `/calls/${id}/transfer`, { attended: true, phoneNumber: TARGET });
  const invite = await target.next("INVITE");
  target.respond(invite, "180 Ringing");
  await hears(callee, 523);
  target.respond(invite, "603 Decline");
  await Promise.all([hears(callee, 440), hears(caller, 800)]);
  expect(phones.sandbox.calls.map(({ state }) => state)).toEqual(["connected", "ended"]);
});
