import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";

/** What isn't always needed is loaded when it's opened first. */
export function LazyView({ load }: { readonly load: () => Promise<ComponentType> }) {
  const [View, setView] = useState<ComponentType>();
  useEffect(() => {
    void load().then((loaded) => setView(() => loaded));
  }, [load]);
  return View === undefined ? null : <View />;
}
