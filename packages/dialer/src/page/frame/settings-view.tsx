import { signal } from "@preact/signals";
import { PhoneSettings } from "../phone/phone-settings.js";
import { account, chooseProfile } from "../state/account.js";
import { chooseSingleKeys, usesSingleKeys } from "../state/single-keys.js";
import { chooseTheme, THEMES, theme } from "../state/theme.js";
import { chooseLanguage, type Language, language, words } from "../words/words.js";
import { Choice } from "./choice.js";

const isHandlerAsked = signal(false);

export function SettingsView() {
  const { settings, account: profile, theme: colours, themes, language: tongue } = words.value;
  const profiles = account.value?.profiles ?? [];
  return (
    <div class="list settings">
      <h2>{settings}</h2>
      <div class="choices">
        {profiles.length > 1 && (
          <Choice
            id="profile"
            label={profile}
            value={account.value?.profile ?? ""}
            options={profiles.map((name) => [name, name])}
            onChoose={(name) => void chooseProfile(name)}
          />
        )}
        <Choice
          id="language"
          label={tongue}
          value={language.value}
          options={[
            ["de", "Deutsch"],
            ["en", "English"],
          ]}
          onChoose={(chosen) => void chooseLanguage(chosen === "de" ? "de" : ("en" satisfies Language))}
        />
        <Choice
          id="theme"
          label={colours}
          value={theme.value}
          options={THEMES.map((each) => [each, themes[each]])}
          onChoose={chooseTheme}
        />
      </div>
      <PhoneSettings />
      <SingleKeys />
      <Handler />
    </div>
  );
}

function SingleKeys() {
  return (
    <label class="radio">
      <input
        type="checkbox"
        checked={usesSingleKeys.value}
        onChange={({ currentTarget }) => chooseSingleKeys(currentTarget.checked)}
      />
      <span>{words.value.shortcuts}</span>
    </label>
  );
}

/** Asks the browser to open tel: links of other pages here. They fill the number in; a click dials. */
function Handler() {
  const { handler, handlerDone } = words.value;
  return (
    <div class="tight">
      <button
        type="button"
        class="button"
        onClick={() => {
          navigator.registerProtocolHandler("tel", `${location.origin}/?tel=%s`);
          isHandlerAsked.value = true;
        }}
      >
        {handler}
      </button>
      {isHandlerAsked.value && <p class="small quiet">{handlerDone}</p>}
    </div>
  );
}
