// What JsSIP has, and its types lack.
import "jssip/lib/UA.js";

declare module "jssip/lib/UA.js" {
  interface UA {
    readonly transport: { connect(): void; disconnect(): void; isConnected(): boolean };
  }
}
