// Loaded before a program (node --require): it believes to be on macOS, where no file tells when a process began.
Object.defineProperty(process, "platform", { value: "darwin" });
