import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";

/** The settings are loaded when they are opened first. */
export function SettingsLoader() {
  const [View, setView] = useState<ComponentType>();
  useEffect(() => {
    void import("./settings-view.js").then(({ SettingsView }) => setView(() => SettingsView));
  }, []);
  return View === undefined ? null : <View />;
}
