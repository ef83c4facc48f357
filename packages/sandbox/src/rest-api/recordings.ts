import { RECORDING_PATH } from "../assumptions.js";
import { Problem } from "../http/problem.js";
import { type Operation, ownerOf } from "./operation.js";

const getRecording: Operation = {
  method: "GET",
  path: `${RECORDING_PATH}/{recordingId}`,
  scopes: ["history:read"],
  handle(request) {
    const recording = request.recordings.find(request.parameters[0] ?? "", ownerOf(request));
    if (recording === undefined) throw new Problem(404, "Recording not found.");
    return { status: 200, wav: recording.wav };
  },
};

/** The recordings of calls, for their users. */
export const recordingOperations: readonly Operation[] = [getRecording];
