export { startPhones } from "./start-phones.js";
