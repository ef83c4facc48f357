// The page of BrowserPhone.
import JsSIP from "jssip";

interface Account {
  readonly username: string;
  readonly password: string;
  readonly sipServer: string;
  readonly sipServerWebsocketUrl: string;
}

// biome-ignore lint/suspicious/noExplicitAny: JsSIP's types are for its own build of lib.dom.
type Session = any;

const states: string[] = [];
const pressed: string[] = [];
let negotiations = 0;
/** The newest call. */
let session: Session;
const sessions: Session[] = [];
/** What this phone was told of its transfers. */
const progress: string[] = [];
let microphone: MediaStream | undefined;
let analyser: AnalyserNode | undefined;

function register(
  { username, password, sipServer, sipServerWebsocketUrl }: Account,
  frequency: number,
): void {
  const context = new AudioContext();
  const oscillator = new OscillatorNode(context, { frequency });
  const destination = new MediaStreamAudioDestinationNode(context);
  oscillator.connect(destination);
  oscillator.start();
  microphone = destination.stream;
  const agent = new JsSIP.UA({
    sockets: [new JsSIP.WebSocketInterface(sipServerWebsocketUrl)],
    uri: `sip:${username}@${sipServer.split(":")[0]}`,
    password,
    register: true,
  });
  agent.on("registered", () => states.push("registered"));
  agent.on("newRTCSession", (event: Session) => {
    session = event.session;
    sessions.push(session);
    if (event.originator === "remote") states.push("ringing");
    session.on("progress", () => states.push("ringing"));
    session.on("confirmed", () => states.push("talking"));
    session.on("ended", () => states.push("ended"));
    session.on("failed", () => states.push("ended"));
    session.on("newDTMF", (dtmf: Session) => pressed.push(dtmf.dtmf.tone));
    session.on("peerconnection", ({ peerconnection }: Session) => listen(context, peerconnection));
    if (session.connection !== null && session.connection !== undefined) listen(context, session.connection);
  });
  agent.start();
  (globalThis as { agent?: unknown }).agent = agent;
}

function listen(context: AudioContext, connection: RTCPeerConnection): void {
  connection.addEventListener("track", ({ track }) => {
    const stream = new MediaStream([track]);
    // Without an element that plays it Chromium decodes nothing.
    const audio = new Audio();
    audio.srcObject = stream;
    audio.muted = true;
    void audio.play();
    analyser = new AnalyserNode(context, { fftSize: 4_096, smoothingTimeConstant: 0 });
    new MediaStreamAudioSourceNode(context, { mediaStream: stream }).connect(analyser);
  });
}

/** Which share of what is heard is at this frequency, from 0 to 1. */
function loudness(frequency: number): number {
  if (analyser === undefined) return 0;
  const bins = new Float32Array(analyser.frequencyBinCount);
  analyser.getFloatFrequencyData(bins);
  const power = bins.map((decibels) => 10 ** (decibels / 10));
  const total = power.reduce((sum, each) => sum + each, 0);
  if (total < 1e-9) return 0;
  const bin = Math.round((frequency * analyser.fftSize) / analyser.context.sampleRate);
  return power.slice(bin - 3, bin + 4).reduce((sum, each) => sum + each, 0) / total;
}

/** Transfers the other party of the first call. */
function transfer(target: unknown, options: object): void {
  const subscriber = sessions[0].refer(target, options);
  subscriber.on("trying", () => progress.push("trying"));
  subscriber.on("progress", () => progress.push("progress"));
  subscriber.on("accepted", () => progress.push("accepted"));
  subscriber.on("failed", ({ status_line }: Session) => progress.push(`failed ${status_line.status_code}`));
}

/** A microphone of its own for each call: JsSIP silences that of one on hold. */
const media = () => ({ mediaStream: microphone?.clone(), pcConfig: { iceServers: [] } });

Object.assign(globalThis, {
  phone: {
    register,
    states: () => states,
    pressed: () => pressed,
    loudness,
    answer: () => session.answer(media()),
    dial: (target: string) => void (globalThis as unknown as { agent: Session }).agent.call(target, media()),
    hangUp: () => session.terminate(),
    /** Resolves when the sandbox has responded to a request. */
    ask: () =>
      new Promise<void>((succeeded) => {
        const { agent } = globalThis as unknown as { agent: Session };
        agent.sendOptions("sandbox", "", { eventHandlers: { succeeded: () => succeeded() } });
      }),
    press: (key: string) => session.sendDTMF(key, { transportType: "RFC2833" }),
    transfer: (target: string) => transfer(target, {}),
    connectOthers: () => transfer(session.remote_identity.uri, { replaces: session }),
    progress: () => progress,
    hold: () => session.hold(),
    unhold: () => session.unhold(),
    renegotiate: () =>
      session.renegotiate({ rtcOfferConstraints: { iceRestart: true } }, () => {
        negotiations += 1;
      }),
    negotiations: () => negotiations,
  },
});
