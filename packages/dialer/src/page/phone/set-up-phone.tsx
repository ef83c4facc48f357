// One click makes a phone at sipgate for this browser, if the sign-in may do that.
import { signal } from "@preact/signals";
import { account, chooseDevice, reloadAccount } from "../state/account.js";
import { post, RequestFailed } from "../state/server.js";
import { words } from "../words/words.js";
import { browserDevice, chooseBrowserDevice } from "./browser-phone.js";

const state = signal<"idle" | "running" | "forbidden" | "failed">("idle");

export function SetUpPhone() {
  const { setUpPhone } = words.value;
  if (browserDevice.value !== "" || account.value === undefined) return null;
  return (
    <div class="tight">
      <p class="small quiet">{setUpPhone.line}</p>
      <div class="actions">
        <button
          type="button"
          class="button"
          aria-disabled={state.value === "running"}
          onClick={() => void setUp()}
        >
          {setUpPhone.action}
        </button>
      </div>
      {(state.value === "forbidden" || state.value === "failed") && (
        <p class="wrong-text small" role="alert">
          {setUpPhone[state.value]}
        </p>
      )}
    </div>
  );
}

async function setUp(): Promise<void> {
  if (state.value === "running") return;
  state.value = "running";
  try {
    const { id } = await post<{ id: string }>("/api/devices", { name: words.value.setUpPhone.name });
    await reloadAccount();
    chooseBrowserDevice(id);
    chooseDevice(id);
    state.value = "idle";
  } catch (error) {
    state.value =
      error instanceof RequestFailed && error.problem.code === "forbidden" ? "forbidden" : "failed";
  }
}
