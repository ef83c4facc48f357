// What each runtime does, whichever it is.

/**
 * Reads once, which leaves an open connection, then places one call; at each of these servers, some at a time.
 *
 * @param createClient of the build that is tried
 * @param servers with `baseUrl` and the options for `createClient`
 * @returns what the program was told of each: `placed` of the error, or "yes"
 */
export async function placeAt(createClient, servers, atOnce = 8) {
  const told = [];
  const left = [...servers.entries()];
  const work = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift())
      told[next[0]] = await placeOne(next[1]);
  };
  const placeOne = async (options) => {
    const client = createClient({ platform: "classic", ...options });
    await client.balance().catch(() => {}); // Some servers can't be reached at all.
    const placing = client.place({ caller: "e0", callee: "+493023125005" }, { searchForMs: 0 });
    return await placing.then(
      () => "yes",
      (error) => error.placed,
    );
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return told;
}
