// The page of browsers.mjs: phones by JsSIP that answer at once, and note when it rings and when they hear the other side.
import JsSIP from "jssip";

const now = () => performance.timeOrigin + performance.now();
const context = new AudioContext();
const phones = [];

/** @param speaks the frequency of what the phone says, in hertz; @param listens that of what it waits for */
async function register({ username, password, sipServerWebsocketUrl }, speaks, listens) {
  const tone = new OscillatorNode(context, { frequency: speaks });
  const microphone = new MediaStreamAudioDestinationNode(context);
  tone.connect(microphone);
  tone.start();
  const phone = { listens, call: undefined };
  phones.push(phone);
  const agent = new JsSIP.UA({
    sockets: [new JsSIP.WebSocketInterface(sipServerWebsocketUrl)],
    uri: `sip:${username}@127.0.0.1`,
    password,
  });
  agent.on("newRTCSession", ({ session }) => {
    phone.call = { session, rangAt: now(), answeredAt: now(), heardAt: undefined };
    session.on("peerconnection", ({ peerconnection }) => listen(phone, peerconnection));
    session.answer({ mediaStream: microphone.stream, pcConfig: { iceServers: [] } });
  });
  const registered = new Promise((resolve) => agent.on("registered", resolve));
  agent.start();
  await registered;
}

function listen(phone, connection) {
  const { call } = phone;
  call.connection = connection;
  connection.addEventListener("track", ({ track }) => {
    const stream = new MediaStream([track]);
    const audio = new Audio(); // Without one that plays it Chromium decodes nothing.
    audio.srcObject = stream;
    audio.muted = true;
    void audio.play();
    const analyser = new AnalyserNode(context, { fftSize: 1_024, smoothingTimeConstant: 0 });
    new MediaStreamAudioSourceNode(context, { mediaStream: stream }).connect(analyser);
    const bins = new Float32Array(analyser.frequencyBinCount);
    const timer = setInterval(() => {
      analyser.getFloatFrequencyData(bins);
      const loudest = bins.indexOf(Math.max(...bins));
      const frequency = (loudest * context.sampleRate) / analyser.fftSize;
      const isTone = Math.abs(frequency - phone.listens) < 50 && bins[loudest] > -60;
      if (!isTone && !call.isOver) return;
      call.heardAt ??= now();
      clearInterval(timer);
    }, 5);
    call.session.on("ended", () => {
      call.isOver = true;
    });
  });
}

/** When each phone rang, answered and heard the other side; what isn't so yet is missing. */
const calls = () =>
  phones.map(
    ({ call }) => call && { rangAt: call.rangAt, answeredAt: call.answeredAt, heardAt: call.heardAt },
  );

function forget() {
  for (const phone of phones) phone.call = undefined;
}

/** How the audio of the phones that talk has arrived, as WebRTC counts it. */
async function received() {
  const streams = [];
  for (const { call } of phones) {
    if (call === undefined) continue;
    for (const report of (await call.connection.getStats()).values()) {
      const { type, packetsReceived, packetsLost, jitter } = report;
      if (type === "inbound-rtp") streams.push({ received: packetsReceived, lost: packetsLost, jitter });
    }
  }
  return streams;
}

globalThis.bench = { register, calls, forget, received };
