// One key for each action, while no field is being written in and no other key is held with it. Readers who speak to
// their computer, or whose keys do other things, can turn them off (WCAG 2.1, 2.1.4).

const KEYS_OFF = "contradict/keys-off";

function listenForKeys(actions, help) {
  const toggle = help.querySelector("#keys-on");
  toggle.checked = !rememberedText(KEYS_OFF);
  toggle.addEventListener("change", () => rememberText(KEYS_OFF, toggle.checked ? "" : "off"));
  document.addEventListener("keydown", (event) => {
    if (!toggle.checked || event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    const writing = event.target.closest?.("input:not([type=checkbox]):not([type=range]), textarea, select");
    if (writing) {
      if (event.key === "Escape" && writing.type === "search") actions.Escape();
      return;
    }
    const action = actions[event.key];
    if (!action || event.repeat && !"jk".includes(event.key)) return;
    event.preventDefault();
    action();
  });
}
